package org.fabricmark.results.compare;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.stats.Estimate;
import org.fabricmark.results.stats.HodgesLehmann;
import org.fabricmark.results.stats.RankTest;

/**
 * A time divided by a base's time: above 1 is slower. It is always the quotient of the two times that are shown beside it; the
 * interval is of what the rank tests look at, and is widened where it does not hold that quotient.
 *
 * @param value the ratio
 * @param interval where the true one lies; empty without samples
 * @param basis what the interval is made from
 * @param p how probable such a difference is where there is none; empty without several launches on both sides
 * @param sameRegime whether the machine was the same for both, as far as the exchange probes beside them tell
 */
public record Ratio(double value, Optional<Estimate> interval, Basis basis, OptionalDouble p, boolean sameRegime) {
    /** What intervals should have. */
    public static final double CONFIDENCE = 0.95;
    /** Fewer pairs cannot give {@link #CONFIDENCE}. */
    public static final int LEAST_PAIRS = 6;

    /** Probes that differ by more are of another regime; as in the harness, which measures a case again then. */
    private static final double SAME_EXCHANGE = 1.2;

    /** Of a line, which is short and scatters more; from one regime to another it differs by a factor of four. */
    private static final double SAME_LINE = 1.5;

    /** What an interval is made from. */
    public enum Basis {
        /** Launches of one run, each of which measured both. */
        PAIRED_LAUNCHES,
        /** Launches that have nothing to do with each other. */
        LAUNCHES,
        /** Batches within one launch on each side: optimistic, for it says nothing about another launch. */
        WITHIN_LAUNCH,
        /** Two times and nothing about their spread. */
        NONE;

        /** The name in files: {@code paired-launches}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Refuses missing parts, and what is no ratio. */
    public Ratio {
        Objects.requireNonNull(interval, "interval");
        Objects.requireNonNull(basis, "basis");
        Objects.requireNonNull(p, "p");
        if (!(value > 0 && Double.isFinite(value))) {
            throw new IllegalArgumentException("the ratio " + value + " is not a finite number above 0");
        }
    }

    /**
     * The ratio of a cell to {@code base}. Empty if one of the two is wrong or took no time, for then there is nothing to
     * divide, and if they measure different things, as a latency and a bandwidth.
     */
    public static Optional<Ratio> of(Cell base, Cell other) {
        if (base.result().isWrong() || other.result().isWrong()
                || base.result().measure() != other.result().measure()) {
            return Optional.empty();
        }
        return of(Timing.of(base), Timing.of(other), base.run().name().equals(other.run().name()),
                sameRegime(base, other));
    }

    static Optional<Ratio> of(Timing base, Timing other, boolean sameRun, boolean sameRegime) {
        if (!base.isPositive() || !other.isPositive()) {
            return Optional.empty();
        }
        double value = other.timeUs() / base.timeUs();
        double[] pairs = base.logDifferences(other);
        if (sameRun && pairs.length >= LEAST_PAIRS && base.launchUs().keySet().equals(other.launchUs().keySet())) {
            Estimate centre = HodgesLehmann.ofPairs(pairs, CONFIDENCE).exp().around(value);
            return Optional.of(new Ratio(value, Optional.of(centre), Basis.PAIRED_LAUNCHES,
                    OptionalDouble.of(RankTest.ofPairs(pairs)), sameRegime));
        }
        double[] here = logs(base.launches());
        double[] there = logs(other.launches());
        if (here.length > 0 && there.length > 0 && here.length + there.length > 2) {
            Estimate shift = HodgesLehmann.ofShift(here, there, CONFIDENCE).exp().around(value);
            return Optional.of(new Ratio(value, Optional.of(shift), Basis.LAUNCHES,
                    OptionalDouble.of(RankTest.ofSamples(here, there)), sameRegime));
        }
        Optional<Estimate> within = base.withinUs().flatMap(one -> other.withinUs().map(
                two -> new Estimate(value, two.low() / one.high(), two.high() / one.low(),
                        Math.max(0, one.confidence() + two.confidence() - 1))));
        return Optional.of(new Ratio(value, within, within.isPresent() ? Basis.WITHIN_LAUNCH : Basis.NONE,
                OptionalDouble.empty(), sameRegime));
    }

    /** A host moves virtual processors: the exchange of a line beside the two says whether it did, and over one transport the
     * transport's own exchange. */
    static boolean sameRegime(Cell one, Cell other) {
        CaseResult here = one.result();
        CaseResult there = other.result();
        if (here.flags().has(Flag.MACHINE_CHANGED) || there.flags().has(Flag.MACHINE_CHANGED)) {
            return false;
        }
        return alike(here.lineNs(), there.lineNs(), SAME_LINE)
                && (!one.key().transport().equals(other.key().transport())
                        || alike(here.exchangeNs(), there.exchangeNs(), SAME_EXCHANGE));
    }

    /** Also where one of the two was not probed. */
    private static boolean alike(OptionalDouble one, OptionalDouble other, double factor) {
        double here = one.orElse(0);
        double there = other.orElse(0);
        return here <= 0 || there <= 0 || Math.max(here, there) <= factor * Math.min(here, there);
    }

    /** Whether the interval leaves no doubt about who is faster, and the machine was the same for both. */
    public boolean isDecided() {
        return sameRegime && interval.map(where -> where.excludes(1)).orElse(false);
    }

    /** The ratio of figures of {@code measure}: of bandwidths it is below 1 where this one, of times, is above. */
    public Ratio ofFigures(Measure measure) {
        return measure.higherIsBetter()
                ? new Ratio(1 / value, interval.map(Estimate::inverse), basis, p, sameRegime)
                : this;
    }

    private static double[] logs(double[] values) {
        return Arrays.stream(values).map(Math::log).toArray();
    }
}
