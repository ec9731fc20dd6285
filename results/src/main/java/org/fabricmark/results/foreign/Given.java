package org.fabricmark.results.foreign;

import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

import org.fabricmark.results.model.CasePart;

/**
 * What the user says of imported cases because the files do not. It overrides what they say, but for the number of ranks,
 * which several tables of one file may have each their own of.
 *
 * @param labels parts of every case
 */
public record Given(Map<CasePart, String> labels) {
    /** Nothing. */
    public static final Given NOTHING = new Given(Map.of());

    /** Copies the map. */
    public Given {
        Map<CasePart, String> copy = new EnumMap<>(CasePart.class);
        copy.putAll(labels);
        labels = copy;
    }

    @Override
    public Map<CasePart, String> labels() {
        return Map.copyOf(labels);
    }

    /** What is said of one part. */
    Optional<String> text(CasePart part) {
        return Optional.ofNullable(labels.get(part));
    }
}
