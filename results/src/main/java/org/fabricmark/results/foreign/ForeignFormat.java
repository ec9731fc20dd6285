package org.fabricmark.results.foreign;

/** Reads what one program writes. */
interface ForeignFormat {
    /** The program, as {@link org.fabricmark.results.model.Origin} calls it. */
    String tool();

    /** Whether {@code text} looks like it. */
    boolean recognises(ForeignText text);

    /**
     * Reads it.
     *
     * @throws org.fabricmark.results.format.RunFormatException if it cannot be read, or lacks what only the user can say
     */
    ForeignResults read(ForeignText text, Given given);
}
