package org.fabricmark.bench.cli;

import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.bench.cases.AlgorithmRequest;
import org.fabricmark.bench.cli.argument.ChannelCount;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.SegmentSize;
import picocli.CommandLine.Option;

/** What users set instead of an algorithm's own choice. */
final class TuningOptions {
    @Option(names = "--segment", paramLabel = "SIZE", converter = SegmentSize.class, defaultValue = "auto",
            description = "Pipelining unit of algorithms that cut data into segments; auto is their own choice."
                    + " Default: ${DEFAULT-VALUE}.")
    private OptionalLong segment = OptionalLong.empty();

    @Option(names = "--channels", paramLabel = "NUMBER", converter = ChannelCount.class, defaultValue = "auto",
            description = "Parts that travel independently, of algorithms that divide data over channels; auto is their own"
                    + " choice. Default: ${DEFAULT-VALUE}.")
    private OptionalInt channels = OptionalInt.empty();

    /** Whether anything is set. */
    boolean given() {
        return segment.isPresent() || channels.isPresent();
    }

    /** The options that are set, for messages. */
    String names() {
        return segment.isPresent() && channels.isPresent() ? "--segment and --channels"
                : segment.isPresent() ? "--segment" : "--channels";
    }

    OptionalInt channels() {
        return channels;
    }

    OptionalLong segmentBytes() {
        return segment;
    }

    /** An algorithm with what is set. */
    AlgorithmRequest of(String algorithm) {
        return new AlgorithmRequest(algorithm, segment, channels);
    }

    /**
     * Refuses an algorithm that was named and does not heed what is set.
     *
     * @throws Misuse with the reason
     */
    void requireHeededBy(Algorithm algorithm) {
        of(algorithm.name()).unheeded(algorithm).ifPresent(reason -> {
            throw new Misuse(names() + ": " + algorithm.collective().label() + " " + algorithm.name()
                    + " has no use for it: " + reason);
        });
    }
}
