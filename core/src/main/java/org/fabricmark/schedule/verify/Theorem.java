package org.fabricmark.schedule.verify;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.algorithm.Tunable;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;
import org.fabricmark.schedule.Schedule;

/**
 * One thing to prove: an algorithm for one shape in one form.
 *
 * @param algorithm the algorithm
 * @param shape what it is emitted for
 * @param form direct, lowered or mixed
 */
public record Theorem(Algorithm algorithm, Shape shape, Form form) {
    /** Lanes of a communicator: normally, and where scratch is large. */
    private static final int LANES = 4;

    private static final int LANES_OF_LARGE_SCRATCH = 2;

    private static final int ELEMENT_BYTES = 4;

    /** Small thresholds, so that short messages take every path: segments of 32 elements, at most 4, eager up to 8. */
    private static final Tuning TUNING = new Tuning(32 * ELEMENT_BYTES, 4, 8 * ELEMENT_BYTES);

    /**
     * Proves it for both numbers of lanes, each with enough calls in a row to use every lane again, and for both ways in which
     * small data are delivered.
     *
     * @return the first violation, or empty when proven
     */
    public Optional<Violation> prove() {
        Call call = form.call(new Emission(algorithm, shape));
        return Verifier.verify(call, LANES, Delivery.BY_WIRE)
                .or(() -> Verifier.verify(call, LANES_OF_LARGE_SCRATCH, Delivery.IN_SIGNAL));
    }

    /**
     * All theorems about {@code algorithm} at {@code size} ranks: every count class, root and form, in place and not. Forms
     * whose schedules are the direct ones are left out, and so are shapes that the algorithm refuses. An average changes
     * nothing but where elements are finished, so one count class shows it.
     */
    public static List<Theorem> about(Algorithm algorithm, int size) {
        return about(algorithm, size, OptionalLong.empty(), OptionalInt.empty());
    }

    /**
     * As {@link #about(Algorithm, int)}, with less than all segments and channels.
     *
     * @param segmentBytes the segment instead of the one that these theorems have
     * @param channels the only number of channels, for every count, instead of 1, 2 and 3
     */
    public static List<Theorem> about(
            Algorithm algorithm, int size, OptionalLong segmentBytes, OptionalInt channels) {
        Tuning base = TUNING.withSegmentBytes(segmentBytes.orElse(TUNING.segmentBytes()));
        List<Theorem> theorems = new ArrayList<>();
        Collective collective = algorithm.collective();
        for (long count : collective.movesData() ? counts(size) : List.of(0L)) {
            for (int root : collective.rooted() ? roots(size) : List.of(0)) {
                Shape shape = new Shape(collective, size, count, ELEMENT_BYTES, false, root, false, base);
                for (int number : channels.isPresent() ? List.of(channels.getAsInt())
                        : channels(algorithm, size, count)) {
                    Shape divided = shape.withTuning(base.withChannels(number));
                    addForms(algorithm, divided, theorems);
                    if (collective.movesData()) {
                        addForms(algorithm, divided.withInPlace(true), theorems);
                    }
                }
                if (collective.reduces() && count == size + 1L) {
                    Shape average = shape.withAverage(true).withTuning(base.withChannels(channels.orElse(1)));
                    addForms(algorithm, average, theorems);
                    addForms(algorithm, average.withInPlace(true), theorems);
                }
            }
        }
        return theorems;
    }

    private static void addForms(Algorithm algorithm, Shape shape, List<Theorem> theorems) {
        if (algorithm.refusal(shape).isPresent()) {
            return;
        }
        theorems.add(new Theorem(algorithm, shape, Form.DIRECT));
        Schedule direct = new Emission(algorithm, shape).schedule(0);
        for (Form form : List.of(Form.LOWERED, Form.MIXED)) {
            if (!form.lower(direct).equals(direct)) {
                theorems.add(new Theorem(algorithm, shape, form));
            }
        }
    }

    /**
     * Count classes: none, one, around one element a rank, eager, below and above a segment, and with chunks long enough to
     * be aligned.
     */
    private static List<Long> counts(int size) {
        return List.copyOf(new TreeSet<>(List.of(
                0L, 1L, size - 1L, (long) size, size + 1L, 8L, 31L, segmented(size), 1024L * size + 3)));
    }

    /** Elements with which every rank's chunk is longer than a segment. */
    private static long segmented(int size) {
        return 2L * 32 * size + 7;
    }

    /** Two and three channels with fewer elements than channels, about as many as ranks, and with several segments. */
    private static List<Integer> channels(Algorithm algorithm, int size, long count) {
        boolean divided = algorithm.tunables().contains(Tunable.CHANNELS)
                && (count == 1 || count == size + 1L || count == segmented(size));
        return divided ? List.of(1, 2, 3) : List.of(1);
    }

    private static List<Integer> roots(int size) {
        return List.copyOf(new TreeSet<>(List.of(0, size / 2, size - 1)));
    }

    @Override
    public String toString() {
        return "%s %s, %d ranks, %d x %d B%s%s%s%s, %s"
                .formatted(
                        shape.collective().label(),
                        algorithm.name(),
                        shape.size(),
                        shape.count(),
                        shape.elementBytes(),
                        shape.collective().rooted() ? ", root " + shape.root() : "",
                        shape.inPlace() ? ", in place" : "",
                        shape.average() ? ", average" : "",
                        shape.tuning().channels() > 1 ? ", " + shape.tuning().channels() + " channels" : "",
                        form.label());
    }
}
