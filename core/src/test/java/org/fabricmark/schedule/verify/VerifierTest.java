package org.fabricmark.schedule.verify;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.algorithm.ResultOrder;
import org.fabricmark.algorithm.pattern.Rings;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.ScheduleBuilder;
import org.fabricmark.schedule.StepSink;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class VerifierTest {
    private interface Emitter {
        void emit(int rank, StepSink to);
    }

    private static Call call(Shape shape, long scratch, int signals, boolean synchronising, Emitter emitter) {
        List<Schedule> schedules = IntStream.range(0, shape.size())
                .mapToObj(rank -> {
                    ScheduleBuilder builder = new ScheduleBuilder();
                    emitter.emit(rank, builder);
                    return builder.build("test", shape, rank, scratch, signals);
                })
                .toList();
        return new Call(schedules, synchronising, ResultOrder.NONE, Optional.empty());
    }

    private static Violation rejected(Call call) {
        return Verifier.verify(call, 4, Delivery.BY_WIRE).orElseThrow(() -> new AssertionError("was accepted"));
    }

    static Stream<Algorithm> algorithms() {
        return Algorithms.all().stream();
    }

    @ParameterizedTest
    @MethodSource("algorithms")
    void shouldProveEveryAlgorithmFrom1To33Ranks(Algorithm algorithm) {
        List<String> violations = IntStream.rangeClosed(1, 33)
                .boxed()
                .flatMap(size -> Theorem.about(algorithm, size).stream())
                .parallel()
                .flatMap(theorem -> theorem.prove().map(v -> theorem + ": " + v).stream())
                .toList();
        assertEquals(List.of(), violations);
    }

    @Tag("slow")
    @ParameterizedTest
    @ValueSource(ints = {64, 100, 255, 512, 1024})
    void shouldProveSamplesOfManyRanks(int size) {
        for (Algorithm algorithm : Algorithms.all()) {
            long count = algorithm.collective().movesData() ? 2L * size + 1 : 0;
            Shape shape = Shape.of(algorithm.collective(), size, count, 4);
            if (algorithm.refusal(shape).isPresent()) {
                continue;
            }
            assertEquals(
                    Optional.empty(),
                    Verifier.verify(List.of(Call.direct(new Emission(algorithm, shape))), 4, Delivery.BY_WIRE));
        }
    }

    @Test
    void shouldProveMixedAlgorithmsOnOneCommunicator() {
        long seed = Long.getLong("fabricmark.seed", 7L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int size = 1; size <= 9; size++) {
            for (int i = 0; i < 40; i++) {
                CallSequence sequence = CallSequence.random(Algorithms.all(), size, 15, random);
                assertEquals(Optional.empty(), sequence.prove(), () -> "seed " + seed + ": " + sequence);
            }
        }
    }

    @Test
    void shouldRejectRootedCallsInARowWhenNoBarrierSeparatesThem() {
        Algorithm broadcast = Algorithms.named(Collective.BROADCAST, "binomial").orElseThrow();
        Shape shape = Shape.of(Collective.BROADCAST, 5, 3, 4);
        Call honest = Call.direct(new Emission(broadcast, shape));
        assertEquals(Optional.empty(), Verifier.verify(honest, 4, Delivery.BY_WIRE));
        Call liar = new Call(honest.schedules(), true, ResultOrder.NONE, Optional.empty());
        assertEquals(Violation.Kind.CLAIM, rejected(liar).kind());
    }

    /** The textbook ring reuses two slots; nothing tells the sender of a one-sided put that a slot was consumed. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 8})
    void shouldFindTheRaceOfARingWithTwoSlots(int size) {
        Shape shape = Shape.of(Collective.ALL_REDUCE, size, size, 4);
        Call ring = call(shape, 2, 1, false, (rank, to) -> {
            int next = Rings.shift(rank, 1, size);
            int previous = Rings.shift(rank, -1, size);
            for (int round = 0; round < size - 1; round++) {
                int put = Rings.shift(rank, -round, size);
                to.source(rank, round == 0 ? INPUT : OUTPUT, put, 1);
                to.target(next, SCRATCH, round % 2, 1);
                to.put(0);
                int arrived = Rings.shift(put, -1, size);
                to.await(previous, 0, 1);
                to.source(rank, SCRATCH, round % 2, 1);
                to.source(rank, INPUT, arrived, 1);
                to.target(rank, OUTPUT, arrived, 1);
                to.reduce(false);
            }
            to.flush();
        });
        Violation.Kind expected = size < 4 ? Violation.Kind.VALUE : Violation.Kind.RACE; // the gather half is missing
        assertEquals(expected, rejected(ring).kind(), () -> rejected(ring).toString());
    }

    @Test
    void shouldNameRankChannelStepAndSliceOfARace() {
        Shape shape = Shape.of(Collective.BROADCAST, 2, 8, 4);
        Violation violation = rejected(call(shape, 0, 1, false, (rank, to) -> {
            if (rank == 0) {
                to.source(0, INPUT, 0, 8);
                to.target(1, OUTPUT, 0, 8);
                to.put(0); // rank 1 has not said that it entered
                to.source(0, INPUT, 0, 8);
                to.target(0, OUTPUT, 0, 8);
                to.copy();
                to.flush();
            } else {
                to.await(0, 0, 1);
            }
        }));
        assertEquals(
                "race: broadcast test, call 0, rank 0, channel 0, step 0: writes elements 0 to 8 while rank 1 (channel 0) may "
                        + "still write them (rank 1 OUTPUT[0..8)) [put        input[0..8) -> 1:output[0..8), signal 0]",
                violation.toString());
    }

    @Test
    void shouldRejectAPutWhoseSourceMayStillBeReadWhenTheUserOverwritesIt() {
        Shape shape = Shape.of(Collective.ALL_GATHER, 2, 1, 4);
        Violation violation = rejected(call(shape, 1, 1, true, (rank, to) -> {
            int peer = 1 - rank;
            to.source(rank, INPUT, 0, 1);
            to.target(peer, SCRATCH, 0, 1);
            to.put(0);
            to.await(peer, 0, 1);
            to.source(rank, INPUT, 0, 1);
            to.target(rank, OUTPUT, rank, 1);
            to.source(rank, SCRATCH, 0, 1);
            to.target(rank, OUTPUT, peer, 1);
            to.copy(); // no flush
        }));
        assertEquals(Violation.Kind.RACE, violation.kind());
        assertEquals("entry or exit", violation.text());
    }

    /** By wire the data come before both bumps; in its signal they come when that one is awaited. */
    @Test
    void shouldProveDataInSignalsApartFromDataOnWires() {
        Call call = call(Shape.of(Collective.BROADCAST, 2, 12, 4), 12, 2, false, (rank, to) -> {
            if (rank == 0) {
                to.source(0, INPUT, 0, 12);
                to.target(1, SCRATCH, 0, 12);
                to.put(0);
                to.notifyPeer(1, 1);
                to.source(0, INPUT, 0, 12);
                to.target(0, OUTPUT, 0, 12);
                to.copy();
                to.flush();
            } else {
                to.await(0, 1, 1);
                to.source(1, SCRATCH, 0, 12);
                to.target(1, OUTPUT, 0, 12);
                to.copy();
                to.await(0, 0, 1);
            }
        });
        assertEquals(Optional.empty(), Verifier.verify(call, 4, Delivery.BY_WIRE));
        assertTrue(Verifier.verify(call, 4, Delivery.IN_SIGNAL).isPresent());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 12, 13})
    void shouldProveOneShotForBothDeliveriesAroundWhatASignalHolds(int count) {
        Algorithm oneShot = Algorithms.named(Collective.ALL_REDUCE, "one-shot").orElseThrow();
        for (int size = 2; size <= 9; size++) {
            Call call = Call.direct(new Emission(oneShot, Shape.of(Collective.ALL_REDUCE, size, count, 4)));
            for (Delivery delivery : Delivery.values()) {
                assertEquals(Optional.empty(), Verifier.verify(call, 4, delivery));
            }
        }
    }

    @Test
    void shouldRejectAReduceThatWritesAnOutputButTheRoots() {
        Violation violation = rejected(call(Shape.of(Collective.REDUCE, 2, 1, 4), 1, 1, false, (rank, to) -> {
            if (rank == 1) {
                to.source(1, INPUT, 0, 1);
                to.target(0, SCRATCH, 0, 1);
                to.put(0);
                to.source(1, INPUT, 0, 1);
                to.target(1, OUTPUT, 0, 1);
                to.copy();
                to.flush();
            } else {
                to.await(1, 0, 1);
                to.source(0, INPUT, 0, 1);
                to.source(0, SCRATCH, 0, 1);
                to.target(0, OUTPUT, 0, 1);
                to.reduce(false);
            }
        }));
        assertEquals(Violation.Kind.VALUE, violation.kind());
        assertEquals(1, violation.rank());
    }

    @Test
    void shouldRejectADoubledContributionAtTheStepThatMakesIt() {
        Shape shape = Shape.of(Collective.ALL_REDUCE, 2, 4, 4);
        Violation violation = rejected(call(shape, 0, 1, false, (rank, to) -> {
            to.source(rank, INPUT, 0, 4);
            to.source(rank, INPUT, 0, 4);
            to.target(rank, OUTPUT, 0, 4);
            to.reduce(false);
        }));
        assertEquals(Violation.Kind.VALUE, violation.kind());
        assertEquals(0, violation.step());
        assertTrue(violation.message().startsWith("combines the input of rank 0 twice"), violation.message());
    }

    @Test
    void shouldRejectRanksThatWaitForEachOther() {
        Shape shape = Shape.of(Collective.BARRIER, 2, 0, 1);
        Violation violation = rejected(call(shape, 0, 1, true, (rank, to) -> {
            to.await(1 - rank, 0, 1);
            to.notifyPeer(1 - rank, 0);
        }));
        assertEquals(Violation.Kind.DEADLOCK, violation.kind());
    }

    @Test
    void shouldRejectAGetFromARankThatMayHaveLeft() {
        Shape shape = Shape.of(Collective.BROADCAST, 2, 2, 4);
        Violation violation = rejected(call(shape, 2, 1, false, (rank, to) -> {
            if (rank == 0) {
                to.source(0, INPUT, 0, 2);
                to.target(0, SCRATCH, 0, 2);
                to.target(0, OUTPUT, 0, 2);
                to.multicast();
                to.notifyPeer(1, 0);
            } else {
                to.await(0, 0, 1);
                to.source(0, SCRATCH, 0, 2);
                to.target(1, OUTPUT, 0, 2);
                to.get();
                to.flush();
            }
        }));
        assertEquals(Violation.Kind.UNFINISHED, violation.kind());
    }

    @Test
    void shouldRejectASignalOfTwoWriters() {
        Shape shape = Shape.of(Collective.BARRIER, 2, 0, 1);
        Violation violation = rejected(call(shape, 0, 1, true, (rank, to) -> {
            to.notifyPeer(1 - rank, 0);
            to.channel(1);
            to.notifyPeer(1 - rank, 0);
            to.channel(0);
            to.await(1 - rank, 0, 2);
        }));
        assertEquals(Violation.Kind.SIGNAL, violation.kind());
    }
}
