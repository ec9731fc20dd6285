package org.fabricmark.communicator;

import java.lang.foreign.MemorySegment;
import java.util.Optional;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.transport.Registrar;

/**
 * A call on ordinary memory, which peers cannot reach: the input is copied into a window, the call runs there, and its output
 * is copied out. Made by {@link #plan}; the window of the request is only a stage, and may serve many such calls, one after
 * the other.
 *
 * <p>Where the transport has a {@link Registrar}, a buffer that no peer touches ({@code PrivatePlacement}) is not copied but registered and
 * used where it is, if it can be: the call then reads the caller's input, and writes the caller's output, all the time that it lasts.
 * What can be registered is up to the transport; the rest is copied as ever, and no rank knows what another one does.
 *
 * <p>Memory may be anything that a {@link MemorySegment} stands for: segments, direct buffers
 * ({@link MemorySegment#ofBuffer}) and arrays ({@link MemorySegment#ofArray}). Arrays never reach the loops over elements, which
 * so see absolute addresses only; they are copied. Input and output may be different memory in each call, and may overlap in
 * any way, whether the request is in place or not: the input has been copied, or read to the end, before an output is written that
 * overlaps it.
 *
 * <p>Thread rule: the rank's thread.
 */
public final class Staged implements AutoCloseable {
    private final Plan plan;
    private final PrivateBuffers buffers;
    private final long inputBytes;
    private final long outputBytes;

    private Staged(Plan plan, PrivateBuffers buffers) {
        this.plan = plan;
        this.buffers = buffers;
        Shape shape = plan.shape();
        this.inputBytes = shape.inputElements() * shape.elementBytes();
        this.outputBytes = shape.outputElements() * shape.elementBytes();
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
        PrivateBuffers buffers = buffers(communicator, request);
        try {
            return new Staged(communicator.plan(request, buffers.spaces()), buffers);
        } catch (RuntimeException e) {
            buffers.close();
            throw e;
        }
    }

    private static PrivateBuffers buffers(Communicator communicator, PlanRequest request) {
        CallSpaces windows = CallSpaces.inWindows(communicator, request);
        boolean inPlace = windows.shape().inPlace();
        boolean root = communicator.rank() == request.root();
        Collective collective = request.algorithm().collective();
        boolean reads = collective != Collective.BROADCAST || root;
        boolean writes = writes(collective, root, inPlace);
        Optional<Registrar> registrar = communicator.registrar();
        PrivatePlacement placement = registrar.isPresent()
                ? PrivatePlacement.of(request.algorithm(), windows.shape())
                : PrivatePlacement.staged(windows.shape());
        if (placement.joint()) {
            return JointBuffers.of(request, placement.shape(), registrar.orElseThrow(), communicator.rank(), writes);
        }
        return placement.input() || placement.output()
                ? ApartBuffers.of(request, placement, inPlace, registrar.orElseThrow(), reads, writes)
                : ApartBuffers.staged(request, windows, reads, writes);
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

    /**
     * Makes the call. A rank whose input does not count (of a broadcast, all but the root) reads none, one that gets
     * nothing (of a reduce, all but the root) writes none.
     *
     * @param input at least as long as the call's input; longer is not read
     * @param output at least as long as the call's output; what is longer stays as it is
     * @throws IllegalArgumentException when one of them is too short, or the output cannot be written
     * @throws org.fabricmark.transport.FabricException when a rank failed; the output is then undefined
     */
    public void execute(MemorySegment input, MemorySegment output) {
        check("input", input, inputBytes);
        check("output", output, outputBytes);
        if (output.isReadOnly()) {
            throw new IllegalArgumentException("the output is read-only");
        }
        boolean over = false;
        try {
            buffers.enter(input, output);
            plan.relocate();
            plan.execute();
            over = true;
        } finally {
            buffers.leave(over);
        }
        buffers.copyOut(output);
    }

    private static void check(String name, MemorySegment memory, long bytes) {
        if (memory.byteSize() < bytes) {
            throw new IllegalArgumentException(
                    "the " + name + " of " + memory.byteSize() + " bytes is shorter than the call's, " + bytes);
        }
    }

    /** The call on the stage, or on what is registered. */
    public Plan plan() {
        return plan;
    }

    /** Closes the plan, as {@link Plan#close}; the window stays. */
    @Override
    public void close() {
        plan.close();
        buffers.close();
    }
}
