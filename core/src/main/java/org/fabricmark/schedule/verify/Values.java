package org.fabricmark.schedule.verify;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Symbolic values, hash-consed: equal expressions have equal numbers, so that "the same bits on every rank" is one
 * comparison. A value says which ranks' inputs were combined, and in which order; which <em>element</em> it is stands beside
 * it in memory ({@link Strip}), because it shifts when an interval splits.
 */
final class Values {
    /** Memory whose content is undefined. */
    static final int UNDEFINED = 0;

    private record Key(int left, int right, int kind) {}

    /** An expression. {@code call} and {@code ranks}: of the inputs in it; {@code ordered}: in the order of ranks. */
    private record Node(int call, BitSet ranks, boolean ordered, boolean finished) {}

    private static final int INPUT = 0;
    private static final int COMBINED = 1;
    private static final int FINISHED = 2;

    private final Map<Key, Integer> numbers = new HashMap<>();
    private Node[] nodes = new Node[64];
    private int size = 1;

    /** The input of {@code rank} in {@code call}. */
    int input(int call, int rank) {
        return intern(new Key(call, rank, INPUT), () -> {
            BitSet ranks = new BitSet();
            ranks.set(rank);
            return new Node(call, ranks, true, false);
        });
    }

    /**
     * {@code left op right}.
     *
     * @throws IllegalArgumentException saying why the two cannot be combined
     */
    int combine(int left, int right) {
        if (left == UNDEFINED || right == UNDEFINED) {
            throw new IllegalArgumentException("combines undefined memory");
        }
        return intern(new Key(left, right, COMBINED), () -> {
            Node a = nodes[left];
            Node b = nodes[right];
            if (a.finished || b.finished) {
                throw new IllegalArgumentException("combines a value that is already finished");
            }
            if (a.call != b.call) {
                throw new IllegalArgumentException("combines inputs of calls " + a.call + " and " + b.call);
            }
            if (a.ranks.intersects(b.ranks)) {
                BitSet both = (BitSet) a.ranks.clone();
                both.and(b.ranks);
                throw new IllegalArgumentException("combines the input of rank " + both.nextSetBit(0) + " twice");
            }
            BitSet ranks = (BitSet) a.ranks.clone();
            ranks.or(b.ranks);
            boolean ordered = a.ordered && b.ordered && a.ranks.length() <= b.ranks.nextSetBit(0);
            return new Node(a.call, ranks, ordered, false);
        });
    }

    /** {@code value} divided by the number of ranks. */
    int finish(int value) {
        if (value == UNDEFINED) {
            throw new IllegalArgumentException("finishes undefined memory");
        }
        return intern(new Key(value, 0, FINISHED), () -> {
            Node node = nodes[value];
            if (node.finished) {
                throw new IllegalArgumentException("finishes a value twice");
            }
            return new Node(node.call, node.ranks, node.ordered, true);
        });
    }

    private int intern(Key key, java.util.function.Supplier<Node> make) {
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        Node node = make.get();
        if (size == nodes.length) {
            nodes = Arrays.copyOf(nodes, 2 * size);
        }
        nodes[size] = node;
        numbers.put(key, size);
        return size++;
    }

    /** Whether the value combines the inputs of all of {@code ranks} ranks in {@code call}. */
    boolean isComplete(int value, int call, int ranks) {
        return value != UNDEFINED && nodes[value].call == call && nodes[value].ranks.cardinality() == ranks;
    }

    /** Whether the value was finished. */
    boolean isFinished(int value) {
        return nodes[value].finished;
    }

    /** Whether contributions keep the order of ranks. */
    boolean isOrdered(int value) {
        return nodes[value].ordered;
    }

    /** The value in words. */
    String describe(int value) {
        if (value == UNDEFINED) {
            return "undefined memory";
        }
        Node node = nodes[value];
        return "inputs of ranks " + node.ranks + " of call " + node.call + (node.finished ? ", finished" : "");
    }
}
