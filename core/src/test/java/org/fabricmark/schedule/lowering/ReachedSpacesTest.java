package org.fabricmark.schedule.lowering;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Space;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReachedSpacesTest {
    private static Stream<Schedule> lowered(Algorithm algorithm, Shape shape) {
        return new Emission(algorithm, shape).schedules().stream()
                .map(schedule -> Lowering.lower(schedule, Reach.NONE));
    }

    @ParameterizedTest
    @CsvSource({
        "ALL_REDUCE, one-shot, SCRATCH", "ALL_REDUCE, two-shot, INPUT OUTPUT", "ALL_REDUCE, ring, OUTPUT SCRATCH",
        "ALL_GATHER, direct, OUTPUT", "ALL_GATHER, bruck, SCRATCH", "BROADCAST, binomial, OUTPUT",
        "REDUCE, binomial, SCRATCH", "REDUCE_SCATTER, direct, INPUT"})
    void shouldNameWhatSomeRankReadsOrWritesAtAnother(Collective collective, String algorithm, String expected) {
        Shape shape = Shape.of(collective, 4, 1000, 4);
        Set<Space> reached = ReachedSpaces.of(lowered(Algorithms.named(collective, algorithm).orElseThrow(), shape));
        assertEquals(expected, reached.stream().map(Space::name).collect(Collectors.joining(" ")));
    }

    @Test
    void shouldNameNothingForOneRank() {
        Algorithm ring = Algorithms.named(Collective.ALL_GATHER, "ring").orElseThrow();
        assertEquals(Set.of(), ReachedSpaces.of(lowered(ring, Shape.of(Collective.ALL_GATHER, 1, 10, 4))));
    }

    /** Calls on private memory rely on it: such a rank's buffer is neither registered nor copied. */
    @Test
    void shouldLeaveTheBufferOfARankAloneThatHasNothingToGiveOrToGet() {
        int seen = 0;
        for (Algorithm algorithm : Algorithms.all()) {
            for (int size = 2; algorithm.collective().rooted() && size < 10; size++) {
                for (boolean inPlace : new boolean[] {false, true}) {
                    int root = size / 2;
                    Shape shape = Shape.of(algorithm.collective(), size, 100, 4).withRoot(root).withInPlace(inPlace);
                    Space unused = algorithm.collective().reduces() ? Space.OUTPUT : Space.INPUT;
                    for (Schedule each : lowered(algorithm, shape).filter(each -> each.rank() != root).toList()) {
                        assertFalse(each.channels().stream().flatMap(steps -> steps.stream())
                                .flatMap(ReachedSpaces::slices)
                                .anyMatch(slice -> own(slice, each, unused)), each.toString());
                        seen++;
                    }
                }
            }
        }
        assertTrue(seen > 100, "schedules: " + seen);
    }

    private static boolean own(Slice slice, Schedule schedule, Space space) {
        return slice.rank() == schedule.rank() && slice.space() == space;
    }
}
