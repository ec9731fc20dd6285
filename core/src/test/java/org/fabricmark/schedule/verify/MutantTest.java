package org.fabricmark.schedule.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.algorithm.Tunable;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;
import org.fabricmark.schedule.Schedule;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who verifies the verifier: every small wrong change to every schedule up to five ranks must be rejected, or be harmless.
 * Up to four in every build, five in slow ones.
 * Harmless is decided by {@link RandomInterleaving}, which shares nothing with the verifier.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class MutantTest {
    private static final int FEW_RANKS = 4;
    private static final int MAX_RANKS = 5;
    private static final int LANES = 4;
    private static final long SEED = Long.getLong("fabricmark.seed", 20261124L);
    private static final Tuning TUNING = new Tuning(16, 4, 16);

    private record Count(AtomicInteger mutants, AtomicInteger rejected, AtomicInteger witnessed) {}

    private static List<Theorem> subjects(Algorithm algorithm, int least, int most) {
        List<Theorem> subjects = new ArrayList<>();
        for (int size = least; size <= most; size++) {
            long count = algorithm.collective().movesData() ? size + 2 : 0;
            Shape shape = new Shape(
                    algorithm.collective(), size, count, 4, algorithm.collective().reduces(), 0, false, TUNING);
            if (algorithm.tunables().contains(Tunable.SEGMENT)) {
                shape = shape.withCount(2L * size).withTuning(TUNING.withSegmentBytes(4));
            }
            if (algorithm.refusal(shape).isPresent()) {
                continue;
            }
            subjects.add(new Theorem(algorithm, shape, Form.DIRECT));
            if (algorithm.collective().movesData()) {
                subjects.add(new Theorem(algorithm, shape.withInPlace(true), Form.DIRECT));
            }
            Schedule direct = new Emission(algorithm, shape).schedule(0);
            if (!Form.LOWERED.lower(direct).equals(direct)) {
                subjects.add(new Theorem(algorithm, shape, Form.LOWERED));
            }
            if (algorithm.tunables().contains(Tunable.CHANNELS) && size == 3) {
                subjects.add(new Theorem(algorithm, shape.withTuning(shape.tuning().withChannels(2)), Form.DIRECT));
            }
        }
        return subjects;
    }

    @Test
    void shouldRejectEveryMutantThatAnInterleavingCanGetWrong() {
        rejectMutants(2, FEW_RANKS);
    }

    @Test
    @Tag("slow")
    void shouldRejectEveryMutantOfFiveRanksThatAnInterleavingCanGetWrong() {
        rejectMutants(FEW_RANKS + 1, MAX_RANKS);
    }

    private static void rejectMutants(int least, int most) {
        System.out.println("mutants of schedules for " + least + " to " + most + " ranks (seed " + SEED + ")");
        System.out.printf("%-12s %-20s %8s %9s %7s %10s%n", "collective", "algorithm", "mutants", "rejected", "equal",
                "witnessed");
        int total = 0;
        int totalRejected = 0;
        List<String> unsound = new ArrayList<>();
        for (Algorithm algorithm : Algorithms.all()) {
            Count count = new Count(new AtomicInteger(), new AtomicInteger(), new AtomicInteger());
            for (Theorem subject : subjects(algorithm, least, most)) {
                unsound.addAll(mutate(subject, count));
            }
            if (count.mutants.get() == 0) {
                continue; // it takes none of these numbers of ranks
            }
            System.out.printf(
                    "%-12s %-20s %8d %9d %7d %9.0f%%%n",
                    algorithm.collective().label(),
                    algorithm.name(),
                    count.mutants.get(),
                    count.rejected.get(),
                    count.mutants.get() - count.rejected.get(),
                    100.0 * count.witnessed.get() / count.rejected.get());
            assertTrue(count.rejected.get() > count.mutants.get() / 2, algorithm.name() + ": most mutants are wrong");
            total += count.mutants.get();
            totalRejected += count.rejected.get();
        }
        System.out.printf("%d mutants: %d rejected, %d proven equal%n", total, totalRejected, total - totalRejected);
        assertEquals(List.of(), unsound, "accepted, but an interleaving gets it wrong");
    }

    /** Proves every mutant of {@code subject}; returns those that were accepted although they can go wrong. */
    private static List<String> mutate(Theorem subject, Count count) {
        Call call = subject.form().call(new Emission(subject.algorithm(), subject.shape()));
        Call claims = new Call(call.schedules(), call.synchronising(), call.order(), Optional.empty());
        return call.schedules().parallelStream()
                .flatMap(schedule -> Mutations.of(schedule).stream())
                .map(mutant -> {
                    List<Schedule> schedules = new ArrayList<>(call.schedules());
                    schedules.set(mutant.schedule().rank(), mutant.schedule());
                    count.mutants.incrementAndGet();
                    Optional<Violation> violation =
                            Verifier.verify(claims.withSchedules(schedules), LANES, Delivery.BY_WIRE);
                    boolean comparable = call.synchronising(); // the opponent inserts no barriers
                    if (violation.isPresent()) {
                        count.rejected.incrementAndGet();
                        assertTrue(violation.get().rank() >= 0 && violation.get().rank() < subject.shape().size());
                        if (comparable && goesWrong(schedules, 4).isPresent()) {
                            count.witnessed.incrementAndGet();
                        }
                        return "";
                    }
                    return comparable
                            ? goesWrong(schedules, 40).map(w -> subject + ", " + mutant.change() + " -> " + w)
                                    .orElse("")
                            : "";
                })
                .filter(problem -> !problem.isEmpty())
                .toList();
    }

    private static Optional<String> goesWrong(List<Schedule> schedules, int interleavings) {
        for (int i = 0; i < interleavings; i++) {
            Optional<String> wrong = RandomInterleaving.run(schedules, LANES + 1, LANES, SEED + i);
            if (wrong.isPresent()) {
                return wrong;
            }
        }
        return Optional.empty();
    }

    @Test
    void shouldGetEveryAlgorithmRightInRandomInterleavings() {
        for (Algorithm algorithm : Algorithms.all()) {
            for (Theorem subject : subjects(algorithm, 2, MAX_RANKS)) {
                Call call = subject.form().call(new Emission(algorithm, subject.shape()));
                if (call.synchronising()) {
                    assertEquals(Optional.empty(), goesWrong(call.schedules(), 100), subject.toString());
                }
            }
        }
    }
}
