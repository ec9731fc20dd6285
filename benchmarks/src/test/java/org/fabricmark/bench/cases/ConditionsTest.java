package org.fabricmark.bench.cases;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.fabricmark.bench.cases.Arrival.Kind;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConditionsTest {
    private static final Arrival LATE = new Arrival(Kind.LATE, 1, 5000);

    private static String name(Conditions conditions) {
        return BenchmarkCase
                .of(Collective.ALL_REDUCE, "auto", TransportSpec.parse("shm"), 2, DataType.FLOAT, ReduceOp.SUM,
                        0, false, 8)
                .under(conditions).key().canonicalName();
    }

    @Test
    void shouldLeaveDefaultsOutOfTheCanonicalName() {
        String plain = "collective=all-reduce transport=shm in_place=no bytes=8";
        assertEquals(plain, name(Conditions.DEFAULT));
        assertEquals(plain.replace(" bytes", " memory=private bytes"), name(Conditions.DEFAULT.with(Memory.PRIVATE)));
        assertEquals(plain.replace(" bytes", " buffers=rotate bytes"), name(Conditions.DEFAULT.with(Buffers.ROTATE)));
        assertEquals(plain.replace(" bytes", " cadence=isolated bytes"),
                name(Conditions.DEFAULT.with(Cadence.ISOLATED)));
        assertEquals(plain.replace(" bytes", " memory=private cadence=isolated buffers=cold arrival=late:1:5us bytes"),
                name(Conditions.DEFAULT.with(Memory.PRIVATE).with(Buffers.COLD).with(LATE)));
        assertEquals(plain, name(Conditions.DEFAULT.withUnaligned(true)), "flagged instead");
    }

    @Test
    void shouldBeReadBackFromTheNameOfACase() {
        for (Memory memory : Memory.values()) {
            for (Buffers buffers : Buffers.values()) {
                for (Arrival arrival : List.of(Arrival.NONE, LATE, new Arrival(Kind.LINEAR, 0, 1_500),
                        new Arrival(Kind.RANDOM, 0, 2_000_000_000))) {
                    Conditions conditions = Conditions.DEFAULT.with(memory).with(buffers).with(arrival);
                    assertEquals(conditions, Conditions.of(CaseKey.parse(name(conditions))));
                }
            }
        }
        for (String wrong : List.of("late:5us", "late:1:5", "linear:1:5us", "late:1:0us", "soon", "none:1us")) {
            assertThrows(IllegalArgumentException.class, () -> Arrival.parse(wrong), wrong);
        }
    }

    @Test
    void shouldIsolateCallsBeforeWhichSomethingIsDone() {
        assertEquals(Cadence.ISOLATED, Conditions.DEFAULT.with(Buffers.COLD).cadence());
        assertEquals(Cadence.ISOLATED, Conditions.DEFAULT.with(LATE).cadence());
        assertEquals(Cadence.STREAMING, Conditions.DEFAULT.with(Buffers.ROTATE).cadence());
    }

    @Test
    void shouldSayInWordsWhatIsNotTheDefault() {
        assertEquals(List.of(), Conditions.DEFAULT.words());
        assertEquals(List.of("private memory", "isolated", "buffers cold", "arrival late:1:5us"),
                Conditions.DEFAULT.with(Memory.PRIVATE).with(Buffers.COLD).with(LATE).words());
        assertEquals(List.of("unaligned"), Conditions.DEFAULT.withUnaligned(true).words());
    }

    @Test
    void shouldRefuseWhatMakesNoSense() {
        assertThrows(IllegalArgumentException.class,
                () -> Conditions.DEFAULT.with(Buffers.COLD).with(Cadence.STREAMING));
        assertThrows(IllegalArgumentException.class,
                () -> Conditions.DEFAULT.with(Memory.PRIVATE).withUnaligned(true));
        assertThrows(IllegalArgumentException.class, () -> new Arrival(Kind.LATE, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new Arrival(Kind.LINEAR, 1, 5));
        assertThrows(IllegalArgumentException.class, () -> new Arrival(Kind.NONE, 0, 5));
        assertThrows(IllegalArgumentException.class, () -> new Arrival(Kind.LATE, -1, 5));
    }

    @ParameterizedTest
    @CsvSource({"5000, 5us", "500, 0.5us", "5001, 5.001us", "1500000, 1500us", "2000000, 2ms", "3000000000, 3s",
        "10000, 10us"})
    void shouldWriteATimeInOneWay(long nanos, String text) {
        assertEquals("linear:" + text, new Arrival(Kind.LINEAR, 0, nanos).label());
    }

    @Test
    void shouldHoldBackOneRankOrAllInProportion() {
        Arrival linear = new Arrival(Kind.LINEAR, 0, 9000);
        for (int call = 0; call < 3; call++) {
            assertEquals(0, LATE.delayNanos(0, 3, call, 7));
            assertEquals(5000, LATE.delayNanos(1, 3, call, 7));
            assertEquals(0, LATE.delayNanos(2, 3, call, 7));
            assertEquals(0, linear.delayNanos(0, 4, call, 7));
            assertEquals(6000, linear.delayNanos(2, 4, call, 7));
            assertEquals(9000, linear.delayNanos(3, 4, call, 7));
            assertEquals(0, linear.delayNanos(0, 1, call, 7));
        }
    }

    @Test
    void shouldDrawTheSameDelaysFromTheSameSeed() {
        Arrival random = new Arrival(Kind.RANDOM, 0, 1_000_000);
        long sum = 0;
        for (int call = 0; call < 1000; call++) {
            for (int rank = 0; rank < 4; rank++) {
                long delay = random.delayNanos(rank, 4, call, 42);
                assertEquals(delay, random.delayNanos(rank, 4, call, 42));
                assertTrue(delay >= 0 && delay < 1_000_000);
                sum += delay;
            }
        }
        assertEquals(500_000, sum / 4000.0, 20_000);
        assertNotEquals(random.delayNanos(1, 4, 5, 42), random.delayNanos(1, 4, 5, 43));
        assertNotEquals(random.delayNanos(1, 4, 5, 42), random.delayNanos(1, 4, 6, 42));
        assertNotEquals(random.delayNanos(1, 4, 5, 42), random.delayNanos(2, 4, 5, 42));
    }
}
