package org.fabricmark.bench.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AlgorithmRequestTest {
    private static BenchmarkCase allReduce(String algorithm) {
        return BenchmarkCase.of(
                Collective.ALL_REDUCE, algorithm, TransportSpec.parse("shm"), 3, DataType.FLOAT, ReduceOp.SUM, 0,
                false, 64 * 1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ring", "ring?channels=2", "double-tree?segment=65536", "chain?segment=4096&channels=3"})
    void shouldReadWhatItWrites(String text) {
        assertEquals(text, AlgorithmRequest.parse(text).text());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "ring?", "ring?channels", "ring?channels=", "ring?channels=x", "ring?lanes=2", "ring?channels=0",
        "ring?channels=65", "double-tree?segment=0", "ring?channels=2&"})
    void shouldRefuseWhatItWouldNotWrite(String text) {
        assertThrows(IllegalArgumentException.class, () -> AlgorithmRequest.parse(text));
    }

    @Test
    void shouldLeaveEverythingElseAsItIs() {
        assertEquals(Tuning.DEFAULT, AlgorithmRequest.of("ring").tuning());
        Tuning tuning = new AlgorithmRequest("ring", OptionalLong.empty(), OptionalInt.of(3)).tuning();
        assertEquals(Tuning.DEFAULT.withChannels(3), tuning);
    }

    @Test
    void shouldNameCasesThatRunOtherStepsOtherwise() {
        BenchmarkCase plain = allReduce("ring");
        BenchmarkCase divided = allReduce("ring?channels=2");
        assertEquals("ring?channels=2", divided.key().algorithm());
        assertEquals("ring?channels=2", divided.ran());
        assertNotEquals(plain.key().canonicalName(), divided.key().canonicalName());
        assertNotEquals(plain.emission().schedule(0), divided.emission().schedule(0));
        assertEquals(2, divided.emission().schedule(0).channels().size());
        assertTrue(divided.key().canonicalName().contains(" algorithm=ring?channels=2 "),
                divided.key().canonicalName());
    }

    @Test
    void shouldRefuseWhatAnAlgorithmWouldIgnore() {
        for (Algorithm algorithm : Algorithms.all()) {
            boolean cuts = new AlgorithmRequest(algorithm.name(), OptionalLong.of(4096), OptionalInt.empty())
                    .unheeded(algorithm).isEmpty();
            Shape shape = Shape.of(algorithm.collective(), 2, algorithm.collective().movesData() ? 4096 : 0, 4);
            assertEquals(cuts, algorithm.segmented(shape).isPresent(), algorithm.name());
        }
        assertThrows(IllegalArgumentException.class, () -> allReduce("ring?segment=4096"));
        assertThrows(IllegalArgumentException.class, () -> allReduce("one-shot?channels=2"));
    }

    @Test
    void shouldRefuseMoreSegmentsThanThereMayBeInsteadOfMakingThemLonger() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> allReduce("double-tree?segment=4"));
        assertTrue(e.getMessage().contains("segments of 4 bytes would be 8192 to a piece of 32768 bytes; at most 4096"),
                e.getMessage());
        assertEquals(4096, allReduce("double-tree?segment=8").emission().segmented().orElseThrow().parts());
    }
}
