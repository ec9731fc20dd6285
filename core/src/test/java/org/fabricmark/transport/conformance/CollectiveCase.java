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
import org.fabricmark.communicator.Staged;
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
        return algorithm.collective().movesData()
                ? comm.plan(request(comm, window))
                : comm.plan(PlanRequest.of(algorithm, type, null, 0, null, null));
    }

    /** Of a collective that moves data. */
    PlanRequest request(Communicator comm, Window window) {
        long input = inputOffset(comm.rank(), comm.size());
        long output = outputOffset(comm.rank(), comm.size());
        return new PlanRequest(algorithm, type, op, count, root, window.at(input), window.at(output), tuning);
    }

    /** Fills the buffers, makes the call, and checks every byte. */
    void execute(Plan plan, Communicator comm, Window window, int call) {
        fill(comm, window, call);
        plan.execute();
        check(comm, window, call);
    }

    /** Makes the call on private memory as long as the window, with buffers at the same places in it. */
    void execute(Staged call, Communicator comm, MemorySegment memory, int number) {
        int rank = comm.rank();
        int size = comm.size();
        fill(memory, rank, size, number);
        long inputs = algorithm.collective().inputElements(count, size) * type.bytes();
        long outputs = algorithm.collective().outputElements(count, size) * type.bytes();
        call.execute(
                memory.asSlice(inputOffset(rank, size), inputs), memory.asSlice(outputOffset(rank, size), outputs));
        check(memory, rank, size, number);
    }

    /** Fills the buffers for a call. */
    void fill(Communicator comm, Window window, int call) {
        fill(window.segment(), comm.rank(), comm.size(), call);
    }

    private void fill(MemorySegment memory, int rank, int size, int call) {
        Pattern pattern = new Pattern(seed, type, op);
        memory.fill(UNTOUCHED);
        long inputs = algorithm.collective().inputElements(count, size);
        for (long i = 0; i < inputs; i++) {
            store(memory, inputOffset(rank, size) + i * type.bytes(), pattern.input(call, rank, i));
        }
    }

    /** Checks every byte after that call. */
    void check(Communicator comm, Window window, int call) {
        check(window.segment(), comm.rank(), comm.size(), call);
    }

    private void check(MemorySegment memory, int rank, int size, int call) {
        Pattern pattern = new Pattern(seed, type, op);
        long output = outputOffset(rank, size);
        boolean writes = algorithm.collective() != Collective.REDUCE || rank == root;
        long outputs = writes ? algorithm.collective().outputElements(count, size) : 0;
        for (long i = 0; i < outputs; i++) {
            long expected = expected(pattern, rank, size, call, i);
            long got = load(memory, output + i * type.bytes());
            if (got != expected) {
                throw new AssertionError("%s: rank %d call %d element %d is %x, expected %x"
                        .formatted(this, rank, call, i, got, expected));
            }
        }
        byte[] before = new byte[Math.toIntExact(memory.byteSize())];
        fill(MemorySegment.ofArray(before), rank, size, call);
        checkUnchanged(memory, before, 0, output);
        checkUnchanged(memory, before, output + outputs * type.bytes(), before.length);
    }

    private long expected(Pattern pattern, int rank, int size, int call, long index) {
        int block = (int) (index / count);
        long within = index % count;
        return switch (algorithm.collective()) {
            case ALL_REDUCE, REDUCE -> pattern.reduced(call, size, index);
            case REDUCE_SCATTER -> pattern.reduced(call, size, rank * count + index);
            case ALL_GATHER -> pattern.input(call, block, within);
            case ALL_TO_ALL -> pattern.input(call, block, rank * count + within);
            case BROADCAST -> pattern.input(call, root, index);
            case SEND_RECV -> pattern.input(call, rank == 0 ? size - 1 : rank - 1, index);
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
        return switch (type.bytes()) {
            case Byte.BYTES -> memory.get(ValueLayout.JAVA_BYTE, offset) & 0xffL;
            case Short.BYTES -> memory.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset) & 0xffffL;
            case Integer.BYTES -> memory.get(ValueLayout.JAVA_INT_UNALIGNED, offset) & 0xffffffffL;
            default -> memory.get(ValueLayout.JAVA_LONG_UNALIGNED, offset);
        };
    }

    private void store(MemorySegment memory, long offset, long bits) {
        switch (type.bytes()) {
            case Byte.BYTES -> memory.set(ValueLayout.JAVA_BYTE, offset, (byte) bits);
            case Short.BYTES -> memory.set(ValueLayout.JAVA_SHORT_UNALIGNED, offset, (short) bits);
            case Integer.BYTES -> memory.set(ValueLayout.JAVA_INT_UNALIGNED, offset, (int) bits);
            default -> memory.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, bits);
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
