package org.fabricmark.bench.cli.argument;

import java.util.List;
import picocli.CommandLine.ITypeConverter;

/**
 * Options whose values are words of which only some are there yet; the others are refused by name. One nested converter for
 * each option.
 */
public abstract sealed class ConditionWord implements ITypeConverter<String> {
    private final String option;
    private final String available;
    private final List<String> later;

    private ConditionWord(String option, String available, String... later) {
        this.option = option;
        this.available = available;
        this.later = List.of(later);
    }

    @Override
    public final String convert(String text) {
        for (String word : Names.split(text)) {
            if (later.contains(word)) {
                throw new Misuse(option + " " + word + " is not available yet; available: " + available);
            }
            if (!word.equals(available)) {
                throw Misuse.ofValue("known: " + available);
            }
        }
        return available;
    }

    /** Kind of buffers. */
    public static final class Memory extends ConditionWord {
        /** Used by the parser. */
        public Memory() {
            super("--memory", "window", "private");
        }
    }

    /** Reuse of buffers. */
    public static final class Buffers extends ConditionWord {
        /** Used by the parser. */
        public Buffers() {
            super("--buffers", "same", "rotate", "cold");
        }
    }

    /** What lies between calls. */
    public static final class Cadence extends ConditionWord {
        /** Used by the parser. */
        public Cadence() {
            super("--cadence", "streaming", "isolated");
        }
    }
}
