package org.fabricmark.algorithm.pattern;

/**
 * Two binary trees over the same ranks, in which no rank has children in both, so that inner ranks of one tree use the idle
 * port of a leaf of the other (Sanders, Speck, Träff: Two-tree algorithms for full bandwidth broadcast, reduction and scan,
 * Parallel Computing 35 (2009)).
 *
 * <p>Tree 0 is the in-order tree on positions 0 … size-1: position 0 is the root; below it, position r hangs at the height of
 * its lowest set bit, so odd positions are leaves. Tree 1 is the same tree after renaming: mirrored for an even number of
 * ranks, shifted by one for an odd number; both turn odd ranks into inner ones.
 *
 * @param size ranks, at least 2
 * @param mirror whether the tree is renamed by mirroring
 * @param shift by how many places it is renamed
 */
public record BinaryTree(int size, boolean mirror, int shift) {
    /** No parent, or no such child. */
    public static final int NONE = -1;

    /** Tree 0 or tree 1 of {@code size} ranks. */
    public static BinaryTree of(int size, int tree) {
        return new BinaryTree(size, tree == 1 && size % 2 == 0, tree == 1 && size % 2 == 1 ? 1 : 0);
    }

    private int position(int rank) {
        return mirror ? size - 1 - rank : Rings.shift(rank, -shift, size);
    }

    private int rankAt(int position) {
        if (position == NONE) {
            return NONE;
        }
        return mirror ? size - 1 - position : Rings.shift(position, shift, size);
    }

    /** The root of the tree. */
    public int root() {
        return rankAt(0);
    }

    /** The parent of {@code rank}, or {@link #NONE} for the root. */
    public int parent(int rank) {
        int position = position(rank);
        if (position == 0) {
            return NONE;
        }
        int height = Integer.lowestOneBit(position);
        int upper = (position & ~height) | height << 1;
        return rankAt(upper < size ? upper : position & ~height);
    }

    /** Child {@code index} (0 or 1) of {@code rank}, or {@link #NONE}; a rank with one child has it at index 0 or 1. */
    public int child(int rank, int index) {
        int position = position(rank);
        if (position == 0) {
            return index == 0 ? rankAt(Integer.highestOneBit(size - 1)) : NONE;
        }
        int step = Integer.lowestOneBit(position) >> 1;
        if (step == 0) {
            return NONE;
        }
        if (index == 0) {
            return rankAt(position - step);
        }
        while (step > 0 && position + step >= size) {
            step >>= 1;
        }
        return step == 0 ? NONE : rankAt(position + step);
    }

    /** Which child of its parent {@code rank} is: 0 or 1. */
    public int childIndex(int rank) {
        return child(parent(rank), 0) == rank ? 0 : 1;
    }

    /** Edges from the root to the deepest rank. */
    public int height() {
        int deepest = 0;
        for (int rank = 0; rank < size; rank++) {
            int depth = 0;
            for (int at = rank; parent(at) != NONE; at = parent(at)) {
                depth++;
            }
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
