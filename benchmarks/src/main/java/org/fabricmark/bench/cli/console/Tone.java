package org.fabricmark.bench.cli.console;

/** Whether a text is good or bad. Colour repeats what the text says and adds nothing, for those who do not see it. */
public enum Tone {
    /** Neither. */
    PLAIN(""),
    /** Faster. */
    GOOD("\u001b[32m"),
    /** Slower, or wrong. */
    BAD("\u001b[31m");

    private static final String END = "\u001b[0m";

    private final String begin;

    Tone(String begin) {
        this.begin = begin;
    }

    /** The text as it is written to a terminal. */
    public String paint(String text, boolean color) {
        return color && this != PLAIN ? begin + text + END : text;
    }
}
