package org.fabricmark.results.model;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * One measured case: a line of a table, of a CSV file, and an object of a JSON file. Times are microseconds for one
 * call of the slowest rank; bandwidths are GB/s with GB = 10<sup>9</sup> bytes. What was not measured is empty.
 *
 * <p>Made by {@link #builder}.
 *
 * @param key what was measured
 * @param algorithmSelected the algorithm that really ran; differs from the one asked for only where that is
 * {@code auto}
 * @param count elements; 0 of a primitive, which has none
 * @param calls timed calls
 * @param batch calls between two clock readings, so that {@code calls / batch} samples were taken
 * @param timeUs median over batches
 * @param minUs shortest time
 * @param p50Us median over samples; empty with fewer than {@value #MIN_PERCENTILE_SAMPLES} samples
 * @param p99Us 99th percentile over samples; empty with fewer than {@value #MIN_PERCENTILE_SAMPLES} samples
 * @param maxUs longest time
 * @param skewUs median of the last minus the first rank's end
 * @param firstUs the first call ever: plan, connections and page faults included
 * @param algbwGBs bytes / time
 * @param busbwGBs algorithm bandwidth times the collective's bus factor
 * @param limitUs the shortest time that the machine's own limits allow
 * @param exchangeNs the exchange of one line (or one socket message) probed next to the case, in nanoseconds
 * @param flags warnings
 * @param wrong wrong elements over all checked calls; empty if data were not checked
 * @param overlap how much of the call a rank can compute in; empty if that was not asked for
 * @param cpuUs processor time of a call, summed over the ranks' threads
 * @param allocatedBytes what a call allocates in the heap, summed over the ranks' threads
 * @param lineNs the exchange of one cache line probed next to the case, whatever carries its bytes: which regime the machine was in
 * @param hitRate registrations of private memory that were used again, of all that were looked up, over all ranks; empty where none was
 * @param primitive what a primitive has besides; empty of a collective
 * @param conventions what {@code timeUs} is; {@link Conventions#OURS} unless another program measured
 */
public record CaseResult(CaseKey key, String algorithmSelected, long count, long calls, long batch, double timeUs,
        OptionalDouble minUs, OptionalDouble p50Us, OptionalDouble p99Us, OptionalDouble maxUs, OptionalDouble skewUs,
        OptionalDouble firstUs, OptionalDouble algbwGBs, OptionalDouble busbwGBs, OptionalDouble limitUs,
        OptionalDouble exchangeNs, Flags flags, OptionalLong wrong, Optional<Overlap> overlap,
        OptionalDouble cpuUs, OptionalDouble allocatedBytes, OptionalDouble lineNs, OptionalDouble hitRate,
        Optional<PrimitiveFigures> primitive, Conventions conventions) {

    /** Percentiles of fewer samples say nothing and are not kept. */
    public static final int MIN_PERCENTILE_SAMPLES = 100;

    /** Refuses numbers that a measurement cannot give. */
    public CaseResult {
        Objects.requireNonNull(key, "key");
        CaseKey.requireWord("algorithm that ran", algorithmSelected);
        Objects.requireNonNull(flags, "flags");
        Objects.requireNonNull(overlap, "overlap");
        Objects.requireNonNull(conventions, "conventions");
        if (!key.algorithm().equals(CaseKey.AUTO) && !key.algorithm().equals(algorithmSelected)) {
            throw new IllegalArgumentException(
                    "algorithm '" + key.algorithm() + "' was asked for, but '" + algorithmSelected + "' ran");
        }
        if (key.isPrimitive() != primitive.isPresent()) {
            throw new IllegalArgumentException("case '" + key + "': a primitive, and nothing else, has a 'measure'");
        }
        requireAtLeast("count", count, 0);
        requireAtLeast("calls", calls, 1);
        requireAtLeast("batch", batch, 1);
        requireMeasured("time_us", OptionalDouble.of(timeUs));
        requireMeasured("min_us", minUs);
        requireMeasured("p50_us", p50Us);
        requireMeasured("p99_us", p99Us);
        requireMeasured("max_us", maxUs);
        requireMeasured("skew_us", skewUs);
        requireMeasured("first_us", firstUs);
        requireMeasured("algbw_GBs", algbwGBs);
        requireMeasured("busbw_GBs", busbwGBs);
        requireMeasured("limit_us", limitUs);
        requireMeasured("exchange_ns", exchangeNs);
        requireMeasured("cpu_us", cpuUs);
        requireMeasured("allocated_bytes", allocatedBytes);
        requireMeasured("line_ns", lineNs);
        requireMeasured("hit_rate", hitRate);
        wrong.ifPresent(elements -> requireAtLeast("wrong", elements, 0));
    }

    /** A builder with the three numbers that every result has to have besides {@link CaseResultBuilder#timeUs}. */
    public static CaseResultBuilder builder(CaseKey key, long count, long calls, long batch) {
        return new CaseResultBuilder().key(key).count(count).calls(calls).batch(batch);
    }

    /** This result of a case that leaves the choice to the library, with the algorithm that really ran. */
    public CaseResult ranBy(String algorithm) {
        return new CaseResult(key, algorithm, count, calls, batch, timeUs, minUs, p50Us, p99Us, maxUs, skewUs, firstUs,
                algbwGBs, busbwGBs, limitUs, exchangeNs, flags, wrong, overlap, cpuUs, allocatedBytes, lineNs, hitRate,
                primitive,
                conventions);
    }

    /** Whether data were checked and found wrong: such a time is never a success. */
    public boolean isWrong() {
        return wrong.isPresent() && wrong.getAsLong() > 0;
    }

    /** Which figure people look at. */
    public Measure measure() {
        return primitive.map(PrimitiveFigures::measure).orElse(Measure.CALL);
    }

    /** That figure; empty where there is none, for nothing took no time. */
    public OptionalDouble figure() {
        return measure().higherIsBetter() && !(timeUs > 0) ? OptionalDouble.empty()
                : OptionalDouble.of(measure().figure(timeUs, key.bytes()));
    }

    /** The limit divided by the time: 1 is as fast as the machine allows. Empty without a limit or with a time of 0. */
    public OptionalDouble limitShare() {
        return limitUs.isPresent() && timeUs > 0 ? OptionalDouble.of(limitUs.getAsDouble() / timeUs)
                : OptionalDouble.empty();
    }

    private static void requireAtLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " '" + value + "' is below " + least);
        }
    }

    static void requireMeasured(String name, OptionalDouble value) {
        if (value.isPresent() && !(value.getAsDouble() >= 0 && Double.isFinite(value.getAsDouble()))) {
            throw new IllegalArgumentException(
                    name + " '" + value.getAsDouble() + "' is not a finite number of at least 0");
        }
    }
}
