package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.fabricmark.bench.cases.Arrival;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.collective.Collective;
import org.junit.jupiter.api.Test;

class RankWorkTest {
    private static final List<BenchmarkCase> CASES = List.of(
            Cases.inProcesses(Cases.allReduce(3, 1000)),
            Cases.inProcesses(Cases.of(Collective.ALL_GATHER, "ring", "shm?direct=no", 3, true, 4096)),
            Cases.inProcesses(Cases.allReduce(3, 1000)
                    .under(Conditions.DEFAULT.with(Buffers.COLD).with(new Arrival(Arrival.Kind.LATE, 1, 5000)))),
            Cases.inProcesses(Cases.allReduce(3, 1000).under(Conditions.DEFAULT.withUnaligned(true))));

    @Test
    void shouldReadBackWhatARankHasToDo() {
        SweepRequest automatic = SweepRequest.of(CASES, Duration.ofSeconds(3), -7);
        SweepRequest counted = new SweepRequest(
                CASES, Duration.ofMillis(1), OptionalInt.of(5), OptionalInt.of(0), OptionalInt.of(1), false,
                Duration.ofSeconds(9), 1L << 40, 1)
                .withOverlap(true);
        for (RankWork work : List.of(new RankWork(true, automatic, 2), new RankWork(false, counted, 64))) {
            assertEquals(work, RankWork.parse(work.text()));
        }
    }

    @Test
    void shouldRefuseWhatIsMissingUnknownOrWrong() {
        String good = new RankWork(true, SweepRequest.of(CASES, Duration.ofSeconds(3), 1), 2).text();
        assertRefused("seed is missing", good.replaceFirst("seed=.*\n", ""));
        assertRefused("unknown: [colour]", good + "colour=red\n");
        assertRefused("'nothing' is no NAME=VALUE", good + "nothing\n");
        assertRefused("no case is left to measure", good.replaceAll("(c|unalignedC)ase=.*\n", ""));
        assertRefused("no type 'blue'", good.replaceFirst("type=[^ ]+ ", "").replaceFirst("case=", "case=type=blue "));
    }

    private static void assertRefused(String message, String text) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> RankWork.parse(text)).getMessage());
    }
}
