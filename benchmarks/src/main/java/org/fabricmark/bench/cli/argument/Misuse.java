package org.fabricmark.bench.cli.argument;

import picocli.CommandLine.TypeConversionException;

/**
 * The command was used wrongly. Ends as one line on stderr and exit code 2, before anything is started.
 *
 * <p>The message is one line without a full stop: what is wrong, which value, what would be right.
 */
public final class Misuse extends TypeConversionException {
    private static final long serialVersionUID = 1L;

    private final boolean aboutValue;

    private Misuse(String message, boolean aboutValue) {
        super(message);
        this.aboutValue = aboutValue;
    }

    /** A message that stands by itself. */
    public Misuse(String message) {
        this(message, false);
    }

    /** What would be right instead of the value at hand; a converter says this, and the option and value are put before it. */
    public static Misuse ofValue(String whatWouldBeRight) {
        return new Misuse(whatWouldBeRight, true);
    }

    /** Whether the message still needs the option and the value before it. */
    public boolean isAboutValue() {
        return aboutValue;
    }
}
