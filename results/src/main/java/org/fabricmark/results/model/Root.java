package org.fabricmark.results.model;

/**
 * The root of a case: a rank, {@link #ROTATING} through all ranks from call to call, or {@link #NONE}.
 *
 * @param rank the root, or a negative code of one of the two constants
 */
public record Root(int rank) {
    /** The collective has no root; its text is {@code -1}. */
    public static final Root NONE = new Root(-1);
    /** Call k has root k mod ranks; its text is {@code rotate}. */
    public static final Root ROTATING = new Root(-2);

    private static final String ROTATE = "rotate";

    /** Refuses a rank that is neither a rank nor one of the constants. */
    public Root {
        if (rank < -2) {
            throw new IllegalArgumentException("root '" + rank + "' is not a rank");
        }
    }

    /** A fixed root. */
    public static Root of(int rank) {
        if (rank < 0) {
            throw new IllegalArgumentException("root '" + rank + "' is not a rank");
        }
        return new Root(rank);
    }

    /** The root that {@link #text()} wrote. */
    public static Root parse(String text) {
        if (text.equals(ROTATE)) {
            return ROTATING;
        }
        int rank = Numbers.parseInt("root", text);
        return rank == NONE.rank ? NONE : of(rank);
    }

    /** A decimal number, {@code -1} for none, or {@code rotate}. */
    public String text() {
        return equals(ROTATING) ? ROTATE : Integer.toString(rank);
    }
}
