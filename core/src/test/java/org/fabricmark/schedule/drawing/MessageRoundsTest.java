package org.fabricmark.schedule.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Stream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Step;
import org.fabricmark.schedule.drawing.MessageRounds.Kind;
import org.fabricmark.schedule.drawing.MessageRounds.Message;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.api.Test;

class MessageRoundsTest {
    static Stream<Algorithm> algorithms() {
        return Algorithms.all().stream();
    }

    private static Emission emission(Algorithm algorithm, int size) {
        return new Emission(algorithm, shape(algorithm, size));
    }

    private static Shape shape(Algorithm algorithm, int size) {
        return Shape.of(algorithm.collective(), size, algorithm.collective().movesData() ? 64L * size : 0, 4);
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void shouldCountTheRoundsThatEveryAlgorithmDeclares(Algorithm algorithm) {
        for (int size = 1; size <= 17; size++) {
            if (algorithm.refusal(shape(algorithm, size)).isPresent()) {
                continue;
            }
            Emission emission = emission(algorithm, size);
            assertEquals(emission.cost().rounds(), MessageRounds.of(emission.schedules()).rounds().size(),
                    algorithm.name() + " on " + size);
        }
    }

    @Test
    void shouldLineUpARing() {
        Emission ring = emission(Algorithms.named(Collective.ALL_GATHER, "ring").orElseThrow(), 3);
        MessageRounds rounds = MessageRounds.of(ring.schedules());
        assertTrue(rounds.rounds().getLast().contains(new Message(0, 1, Kind.PUT, 192)), rounds.toString());
        assertTrue(RoundsText.of(rounds, 80).contains("0>1:192  1>2:192  2>0:192"), RoundsText.of(rounds, 80));
    }

    @Test
    void shouldTellLoadsAndStoresFromPuts() {
        Emission twoShot = emission(Algorithms.named(Collective.ALL_REDUCE, "two-shot").orElseThrow(), 2);
        List<Message> second = MessageRounds.of(twoShot.schedules()).rounds().get(1);
        assertTrue(second.contains(new Message(1, 0, Kind.LOAD, 64)), second.toString());
        assertTrue(second.contains(new Message(0, 1, Kind.STORE, 64)), second.toString());
    }

    @Test
    void shouldRefuseSchedulesThatWaitForEver() {
        Shape shape = Shape.of(Collective.BARRIER, 2, 0, 1);
        List<Schedule> schedules = Stream.of(0, 1)
                .map(rank -> new Schedule("test", shape, rank, List.of(List.of(new Step.Await(1 - rank, 0, 1))), 0, 1))
                .toList();
        assertThrows(IllegalArgumentException.class, () -> MessageRounds.of(schedules));
    }
}
