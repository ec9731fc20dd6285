package org.fabricmark.transport.conformance;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Tuning;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Window;

/** One combination of the matrix, with its data. */
record CollectiveCase(
        Algorithm algorithm, DataType type, ReduceOp op, long count, int root, boolean inPlace, Tuning tuning,
        long seed) {
    /** Bytes kept free on both sides of a buffer, and checked to stay untouched. */
    private static final long MARGIN = 64;

    private static final byte UNTOUCHED = 0x5a;

    /** Bytes of a window that holds this case's buffers. */
    long windowBytes(int size) {
        return secondOffset(size) + algorithm.collective().outputElements(count, size) * type.bytes() + MARGIN;
    }

    /** Behind a buffer as long as the input. */
    private long secondOffset(int size) {
        return MARGIN + algorithm.collective().inputElements(count, size) * type.bytes() + MARGIN;
    }

    private long inputOffset(int rank, int size) {
        return inPlace && !algorithm.collective().outputInInput() ? secondOffset(size) + inPlaceBytes(rank) : MARGIN;
    }

    private long outputOffset(int rank, int size) {
        return inPlace && algorithm.collective().outputInInput() ? MARGIN + inPlaceBytes(rank) : secondOffset(size);
    }

    private long inPlaceBytes(int rank) {
        return algorithm.collective().inPlaceOffset(count, rank) * type.bytes();
    }

    Plan plan(Communicator comm, Window window) {
        if (!algorithm.collective().movesData()) {
            return comm.plan(PlanRequest.of(algorithm, type, null, 0, null, null));
        }
        long input = inputOffset(comm.rank(), comm.size());
        long output = outputOffset(comm.rank(), comm.size());
        return comm.plan(new PlanRequest(
                algorithm, type, op, count, root, window.at(input), window.at(output), tuning));
    }

    /** Fills the buffers, makes the call, and checks every byte. */
    void execute(Plan plan, Communicator comm, Window window, int call) {
        Collective collective = algorithm.collective();
        int rank = comm.rank();
        int size = comm.size();
        Pattern pattern = new Pattern(seed, op);
        MemorySegment memory = window.segment();
        memory.fill(UNTOUCHED);
        long input = inputOffset(rank, size);
        long output = outputOffset(rank, size);
        long inputs = collective.inputElements(count, size);
        long outputs = collective.outputElements(count, size);
        for (long i = 0; i < inputs; i++) {
            store(memory, input + i * type.bytes(), Pattern.bits(type, pattern.input(call, rank, i)));
        }
        byte[] before = memory.toArray(ValueLayout.JAVA_BYTE);
        plan.execute();
        if (collective == Collective.REDUCE && rank != root) {
            outputs = 0; // nobody writes there
        }
        for (long i = 0; i < outputs; i++) {
            long expected = expected(pattern, rank, size, call, i);
            long got = load(memory, output + i * type.bytes());
            if (got != expected) {
                throw new AssertionError("%s: rank %d call %d element %d is %x, expected %x"
                        .formatted(this, rank, call, i, got, expected));
            }
        }
        checkUnchanged(memory, before, 0, output);
        checkUnchanged(memory, before, output + outputs * type.bytes(), before.length);
    }

    private long expected(Pattern pattern, int rank, int size, int call, long index) {
        int block = (int) (index / count);
        long within = index % count;
        return switch (algorithm.collective()) {
            case ALL_REDUCE, REDUCE -> pattern.reduced(type, call, size, index);
            case REDUCE_SCATTER -> pattern.reduced(type, call, size, rank * count + index);
            case ALL_GATHER -> Pattern.bits(type, pattern.input(call, block, within));
            case ALL_TO_ALL -> Pattern.bits(type, pattern.input(call, block, rank * count + within));
            case BROADCAST -> Pattern.bits(type, pattern.input(call, root, index));
            case SEND_RECV -> Pattern.bits(type, pattern.input(call, rank == 0 ? size - 1 : rank - 1, index));
            case BARRIER -> throw new AssertionError("a barrier has no elements");
        };
    }

    /** The input, and everything around the buffers, is as before. */
    private void checkUnchanged(MemorySegment memory, byte[] before, long from, long to) {
        MemorySegment expected = MemorySegment.ofArray(before);
        long differs = MemorySegment.mismatch(memory, from, to, expected, from, to);
        if (differs >= 0) {
            throw new AssertionError(this + ": byte " + (from + differs) + " outside the output was written");
        }
    }

    private long load(MemorySegment memory, long offset) {
        return type.bytes() == Integer.BYTES
                ? memory.get(ValueLayout.JAVA_INT_UNALIGNED, offset) & 0xffffffffL
                : memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
    }

    private void store(MemorySegment memory, long offset, long bits) {
        if (type.bytes() == Integer.BYTES) {
            memory.set(ValueLayout.JAVA_INT_UNALIGNED, offset, (int) bits);
        } else {
            memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, bits);
        }
    }

    @Override
    public String toString() {
        return "%s %s %s %s count=%d root=%d%s channels=%d seed=%d"
                .formatted(
                        algorithm.collective().label(),
                        algorithm.name(),
                        type.label(),
                        op == null ? "-" : op.label(),
                        count,
                        root,
                        inPlace ? " in place" : "",
                        tuning.channels(),
                        seed);
    }
}
