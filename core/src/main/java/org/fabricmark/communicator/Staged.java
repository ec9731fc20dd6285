package org.fabricmark.communicator;

import java.lang.foreign.MemorySegment;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;

/**
 * A call on ordinary memory, which peers cannot reach: the input is copied into a window, the call runs there, and its output
 * is copied out. Made by {@link #plan}; the window of the request is only a stage, and may serve many such calls, one after
 * the other.
 *
 * <p>Memory may be anything that a {@link MemorySegment} stands for: segments, direct buffers
 * ({@link MemorySegment#ofBuffer}) and arrays ({@link MemorySegment#ofArray}). Arrays never reach the loops over elements, which
 * so see absolute addresses only; they are copied. Input and output may be different memory in each call, and may overlap in
 * any way, whether the request is in place or not: the input has been copied before the output is written.
 *
 * <p>Thread rule: the rank's thread.
 */
public final class Staged implements AutoCloseable {
    /** A longer copy would hold up safepoints, so it is made in pieces. */
    static final long PIECE_BYTES = 1 << 20;

    private final Plan plan;
    private final MemorySegment inputStage;
    private final MemorySegment outputStage;
    private final boolean reads;
    private final boolean writes;

    private Staged(Plan plan, MemorySegment inputStage, MemorySegment outputStage, boolean reads, boolean writes) {
        this.plan = plan;
        this.inputStage = inputStage;
        this.outputStage = outputStage;
        this.reads = reads;
        this.writes = writes;
    }

    /**
     * Plans a call whose data are staged in the buffers of {@code request}. Collective, as {@link Communicator#plan}, and throws
     * what that throws.
     *
     * @throws IllegalArgumentException also when the collective moves no data
     */
    public static Staged plan(Communicator communicator, PlanRequest request) {
        Collective collective = request.algorithm().collective();
        if (!collective.movesData()) {
            throw new IllegalArgumentException(collective.label() + " moves no data that could be staged");
        }
        Plan plan = communicator.plan(request);
        Shape shape = plan.shape();
        boolean root = communicator.rank() == request.root();
        return new Staged(
                plan,
                stage(request.input(), shape.inputElements() * shape.elementBytes()),
                stage(request.output(), shape.outputElements() * shape.elementBytes()),
                collective != Collective.BROADCAST || root,
                writes(collective, root, shape.inPlace()));
    }

    /** Whether a call leaves something in the output that was not there. */
    private static boolean writes(Collective collective, boolean root, boolean inPlace) {
        return switch (collective) {
            case BROADCAST -> !root || !inPlace;
            case REDUCE -> root;
            case ALL_REDUCE, ALL_GATHER, REDUCE_SCATTER, ALL_TO_ALL, SEND_RECV -> true;
            case BARRIER -> false;
        };
    }

    private static MemorySegment stage(BufferSlice buffer, long bytes) {
        return buffer.window().segment().asSlice(buffer.offset(), bytes);
    }

    /**
     * Makes the call. A rank whose input does not count (of a broadcast, all but the root) copies nothing in, one that gets
     * nothing (of a reduce, all but the root) copies nothing out.
     *
     * @param input at least as long as the call's input; longer is not read
     * @param output at least as long as the call's output; what is longer stays as it is
     * @throws IllegalArgumentException when one of them is too short, or the output cannot be written
     * @throws org.fabricmark.transport.FabricException when a rank failed; the output is then undefined
     */
    public void execute(MemorySegment input, MemorySegment output) {
        check("input", input, inputStage.byteSize());
        check("output", output, outputStage.byteSize());
        if (output.isReadOnly()) {
            throw new IllegalArgumentException("the output is read-only");
        }
        if (reads) {
            copy(input, inputStage);
        }
        plan.execute();
        if (writes) {
            copy(outputStage, output);
        }
    }

    private static void check(String name, MemorySegment memory, long bytes) {
        if (memory.byteSize() < bytes) {
            throw new IllegalArgumentException(
                    "the " + name + " of " + memory.byteSize() + " bytes is shorter than the call's, " + bytes);
        }
    }

    /** Copies as much as the stage, which is one of the two, holds. */
    private static void copy(MemorySegment source, MemorySegment target) {
        long bytes = Math.min(source.byteSize(), target.byteSize());
        for (long from = 0; from < bytes; from += PIECE_BYTES) {
            MemorySegment.copy(source, from, target, from, Math.min(PIECE_BYTES, bytes - from));
        }
    }

    /** The call on the stage. */
    public Plan plan() {
        return plan;
    }

    /** Closes the plan, as {@link Plan#close}; the window stays. */
    @Override
    public void close() {
        plan.close();
    }
}
