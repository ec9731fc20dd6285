package org.fabricmark.results.model;

/** A warning that belongs to a number and travels with it. */
public enum Flag {
    /** More ranks than cores: the case measures the scheduler too. */
    OVERSUBSCRIBED('o', '*'),
    /** The machine changed while the case ran: its exchange probes before and after differ too much. */
    MACHINE_CHANGED('m', '~'),
    /** Buffers begin one element behind an aligned address. */
    UNALIGNED('u', '^');

    private final char letter;
    private final char mark;

    Flag(char letter, char mark) {
        this.letter = letter;
        this.mark = mark;
    }

    /** The letter in files. */
    public char letter() {
        return letter;
    }

    /** The mark beside a row of a printed table. */
    public char mark() {
        return mark;
    }
}
