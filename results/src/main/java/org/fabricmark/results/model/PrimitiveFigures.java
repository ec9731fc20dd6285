package org.fabricmark.results.model;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a result of a primitive has besides that of a collective. Its {@link CaseResult#timeUs} is the median of an operation
 * where it is asked how long ({@link Measure#LATENCY}), and all time / all messages where it is asked how many.
 *
 * @param measure which figure people look at
 * @param averageUs all time / all operations
 * @param deviationUs standard deviation over batches
 * @param p999Us percentile 99.9 over batches; empty where these are too few
 * @param inlined whether data travelled within the request: {@code yes} or {@code no}; empty without requests
 * @param signalEvery one request in so many was signalled; empty without requests
 * @param reference what was probed just before on the same threads, to hold the figure against: {@code exchange},
 *     {@code round-trip}, {@code copy} or {@code none}
 * @param referenceUs how long that took; no limit, for a primitive may be faster
 */
public record PrimitiveFigures(Measure measure, double averageUs, double deviationUs, OptionalDouble p999Us,
        Optional<String> inlined, OptionalLong signalEvery, String reference, OptionalDouble referenceUs) {
    /** Refuses what is missing, and numbers that a measurement cannot give. */
    public PrimitiveFigures {
        Objects.requireNonNull(inlined, "inlined");
        Objects.requireNonNull(signalEvery, "signalEvery");
        CaseKey.requireWord("reference", reference);
        if (measure == Measure.CALL) {
            throw new IllegalArgumentException("measure '" + measure.label() + "' is of collectives");
        }
        CaseResult.requireMeasured("average_us", OptionalDouble.of(averageUs));
        CaseResult.requireMeasured("stdev_us", OptionalDouble.of(deviationUs));
        CaseResult.requireMeasured("p999_us", p999Us);
        CaseResult.requireMeasured("reference_us", referenceUs);
    }

    /** Collects them; what is not set stays absent. Not thread-safe. */
    public static final class Builder {
        private Measure measure;
        private OptionalDouble averageUs = OptionalDouble.empty();
        private OptionalDouble deviationUs = OptionalDouble.empty();
        private OptionalDouble p999Us = OptionalDouble.empty();
        private Optional<String> inlined = Optional.empty();
        private OptionalLong signalEvery = OptionalLong.empty();
        private String reference = CasePart.NONE;
        private OptionalDouble referenceUs = OptionalDouble.empty();

        /** Nothing is set. */
        public Builder() {}

        /** {@link PrimitiveFigures#measure}. */
        public Builder measure(Measure figure) {
            measure = figure;
            return this;
        }

        /** {@link PrimitiveFigures#averageUs}. */
        public Builder averageUs(double us) {
            averageUs = OptionalDouble.of(us);
            return this;
        }

        /** {@link PrimitiveFigures#deviationUs}. */
        public Builder deviationUs(double us) {
            deviationUs = OptionalDouble.of(us);
            return this;
        }

        /** {@link PrimitiveFigures#p999Us}. */
        public Builder p999Us(double us) {
            p999Us = OptionalDouble.of(us);
            return this;
        }

        /** {@link PrimitiveFigures#inlined}. */
        public Builder inlined(String yesOrNo) {
            inlined = Optional.of(yesOrNo);
            return this;
        }

        /** {@link PrimitiveFigures#signalEvery}. */
        public Builder signalEvery(long requests) {
            signalEvery = OptionalLong.of(requests);
            return this;
        }

        /** {@link PrimitiveFigures#reference}. */
        public Builder reference(String probe) {
            reference = probe;
            return this;
        }

        /** {@link PrimitiveFigures#referenceUs}. */
        public Builder referenceUs(double us) {
            referenceUs = OptionalDouble.of(us);
            return this;
        }

        /**
         * The figures.
         *
         * @throws IllegalArgumentException if one that every primitive has is missing, or one is impossible
         */
        public PrimitiveFigures build() {
            if (measure == null) {
                throw missing("measure");
            }
            return new PrimitiveFigures(measure, averageUs.orElseThrow(() -> missing("average_us")),
                    deviationUs.orElseThrow(() -> missing("stdev_us")), p999Us, inlined, signalEvery, reference,
                    referenceUs);
        }

        private static IllegalArgumentException missing(String name) {
            return new IllegalArgumentException("a result of a primitive needs '" + name + "'");
        }
    }
}
