package org.fabricmark.schedule.verify;

import static org.fabricmark.schedule.Space.INPUT;
import static org.fabricmark.schedule.Space.OUTPUT;
import static org.fabricmark.schedule.Space.SCRATCH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.algorithm.ResultOrder;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.ScheduleBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(value = 3, unit = TimeUnit.MINUTES)
class OverlappingCallsTest {
    private static BitSet all(int calls) {
        BitSet all = new BitSet();
        all.set(0, calls);
        return all;
    }

    private static Call call(Collective collective, String algorithm, int size, long count) {
        return Call.direct(new Emission(
                Algorithms.named(collective, algorithm).orElseThrow(), Shape.of(collective, size, count, 4)));
    }

    /** Rank 0 puts its message into everybody's scratch and asks nobody: only the lane rule keeps its calls apart. */
    private static Call eager(int size) {
        Shape shape = Shape.of(Collective.BROADCAST, size, 100, 4);
        return new Call(
                IntStream.range(0, size)
                        .mapToObj(rank -> {
                            ScheduleBuilder to = new ScheduleBuilder();
                            if (rank > 0) {
                                to.await(0, 0, 1);
                            }
                            for (int peer = 1; peer < size && rank == 0; peer++) {
                                to.source(0, INPUT, 0, 100);
                                to.target(peer, SCRATCH, 0, 100);
                                to.put(0);
                            }
                            to.source(rank, rank == 0 ? INPUT : SCRATCH, 0, 100);
                            to.target(rank, OUTPUT, 0, 100);
                            to.copy();
                            to.flush();
                            return to.build("eager", shape, rank, 100, 1);
                        })
                        .toList(),
                false,
                ResultOrder.NONE,
                Optional.empty());
    }

    @Test
    void shouldProveEveryAlgorithmStartedMoreOftenThanThereAreLanes() {
        List<String> violations = new ArrayList<>();
        for (Algorithm algorithm : Algorithms.all()) {
            for (int size = 2; size <= 9; size++) {
                for (Theorem theorem : Theorem.about(algorithm, size)) {
                    Call call = theorem.form().call(new Emission(algorithm, theorem.shape()));
                    if (call.shape().isEmpty()) {
                        continue;
                    }
                    Verifier.verifyOverlapping(Collections.nCopies(6, call), all(6), 4, Delivery.BY_WIRE)
                            .or(() -> Verifier.verifyOverlapping(
                                    Collections.nCopies(6, call), all(6), 4, Delivery.IN_SIGNAL))
                            .ifPresent(violation -> violations.add(theorem + ": " + violation));
                }
            }
        }
        assertEquals(List.of(), violations);
    }

    @Test
    void shouldProveStartedAndExecutedCallsOfAnyAlgorithmsInAnyOrder() {
        long seed = Long.getLong("fabricmark.seed", 11L);
        SplittableRandom random = new SplittableRandom(seed);
        for (int size = 2; size <= 7; size++) {
            for (int i = 0; i < 100; i++) {
                OverlappingCalls calls = OverlappingCalls.random(
                        CallSequence.random(Algorithms.all(), size, 15, random), random.nextDouble(), random);
                assertEquals(Optional.empty(), calls.prove(), () -> "seed " + seed + ": " + calls);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 4, 6})
    void shouldKeepStartedCallsApartThatNothingSynchronises(int lanes) {
        assertEquals(
                Optional.empty(),
                Verifier.verifyOverlapping(Collections.nCopies(20, eager(3)), all(20), lanes, Delivery.BY_WIRE));
    }

    /** What the rule for executed calls would do: a synchronising call between two users of a lane shows nothing if it overlaps. */
    @ParameterizedTest
    @EnumSource(Delivery.class)
    void shouldRejectTheRuleOfExecutedCallsForStartedOnes(Delivery delivery) {
        List<Call> calls =
                List.of(eager(3), call(Collective.ALL_REDUCE, "one-shot", 3, 100), eager(3), eager(3), eager(3));
        List<PlannedCall> plan = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            int overIsLaneFree = Math.max(0, i - 3); // only the call that used the lane before is over on this rank
            plan.add(new PlannedCall(i, i, calls.get(i), i % 4, overIsLaneFree, i % 4, true));
        }
        Violation violation = Verifier.run(plan, 3, 4, delivery).orElseThrow();
        assertEquals(Violation.Kind.RACE, violation.kind(), violation::toString);
        assertEquals(4, violation.call(), violation::toString);
        assertEquals(Optional.empty(), Verifier.verifyOverlapping(calls, all(5), 4, delivery));
    }

    @Test
    void shouldStillFindAViolationInsideAStartedCall() {
        Call honest = call(Collective.BROADCAST, "binomial", 5, 3);
        Call liar = new Call(honest.schedules(), true, ResultOrder.NONE, Optional.empty());
        Violation violation = Verifier.verifyOverlapping(List.of(honest, liar, honest), all(3), 4, Delivery.BY_WIRE)
                .orElseThrow();
        assertEquals(Violation.Kind.CLAIM, violation.kind());
        assertTrue(violation.toString().contains("call 1"), violation::toString);
    }
}
