package org.fabricmark.schedule;

import java.util.Arrays;

/**
 * The front half of every sink: collects operands into primitive arrays and drops those of zero elements, so that this rule
 * stands in one place. Subclasses see only operations that move something.
 *
 * <p>Thread rule: one thread.
 */
public abstract class OperandSink implements StepSink {
    /** Operands of the operation in hand, by kind, in the order in which they were given. */
    protected final Operands sources = new Operands();

    /** As {@link #sources}. */
    protected final Operands targets = new Operands();

    /** Channel of the operation in hand. */
    protected int channel;

    /** Where a put of nothing still has to bump. */
    private int lastTargetRank;

    /** Parallel arrays of operands; grows, and never shrinks. */
    protected static final class Operands {
        private int[] ranks = new int[4];
        private Space[] spaces = new Space[4];
        private long[] offsets = new long[4];
        private long[] counts = new long[4];
        private int size;

        void add(int rank, Space space, long offset, long count) {
            if (size == ranks.length) {
                ranks = Arrays.copyOf(ranks, 2 * size);
                spaces = Arrays.copyOf(spaces, 2 * size);
                offsets = Arrays.copyOf(offsets, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            ranks[size] = rank;
            spaces[size] = space;
            offsets[size] = offset;
            counts[size++] = count;
        }

        /** How many operands. */
        public int size() {
            return size;
        }

        /** Rank of operand {@code index}. */
        public int rank(int index) {
            return ranks[index];
        }

        /** Elements of operand {@code index}, at least 1. */
        public long count(int index) {
            return counts[index];
        }

        /** Elements of all operands. */
        public long elements() {
            long sum = 0;
            for (int i = 0; i < size; i++) {
                sum += counts[i];
            }
            return sum;
        }

        /** Operand {@code index} as a record. */
        public Slice slice(int index) {
            return new Slice(ranks[index], spaces[index], offsets[index], counts[index]);
        }
    }

    @Override
    public final void channel(int number) {
        channel = number;
    }

    @Override
    public final void source(int rank, Space space, long offset, long count) {
        if (count > 0) {
            sources.add(rank, space, offset, count);
        }
    }

    @Override
    public final void target(int rank, Space space, long offset, long count) {
        if (count > 0) {
            targets.add(rank, space, offset, count);
        }
        lastTargetRank = rank;
    }

    @Override
    public final void put(int signal) {
        if (targets.size() > 0) {
            onPut(signal);
        } else if (signal != Step.NO_SIGNAL) {
            notifyPeer(lastTargetRank, signal);
        }
        clear();
    }

    @Override
    public final void get() {
        if (sources.size() > 0) {
            onGet();
        }
        clear();
    }

    @Override
    public final void reduce(boolean finish) {
        if (targets.size() > 0) {
            if (sources.size() == 1 && !finish) {
                onMulticast();
            } else {
                onReduce(finish);
            }
        }
        clear();
    }

    @Override
    public final void copy() {
        if (targets.size() > 0) {
            onCopy();
        }
        clear();
    }

    @Override
    public final void multicast() {
        if (targets.size() > 0) {
            onMulticast();
        }
        clear();
    }

    private void clear() {
        sources.size = 0;
        targets.size = 0;
    }

    /** A put of {@link #sources} to the one target. */
    protected abstract void onPut(int signal);

    /** A get of the one source into {@link #targets}. */
    protected abstract void onGet();

    /** A reduction of {@link #sources} into {@link #targets}. */
    protected abstract void onReduce(boolean finish);

    /** A copy of pairs. */
    protected abstract void onCopy();

    /** A multicast of the one source. */
    protected abstract void onMulticast();
}
