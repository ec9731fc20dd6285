package org.fabricmark.communicator;

import java.lang.foreign.MemorySegment;
import org.fabricmark.collective.Shape;
import org.fabricmark.engine.BoundSpace;
import org.fabricmark.transport.Registrar;

/** An input and an output that lie one in the other and stay there: the caller's too, as long as it lies so. */
final class JointBuffers implements PrivateBuffers {
    private final CallSpaces spaces;
    private final CallBuffer outer;
    private final boolean outputInInput;
    private final long inside;
    private final long innerBytes;
    private final boolean writes;
    private boolean placed;

    private JointBuffers(CallSpaces spaces, CallBuffer outer, long inside, long innerBytes, boolean writes) {
        this.spaces = spaces;
        this.outer = outer;
        this.outputInInput = spaces.shape().collective().outputInInput();
        this.inside = inside;
        this.innerBytes = innerBytes;
        this.writes = writes;
    }

    /** For calls of rank {@code rank}. */
    static JointBuffers of(PlanRequest request, Shape shape, Registrar registrar, int rank, boolean writes) {
        boolean outputInInput = shape.collective().outputInInput();
        int width = shape.elementBytes();
        long outerElements = outputInInput ? shape.inputElements() : shape.outputElements();
        long innerElements = outputInInput ? shape.outputElements() : shape.inputElements();
        long perRank = shape.collective().inPlaceOffset(shape.count(), 1) * width;
        CallBuffer outer = CallBuffer.registered(registrar, outerElements, width);
        BoundSpace inner = new BoundSpace(outer.region(), 0, perRank, innerElements);
        CallSpaces spaces = new CallSpaces(
                shape, outputInInput ? outer.space() : inner, outputInInput ? inner : outer.space(),
                request.fingerprint(shape, " buffer=private"));
        return new JointBuffers(spaces, outer, rank * perRank, innerElements * width, writes);
    }

    @Override
    public CallSpaces spaces() {
        return spaces;
    }

    @Override
    public void enter(MemorySegment input, MemorySegment output) {
        MemorySegment longer = outputInInput ? input : output;
        MemorySegment shorter = outputInInput ? output : input;
        placed = longer.isNative() && shorter.isNative() && shorter.address() == longer.address() + inside
                && outer.place(longer);
        if (!placed) {
            MemorySegment stage = outer.stage();
            PrivateBuffers.copy(input, outputInInput ? stage : inner(stage));
        }
    }

    private MemorySegment inner(MemorySegment stage) {
        return stage.asSlice(inside, innerBytes);
    }

    @Override
    public void leave(boolean over) {
        outer.leave(over);
    }

    @Override
    public void copyOut(MemorySegment output) {
        if (writes && !placed) {
            MemorySegment stage = outer.stage();
            PrivateBuffers.copy(outputInInput ? inner(stage) : stage, output);
        }
    }

    @Override
    public void close() {
        outer.close();
    }
}
