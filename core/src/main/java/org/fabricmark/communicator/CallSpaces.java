package org.fabricmark.communicator;

import org.fabricmark.collective.Shape;
import org.fabricmark.engine.BoundSpace;

/**
 * Where the buffers of a call lie, and what shape the call has there.
 *
 * @param shape what is computed
 * @param input where the input lies
 * @param output where the output lies
 * @param agreed everything that ranks must agree on, as text
 */
record CallSpaces(Shape shape, BoundSpace input, BoundSpace output, String agreed) {
    /**
     * Buffers in the windows of {@code request}.
     *
     * @throws IllegalArgumentException when a buffer does not fit its window, or the two overlap and are not in place
     */
    static CallSpaces inWindows(Communicator communicator, PlanRequest request) {
        Shape shape = request.shape(communicator.rank(), communicator.size());
        if (!shape.collective().movesData()) {
            return new CallSpaces(shape, BoundSpace.NONE, BoundSpace.NONE, request.fingerprint(shape));
        }
        check(communicator, "input", request.input(), shape.inputElements() * shape.elementBytes());
        check(communicator, "output", request.output(), shape.outputElements() * shape.elementBytes());
        boolean outputInInput = shape.collective().outputInInput();
        return new CallSpaces(
                shape,
                shape.inPlace() && !outputInInput
                        ? inside(request.output(), shape, shape.inputElements())
                        : BoundSpace.at(request.input().window().region(), request.input().offset(),
                                shape.inputElements()),
                shape.inPlace() && outputInInput
                        ? inside(request.input(), shape, shape.outputElements())
                        : BoundSpace.at(request.output().window().region(), request.output().offset(),
                                shape.outputElements()),
                request.fingerprint(shape));
    }

    /** The shorter buffer of an in-place call: further into the longer one on each next rank. */
    private static BoundSpace inside(BufferSlice longer, Shape shape, long elements) {
        long perRank = shape.collective().inPlaceOffset(shape.count(), 1) * shape.elementBytes();
        return new BoundSpace(longer.window().region(), longer.offset(), perRank, elements);
    }

    private static void check(Communicator communicator, String name, BufferSlice buffer, long bytes) {
        if (!buffer.window().belongsTo(communicator)) {
            throw new IllegalArgumentException("the " + name + " lies in a window of another communicator");
        }
        buffer.window().region();
        if (buffer.offset() + bytes > buffer.window().bytes()) {
            throw new IllegalArgumentException("the " + name + " of " + bytes + " bytes at " + buffer.offset()
                    + " ends behind its window of " + buffer.window().bytes() + " bytes");
        }
    }
}
