package org.fabricmark.communicator;

import java.lang.foreign.MemorySegment;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.engine.BoundSpace;
import org.fabricmark.transport.Registrar;

/** An input and an output that are taken care of one by one. */
final class ApartBuffers implements PrivateBuffers {
    private final CallSpaces spaces;
    private final CallBuffer input;
    private final CallBuffer output;
    private final boolean reads;
    private final boolean writes;
    private boolean inputPlaced;
    private boolean outputPlaced;

    private ApartBuffers(CallSpaces spaces, CallBuffer input, CallBuffer output, boolean reads, boolean writes) {
        this.spaces = spaces;
        this.input = input;
        this.output = output;
        this.reads = reads;
        this.writes = writes;
    }

    /** Both are copied, into and out of the windows of {@code request}. */
    static ApartBuffers staged(PlanRequest request, CallSpaces spaces, boolean reads, boolean writes) {
        Shape shape = spaces.shape();
        return new ApartBuffers(
                spaces,
                CallBuffer.in(request.input(), shape.inputElements(), shape.elementBytes()),
                CallBuffer.in(request.output(), shape.outputElements(), shape.elementBytes()),
                reads, writes);
    }

    /** One of them at least stays where it is. */
    static ApartBuffers of(
            PlanRequest request, PrivatePlacement placement, boolean inPlace, Registrar registrar, boolean reads,
            boolean writes) {
        Shape shape = placement.shape();
        Collective collective = shape.collective();
        BufferSlice outer = collective.outputInInput() ? request.input() : request.output();
        BufferSlice inputSlice = inPlace ? outer : request.input();
        BufferSlice outputSlice = inPlace ? outer : request.output();
        CallBuffer input = placement.input()
                ? CallBuffer.registered(registrar, shape.inputElements(), shape.elementBytes())
                : CallBuffer.in(inputSlice, shape.inputElements(), shape.elementBytes());
        CallBuffer output = placement.output()
                ? CallBuffer.registered(registrar, shape.outputElements(), shape.elementBytes())
                : CallBuffer.in(outputSlice, shape.outputElements(), shape.elementBytes());
        CallSpaces spaces = new CallSpaces(
                shape, input.space(), output.space(),
                request.fingerprint(shape,
                        " output=" + output.agreed(outputSlice) + " input=" + input.agreed(inputSlice)));
        return new ApartBuffers(spaces, input, output, reads, writes);
    }

    @Override
    public CallSpaces spaces() {
        return spaces;
    }

    /** Where the two overlap the output is written behind the last step, when the input may change. */
    @Override
    public void enter(MemorySegment in, MemorySegment out) {
        inputPlaced = reads && input.place(in);
        if (reads && !inputPlaced) {
            PrivateBuffers.copy(in, input.stage());
        }
        outputPlaced = writes && !(inputPlaced && overlap(in, out)) && output.place(out);
        if (writes && !outputPlaced) {
            output.stage();
        }
    }

    private boolean overlap(MemorySegment in, MemorySegment out) {
        BoundSpace from = spaces.input();
        BoundSpace to = spaces.output();
        int width = spaces.shape().elementBytes();
        return out.isNative() && in.address() < out.address() + to.elements() * width
                && out.address() < in.address() + from.elements() * width;
    }

    @Override
    public void leave(boolean over) {
        input.leave(over);
        output.leave(over);
    }

    @Override
    public void copyOut(MemorySegment out) {
        if (writes && !outputPlaced) {
            PrivateBuffers.copy(output.stage(), out);
        }
    }

    @Override
    public void close() {
        input.close();
        output.close();
    }
}
