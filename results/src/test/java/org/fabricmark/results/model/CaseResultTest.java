package org.fabricmark.results.model;

import java.util.OptionalDouble;

import org.fabricmark.results.Samples;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CaseResultTest {
    @Test
    void shouldDropPercentilesOfTooFewSamples() {
        CaseResult few = result().percentilesUs(99, 1, 2).build();
        CaseResult enough = result().percentilesUs(100, 1, 2).build();
        assertEquals(OptionalDouble.empty(), few.p50Us());
        assertEquals(OptionalDouble.empty(), few.p99Us());
        assertEquals(OptionalDouble.of(1), enough.p50Us());
        assertEquals(OptionalDouble.of(2), enough.p99Us());
    }

    @Test
    void shouldRefuseASilentFallback() {
        CaseResultBuilder builder = CaseResult.builder(Samples.FULL_KEY, 1, 1, 1).timeUs(1).algorithmSelected("chain");
        Exception refusal = assertThrows(IllegalArgumentException.class, builder::build);
        assertEquals("algorithm 'binomial' was asked for, but 'chain' ran", refusal.getMessage());
    }

    @Test
    void shouldRequireTheAlgorithmThatAutoChose() {
        CaseResultBuilder builder = CaseResult.builder(Samples.PLAIN_KEY, 1, 1, 1).timeUs(1);
        Exception refusal = assertThrows(IllegalArgumentException.class, builder::build);
        assertEquals("algorithm 'auto' does not say which algorithm ran", refusal.getMessage());
    }

    @Test
    void shouldRefuseNumbersThatAreNoMeasurement() {
        assertRefused("time_us 'NaN' is not a finite number of at least 0", result().timeUs(Double.NaN));
        assertRefused("busbw_GBs 'Infinity' is not a finite number of at least 0",
                result().busbwGBs(Double.POSITIVE_INFINITY));
        assertRefused("skew_us '-1.0' is not a finite number of at least 0", result().skewUs(-1));
        assertRefused("wrong '-1' is below 0", result().wrong(-1));
        assertRefused("calls '0' is below 1", result().calls(0));
        assertRefused("a result needs 'time_us'", CaseResult.builder(Samples.FULL_KEY, 1, 1, 1));
    }

    @Test
    void shouldTellWrongFromNotChecked() {
        assertFalse(result().build().isWrong());
        assertFalse(result().wrong(0).build().isWrong());
        assertTrue(result().wrong(1).build().isWrong());
        assertTrue(Samples.RUN.isWrong());
    }

    @Test
    void shouldGiveTheLimitAsAShareOfTheTime() {
        assertEquals(OptionalDouble.of(0.5), result().timeUs(4).limitUs(2).build().limitShare());
        assertEquals(OptionalDouble.empty(), result().timeUs(4).build().limitShare());
    }

    private static CaseResultBuilder result() {
        return CaseResult.builder(Samples.FULL_KEY, 100, 1000, 1).timeUs(1);
    }

    private static void assertRefused(String message, CaseResultBuilder builder) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, builder::build).getMessage());
    }
}
