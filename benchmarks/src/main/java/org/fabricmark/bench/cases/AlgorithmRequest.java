package org.fabricmark.bench.cases;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.algorithm.Tunable;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;

/**
 * An algorithm as it was asked for: its name and, like the options of a transport, what is not left to its own choice, as in
 * {@code segmented-ring?segment=65536&channels=2}. The text is a part of a case's name, so that calls which run different steps
 * never share one.
 *
 * @param name the name, or {@code auto}
 * @param segmentBytes the pipelining unit; empty for the algorithm's own choice
 * @param channels how many; empty for the algorithm's own choice
 */
public record AlgorithmRequest(String name, OptionalLong segmentBytes, OptionalInt channels) {
    private static final String SEGMENT = "segment";
    private static final String CHANNELS = "channels";

    /** Who names a segment wants it so; beyond so many to a piece of data a schedule is longer than it is useful. */
    private static final int MOST_SEGMENTS = 4096;

    public AlgorithmRequest {
        if (segmentBytes.isPresent() && segmentBytes.getAsLong() < 1) {
            throw new IllegalArgumentException("segment '" + segmentBytes.getAsLong() + "': at least 1 byte");
        }
        if (channels.isPresent() && (channels.getAsInt() < 1 || channels.getAsInt() > Tuning.MOST_CHANNELS)) {
            throw new IllegalArgumentException(
                    "channels '" + channels.getAsInt() + "': 1 to " + Tuning.MOST_CHANNELS);
        }
    }

    /** Everything but the name is the algorithm's own choice. */
    public static AlgorithmRequest of(String name) {
        return new AlgorithmRequest(name, OptionalLong.empty(), OptionalInt.empty());
    }

    /**
     * Reads what {@link #text} writes.
     *
     * @throws IllegalArgumentException with one line for the user
     */
    public static AlgorithmRequest parse(String text) {
        int question = text.indexOf('?');
        if (question < 0) {
            return of(text);
        }
        AlgorithmRequest request = of(text.substring(0, question));
        for (String assignment : text.substring(question + 1).split("&", -1)) {
            String[] parts = assignment.split("=", 2);
            try {
                request = switch (parts[0]) {
                    case SEGMENT -> new AlgorithmRequest(
                            request.name, OptionalLong.of(Long.parseLong(parts[parts.length - 1])), request.channels);
                    case CHANNELS -> new AlgorithmRequest(
                            request.name, request.segmentBytes,
                            OptionalInt.of(Integer.parseInt(parts[parts.length - 1])));
                    default -> throw malformed(text);
                };
            } catch (NumberFormatException notANumber) {
                throw malformed(text);
            }
        }
        return request;
    }

    private static IllegalArgumentException malformed(String text) {
        return new IllegalArgumentException(
                "malformed algorithm '" + text
                        + "': a name, then options as in 'double-tree?segment=65536&channels=2'");
    }

    /** The canonical text: just the name when nothing else was asked for. */
    public String text() {
        StringBuilder text = new StringBuilder(name);
        segmentBytes.ifPresent(bytes -> text.append('?').append(SEGMENT).append('=').append(bytes));
        channels.ifPresent(number -> text.append(segmentBytes.isPresent() ? '&' : '?')
                .append(CHANNELS)
                .append('=')
                .append(number));
        return text.toString();
    }

    /** The thresholds of a call where nothing depends on how ranks reach each other. */
    public Tuning tuning() {
        return tuning(Tuning.DEFAULT);
    }

    /** The thresholds of a call: {@code otherwise}, but for what was asked for. */
    Tuning tuning(Tuning otherwise) {
        Tuning tuning = otherwise;
        if (segmentBytes.isPresent()) {
            tuning = tuning.withSegmentBytes(segmentBytes.getAsLong()).withMaxSegments(MOST_SEGMENTS);
        }
        return channels.isPresent() ? tuning.withChannels(channels.getAsInt()) : tuning;
    }

    /** Why {@code algorithm} does not heed what was asked for, whatever the shape. */
    public Optional<String> unheeded(Algorithm algorithm) {
        if (segmentBytes.isPresent() && !algorithm.tunables().contains(Tunable.SEGMENT)) {
            return Optional.of("it cuts nothing into segments");
        }
        if (channels.isPresent() && !algorithm.tunables().contains(Tunable.CHANNELS)) {
            return Optional.of("it does not divide its data over channels");
        }
        return Optional.empty();
    }

    /**
     * Why {@code algorithm} cannot do {@code shape} as asked.
     *
     * @param shape with this request's {@link #tuning}
     */
    public Optional<String> refusal(Algorithm algorithm, Shape shape) {
        return unheeded(algorithm).or(() -> algorithm.refusal(shape)).or(() -> tooManySegments(algorithm, shape));
    }

    private Optional<String> tooManySegments(Algorithm algorithm, Shape shape) {
        if (segmentBytes.isEmpty()) {
            return Optional.empty();
        }
        Optional<Chunks> segments = new Emission(algorithm, shape).segmented();
        long bytes = segments.map(chunks -> chunks.count() * shape.elementBytes()).orElse(0L);
        long wanted = (bytes + segmentBytes.getAsLong() - 1) / segmentBytes.getAsLong();
        return segments.filter(chunks -> chunks.parts() < wanted)
                .map(chunks -> "segments of " + segmentBytes.getAsLong() + " bytes would be " + wanted
                        + " to a piece of "
                        + bytes + " bytes; at most " + chunks.parts());
    }
}
