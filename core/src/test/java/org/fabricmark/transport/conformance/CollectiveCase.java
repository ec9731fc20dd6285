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
        return outputOffset() + algorithm.collective().outputElements(count, size) * type.bytes() + MARGIN;
    }

    private long outputOffset() {
        return MARGIN + count * type.bytes() + MARGIN;
    }

    Plan plan(Communicator comm, Window window) {
        Collective collective = algorithm.collective();
        if (!collective.movesData()) {
            return comm.plan(PlanRequest.of(algorithm, type, null, 0, null, null));
        }
        long input = inPlace ? outputOffset() + collective.inPlaceOffset(count, comm.rank()) * type.bytes() : MARGIN;
        return comm.plan(new PlanRequest(
                algorithm, type, op, count, root, window.at(input), window.at(outputOffset()), tuning));
    }

    /** Fills the buffers, makes the call, and checks every byte. */
    void execute(Plan plan, Communicator comm, Window window, int call) {
        fill(comm, window, call);
        plan.execute();
        check(comm, window, call);
    }

    /** Fills the buffers for a call. */
    void fill(Communicator comm, Window window, int call) {
        Collective collective = algorithm.collective();
        Pattern pattern = new Pattern(seed, type, op);
        MemorySegment memory = window.segment();
        memory.fill(UNTOUCHED);
        long inputOffset =
                inPlace ? outputOffset() + collective.inPlaceOffset(count, comm.rank()) * type.bytes() : MARGIN;
        for (long i = 0; i < count; i++) {
            store(memory, inputOffset + i * type.bytes(), pattern.input(call, comm.rank(), i));
        }
    }

    /** Checks every byte after that call. */
    void check(Communicator comm, Window window, int call) {
        Collective collective = algorithm.collective();
        Pattern pattern = new Pattern(seed, type, op);
        MemorySegment memory = window.segment();
        long outputs = collective.outputElements(count, comm.size());
        for (long i = 0; i < outputs; i++) {
            long expected = expected(pattern, comm.size(), call, i);
            long got = load(memory, outputOffset() + i * type.bytes());
            if (got != expected) {
                throw new AssertionError("%s: rank %d call %d element %d is %x, expected %x"
                        .formatted(this, comm.rank(), call, i, got, expected));
            }
        }
        checkUntouched(memory, 0, MARGIN);
        checkUntouched(memory, outputOffset() - MARGIN, outputOffset());
        checkUntouched(memory, outputOffset() + outputs * type.bytes(), windowBytes(comm.size()));
        if (!inPlace) {
            for (long i = 0; i < count; i++) {
                if (load(memory, MARGIN + i * type.bytes()) != pattern.input(call, comm.rank(), i)) {
                    throw new AssertionError(this + ": the input of rank " + comm.rank() + " changed at " + i);
                }
            }
        }
    }

    private long expected(Pattern pattern, int size, int call, long index) {
        return switch (algorithm.collective()) {
            case ALL_REDUCE -> pattern.reduced(call, size, index);
            case ALL_GATHER -> pattern.input(call, (int) (index / count), index % count);
            case BROADCAST -> pattern.input(call, root, index);
            case BARRIER -> throw new AssertionError("a barrier has no elements");
        };
    }

    private void checkUntouched(MemorySegment memory, long from, long to) {
        for (long i = from; i < to; i++) {
            if (memory.get(ValueLayout.JAVA_BYTE, i) != UNTOUCHED) {
                throw new AssertionError(this + ": byte " + i + " outside the buffers was written");
            }
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
        return "%s %s %s %s count=%d root=%d%s seed=%d"
                .formatted(
                        algorithm.collective().label(),
                        algorithm.name(),
                        type.label(),
                        op == null ? "-" : op.label(),
                        count,
                        root,
                        inPlace ? " in place" : "",
                        seed);
    }
}
