package org.fabricmark.communicator;

import java.util.Objects;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;

/**
 * A call that is to be planned; the same on every rank.
 *
 * <p>The call is in place when the shorter of input and output lies in the longer at {@link Collective#inPlaceOffset};
 * otherwise they must not overlap.
 *
 * @param algorithm how; also says which collective
 * @param type element type
 * @param op operation; null where the collective does not reduce
 * @param count elements of the vector, or of one block; 0 makes a plan that does nothing
 * @param root the rank singled out, 0 where there is none
 * @param input where each rank's input begins; null where no data move
 * @param output where each rank's output begins; null where no data move
 * @param tuning thresholds of the algorithm
 */
public record PlanRequest(
        Algorithm algorithm,
        DataType type,
        ReduceOp op,
        long count,
        int root,
        BufferSlice input,
        BufferSlice output,
        Tuning tuning) {

    public PlanRequest {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(tuning, "tuning");
        Collective collective = algorithm.collective();
        if (collective.reduces() != (op != null)) {
            throw new IllegalArgumentException("op=" + op + " does not fit " + collective.label());
        }
        if (collective.movesData() && (input == null || output == null)) {
            throw new IllegalArgumentException(collective.label() + " needs an input and an output");
        }
    }

    /** A request with root 0 and default tuning. */
    public static PlanRequest of(
            Algorithm algorithm, DataType type, ReduceOp op, long count, BufferSlice input, BufferSlice output) {
        return new PlanRequest(algorithm, type, op, count, 0, input, output, Tuning.DEFAULT);
    }

    public PlanRequest withRoot(int value) {
        return new PlanRequest(algorithm, type, op, count, value, input, output, tuning);
    }

    public PlanRequest withTuning(Tuning value) {
        return new PlanRequest(algorithm, type, op, count, root, input, output, value);
    }

    /**
     * The shape of the call on {@code rank} of {@code size} ranks.
     *
     * @throws IllegalArgumentException when input and output overlap and the call is not in place, or the values do not fit
     */
    Shape shape(int rank, int size) {
        Shape outOfPlace = new Shape(
                algorithm.collective(),
                size,
                count,
                type.bytes(),
                op != null && op.needsFinish(),
                root,
                false,
                tuning);
        if (!algorithm.collective().movesData() || input.window() != output.window()) {
            return outOfPlace;
        }
        long inputEnd = input.offset() + outOfPlace.inputElements() * type.bytes();
        long outputEnd = output.offset() + outOfPlace.outputElements() * type.bytes();
        boolean outputInInput = algorithm.collective().outputInInput();
        long inner = outputInInput ? output.offset() : input.offset();
        long outer = outputInInput ? input.offset() : output.offset();
        long offset = algorithm.collective().inPlaceOffset(count, rank) * type.bytes();
        if (inner == outer + offset) {
            return outOfPlace.withInPlace(true);
        }
        if (count > 0 && input.offset() < outputEnd && output.offset() < inputEnd) {
            throw new IllegalArgumentException("input at " + input.offset() + " overlaps output at " + output.offset()
                    + "; in place the " + (outputInInput ? "output" : "input") + " would be at " + (outer + offset));
        }
        return outOfPlace;
    }

    /** Everything that ranks must agree on, as text; {@code shape} is this request's. */
    String fingerprint(Shape shape) {
        String buffers = "";
        if (shape.inPlace()) {
            BufferSlice outer = shape.collective().outputInInput() ? input : output;
            buffers = " buffer=" + outer.window().number() + "+" + outer.offset();
        } else if (shape.collective().movesData()) {
            buffers = " output=" + output.window().number() + "+" + output.offset()
                    + " input=" + input.window().number() + "+" + input.offset();
        }
        return fingerprint(shape, buffers);
    }

    /** As the other one, with {@code buffers} that lie elsewhere. */
    String fingerprint(Shape shape, String buffers) {
        return algorithm.name() + " " + type.label() + " op=" + (op == null ? "none" : op.label()) + " " + shape
                + buffers;
    }
}
