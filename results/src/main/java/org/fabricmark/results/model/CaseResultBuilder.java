package org.fabricmark.results.model;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Collects the numbers of one {@link CaseResult}; what is not set stays absent. Not thread-safe.
 *
 * <p>{@link CaseResult#builder} is the way in for whoever measured; readers of files start with an empty builder.
 */
public final class CaseResultBuilder {
    private CaseKey key;
    private String algorithmSelected;
    private OptionalLong count = OptionalLong.empty();
    private OptionalLong calls = OptionalLong.empty();
    private OptionalLong batch = OptionalLong.empty();
    private OptionalDouble timeUs = OptionalDouble.empty();
    private OptionalDouble minUs = OptionalDouble.empty();
    private OptionalDouble p50Us = OptionalDouble.empty();
    private OptionalDouble p99Us = OptionalDouble.empty();
    private OptionalDouble maxUs = OptionalDouble.empty();
    private OptionalDouble skewUs = OptionalDouble.empty();
    private OptionalDouble firstUs = OptionalDouble.empty();
    private OptionalDouble algbwGBs = OptionalDouble.empty();
    private OptionalDouble busbwGBs = OptionalDouble.empty();
    private OptionalDouble limitUs = OptionalDouble.empty();
    private OptionalDouble exchangeNs = OptionalDouble.empty();
    private Flags flags = Flags.NONE;
    private OptionalLong wrong = OptionalLong.empty();
    private OptionalDouble pureUs = OptionalDouble.empty();
    private OptionalDouble computeUs = OptionalDouble.empty();
    private OptionalDouble totalUs = OptionalDouble.empty();
    private OptionalDouble cpuUs = OptionalDouble.empty();
    private OptionalDouble allocatedBytes = OptionalDouble.empty();
    private OptionalDouble lineNs = OptionalDouble.empty();
    private OptionalDouble hitRate = OptionalDouble.empty();
    private PrimitiveFigures.Builder primitive;
    private Conventions conventions = Conventions.OURS;

    /** An empty builder: key, count, calls, batch and time have to be set. */
    public CaseResultBuilder() {}

    /** What was measured. */
    public CaseResultBuilder key(CaseKey key) {
        this.key = key;
        return this;
    }

    /** What {@code auto} chose; not needed where the case names an algorithm. */
    public CaseResultBuilder algorithmSelected(String algorithm) {
        this.algorithmSelected = algorithm;
        return this;
    }

    /** Elements. */
    public CaseResultBuilder count(long elements) {
        count = OptionalLong.of(elements);
        return this;
    }

    /** Timed calls. */
    public CaseResultBuilder calls(long calls) {
        this.calls = OptionalLong.of(calls);
        return this;
    }

    /** Calls between two clock readings. */
    public CaseResultBuilder batch(long calls) {
        batch = OptionalLong.of(calls);
        return this;
    }

    /** Median over batches of the slowest rank's time of a call, in microseconds. */
    public CaseResultBuilder timeUs(double us) {
        timeUs = OptionalDouble.of(us);
        return this;
    }

    /** Shortest time in microseconds. */
    public CaseResultBuilder minUs(double us) {
        minUs = OptionalDouble.of(us);
        return this;
    }

    /**
     * Median and 99th percentile in microseconds; kept only if {@code samples} are enough for them to mean something.
     */
    public CaseResultBuilder percentilesUs(long samples, double p50, double p99) {
        return samples < CaseResult.MIN_PERCENTILE_SAMPLES ? this : p50Us(p50).p99Us(p99);
    }

    /** Median over samples in microseconds, known to come from enough of them. */
    public CaseResultBuilder p50Us(double us) {
        p50Us = OptionalDouble.of(us);
        return this;
    }

    /** 99th percentile over samples in microseconds, known to come from enough of them. */
    public CaseResultBuilder p99Us(double us) {
        p99Us = OptionalDouble.of(us);
        return this;
    }

    /** Longest time in microseconds. */
    public CaseResultBuilder maxUs(double us) {
        maxUs = OptionalDouble.of(us);
        return this;
    }

    /** Median of the last minus the first rank's end, in microseconds. */
    public CaseResultBuilder skewUs(double us) {
        skewUs = OptionalDouble.of(us);
        return this;
    }

    /** The first call ever, in microseconds. */
    public CaseResultBuilder firstUs(double us) {
        firstUs = OptionalDouble.of(us);
        return this;
    }

    /** Algorithm bandwidth in GB/s. */
    public CaseResultBuilder algbwGBs(double rate) {
        algbwGBs = OptionalDouble.of(rate);
        return this;
    }

    /** Bus bandwidth in GB/s. */
    public CaseResultBuilder busbwGBs(double rate) {
        busbwGBs = OptionalDouble.of(rate);
        return this;
    }

    /** The shortest time that the machine allows, in microseconds. */
    public CaseResultBuilder limitUs(double us) {
        limitUs = OptionalDouble.of(us);
        return this;
    }

    /** The exchange probed next to the case, in nanoseconds. */
    public CaseResultBuilder exchangeNs(double ns) {
        exchangeNs = OptionalDouble.of(ns);
        return this;
    }

    /** Warnings; none unless set. */
    public CaseResultBuilder flags(Flags flags) {
        this.flags = flags;
        return this;
    }

    /** Wrong elements over all checked calls. */
    public CaseResultBuilder wrong(long elements) {
        wrong = OptionalLong.of(elements);
        return this;
    }

    /** The call started and awaited, in microseconds: the first of the three times of an {@link Overlap}. */
    public CaseResultBuilder pureUs(double us) {
        pureUs = OptionalDouble.of(us);
        return this;
    }

    /** The computation by itself, in microseconds. */
    public CaseResultBuilder computeUs(double us) {
        computeUs = OptionalDouble.of(us);
        return this;
    }

    /** Both at the same time, in microseconds. */
    public CaseResultBuilder totalUs(double us) {
        totalUs = OptionalDouble.of(us);
        return this;
    }

    /** All three. */
    public CaseResultBuilder overlap(Overlap overlap) {
        return pureUs(overlap.pureUs()).computeUs(overlap.computeUs()).totalUs(overlap.totalUs());
    }

    /** Processor time of a call, summed over the ranks' threads, in microseconds. */
    public CaseResultBuilder cpuUs(double us) {
        cpuUs = OptionalDouble.of(us);
        return this;
    }

    /** What a call allocates in the heap, summed over the ranks' threads. */
    public CaseResultBuilder allocatedBytes(double bytes) {
        allocatedBytes = OptionalDouble.of(bytes);
        return this;
    }

    /** Sets {@link CaseResult#hitRate}. */
    public CaseResultBuilder hitRate(double rate) {
        hitRate = OptionalDouble.of(rate);
        return this;
    }

    /** Sets {@link CaseResult#lineNs}. */
    public CaseResultBuilder lineNs(double ns) {
        lineNs = OptionalDouble.of(ns);
        return this;
    }

    /** What a primitive has besides; only to be asked for where the case is of one. */
    public PrimitiveFigures.Builder primitive() {
        if (primitive == null) {
            primitive = new PrimitiveFigures.Builder();
        }
        return primitive;
    }

    /** What the time is; ours unless set. */
    public CaseResultBuilder conventions(Conventions conventions) {
        this.conventions = conventions;
        return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if a number that every result has is missing, or one is impossible
     */
    public CaseResult build() {
        if (key == null) {
            throw missing("key");
        }
        if (algorithmSelected == null && key.algorithm().equals(CaseKey.AUTO)) {
            throw new IllegalArgumentException("algorithm 'auto' does not say which algorithm ran");
        }
        String ran = algorithmSelected == null ? key.algorithm() : algorithmSelected;
        if (key.isPrimitive() && count.isEmpty()) {
            count(0);
        }
        return new CaseResult(key, ran, count.orElseThrow(() -> missing("count")),
                calls.orElseThrow(() -> missing("calls")), batch.orElseThrow(() -> missing("batch")),
                timeUs.orElseThrow(() -> missing("time_us")), minUs, p50Us, p99Us, maxUs, skewUs, firstUs, algbwGBs,
                busbwGBs, limitUs, exchangeNs, flags, wrong, overlap(), cpuUs, allocatedBytes, lineNs, hitRate,
                Optional.ofNullable(primitive).map(PrimitiveFigures.Builder::build), conventions);
    }

    private Optional<Overlap> overlap() {
        if (pureUs.isEmpty() && computeUs.isEmpty() && totalUs.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Overlap(pureUs.orElseThrow(() -> missing("pure_us")),
                computeUs.orElseThrow(() -> missing("compute_us")), totalUs.orElseThrow(() -> missing("total_us"))));
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("a result needs '" + name + "'");
    }
}
