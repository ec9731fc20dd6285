package org.fabricmark.bench.baseline;

import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;

/**
 * The traffic that a collective cannot do without on shared memory, as pieces: each has k sources that are read once and m
 * destinations that are written once. Of the collective, not of an algorithm: an all-reduce combines each piece from all
 * inputs into all outputs, a reduce-scatter and a reduce into one output, and the others copy each piece to the outputs that
 * lack it.
 */
public final class Traffic {
    private final int sources;
    private final int destinations;
    private final int width;
    private final long[] operands;
    private final long[] pieceBytes;

    private Traffic(int sources, int destinations, int width, long[] operands, long[] pieceBytes) {
        this.sources = sources;
        this.destinations = destinations;
        this.width = width;
        this.operands = operands;
        this.pieceBytes = pieceBytes;
    }

    /**
     * The traffic of one call.
     *
     * @param shape the call; must move data
     * @param inputs address of each rank's input
     * @param outputs address of each rank's output
     */
    public static Traffic of(Shape shape, long[] inputs, long[] outputs) {
        return switch (shape.collective()) {
            case ALL_REDUCE -> allReduce(shape, inputs, outputs);
            case ALL_GATHER -> allGather(shape, inputs, outputs);
            case REDUCE_SCATTER -> reduceScatter(shape, inputs, outputs);
            case BROADCAST -> broadcast(shape, inputs, outputs);
            case REDUCE -> reduce(shape, inputs, outputs);
            case ALL_TO_ALL -> allToAll(shape, inputs, outputs);
            case SEND_RECV -> sendRecv(shape, inputs, outputs);
            case BARRIER -> throw new IllegalArgumentException(Collective.BARRIER.label() + " moves no data");
        };
    }

    /**
     * One piece for each thread, with operands of its own: for the machine's own rates.
     *
     * @param width of an element in bytes
     * @param bytes length of every operand
     * @param sources k addresses for each piece
     * @param destinations m addresses for each piece
     */
    public static Traffic independent(int width, long bytes, long[][] sources, long[][] destinations) {
        Traffic traffic = empty(sources[0].length, destinations[0].length, width, destinations.length);
        for (int piece = 0; piece < destinations.length; piece++) {
            traffic.pieceBytes[piece] = bytes;
            System.arraycopy(sources[piece], 0, traffic.operands, traffic.at(piece), traffic.sources);
            System.arraycopy(
                    destinations[piece],
                    0,
                    traffic.operands,
                    traffic.at(piece) + traffic.sources,
                    traffic.destinations);
        }
        return traffic;
    }

    private static Traffic empty(int sources, int destinations, int width, int pieces) {
        return new Traffic(
                sources, destinations, width, new long[pieces * (sources + destinations)], new long[pieces]);
    }

    private static Traffic allReduce(Shape shape, long[] inputs, long[] outputs) {
        int size = shape.size();
        Traffic traffic = empty(size, size, shape.elementBytes(), size);
        for (int piece = 0; piece < size; piece++) {
            long offset = offset(shape, piece);
            traffic.pieceBytes[piece] = offset(shape, piece + 1) - offset;
            for (int rank = 0; rank < size; rank++) {
                traffic.operands[traffic.at(piece) + rank] = inputs[rank] + offset;
                traffic.operands[traffic.at(piece) + size + rank] = outputs[rank] + offset;
            }
        }
        return traffic;
    }

    private static Traffic reduceScatter(Shape shape, long[] inputs, long[] outputs) {
        int size = shape.size();
        Traffic traffic = empty(size, 1, shape.elementBytes(), size);
        for (int piece = 0; piece < size; piece++) {
            traffic.pieceBytes[piece] = shape.count() * shape.elementBytes();
            for (int rank = 0; rank < size; rank++) {
                traffic.operands[traffic.at(piece) + rank] = inputs[rank] + piece * traffic.pieceBytes[piece];
            }
            traffic.operands[traffic.at(piece) + size] = outputs[piece];
        }
        return traffic;
    }

    private static Traffic reduce(Shape shape, long[] inputs, long[] outputs) {
        int size = shape.size();
        Traffic traffic = empty(size, 1, shape.elementBytes(), size);
        for (int piece = 0; piece < size; piece++) {
            long offset = offset(shape, piece);
            traffic.pieceBytes[piece] = offset(shape, piece + 1) - offset;
            for (int rank = 0; rank < size; rank++) {
                traffic.operands[traffic.at(piece) + rank] = inputs[rank] + offset;
            }
            traffic.operands[traffic.at(piece) + size] = outputs[shape.root()] + offset;
        }
        return traffic;
    }

    /** A piece for each pair of ranks, ordered so that threads that take them in turn write to different ranks. */
    private static Traffic allToAll(Shape shape, long[] inputs, long[] outputs) {
        int size = shape.size();
        int first = shape.inPlace() ? 1 : 0;
        Traffic traffic = empty(1, 1, shape.elementBytes(), (size - first) * size);
        long bytes = shape.count() * shape.elementBytes();
        for (int piece = 0; piece < traffic.pieces(); piece++) {
            int source = piece % size;
            int destination = (source + first + piece / size) % size;
            traffic.pieceBytes[piece] = bytes;
            traffic.operands[traffic.at(piece)] = inputs[source] + destination * bytes;
            traffic.operands[traffic.at(piece) + 1] = outputs[destination] + source * bytes;
        }
        return traffic;
    }

    private static Traffic sendRecv(Shape shape, long[] inputs, long[] outputs) {
        int size = shape.size();
        Traffic traffic = empty(1, 1, shape.elementBytes(), size);
        for (int piece = 0; piece < size; piece++) {
            traffic.pieceBytes[piece] = shape.count() * shape.elementBytes();
            traffic.operands[traffic.at(piece)] = inputs[piece];
            traffic.operands[traffic.at(piece) + 1] = outputs[(piece + 1) % size];
        }
        return traffic;
    }

    private static Traffic allGather(Shape shape, long[] inputs, long[] outputs) {
        int size = shape.size();
        Traffic traffic = empty(1, shape.inPlace() ? size - 1 : size, shape.elementBytes(), size);
        for (int piece = 0; piece < size; piece++) {
            traffic.pieceBytes[piece] = shape.inputElements() * shape.elementBytes();
            traffic.operands[traffic.at(piece)] = inputs[piece];
            traffic.copyTo(shape, piece, piece, outputs, piece * traffic.pieceBytes[piece]);
        }
        return traffic;
    }

    private static Traffic broadcast(Shape shape, long[] inputs, long[] outputs) {
        int size = shape.size();
        Traffic traffic = empty(1, shape.inPlace() ? size - 1 : size, shape.elementBytes(), size);
        for (int piece = 0; piece < size; piece++) {
            long offset = offset(shape, piece);
            traffic.pieceBytes[piece] = offset(shape, piece + 1) - offset;
            traffic.operands[traffic.at(piece)] = inputs[shape.root()] + offset;
            traffic.copyTo(shape, piece, shape.root(), outputs, offset);
        }
        return traffic;
    }

    /** Destinations of a piece that {@code owner} has: everyone's output, but in place not the owner's. */
    private void copyTo(Shape shape, int piece, int owner, long[] outputs, long offset) {
        int at = at(piece) + 1;
        for (int rank = 0; rank < outputs.length; rank++) {
            if (!shape.inPlace() || rank != owner) {
                operands[at++] = outputs[rank] + offset;
            }
        }
    }

    private static long offset(Shape shape, int chunk) {
        return Chunks.of(shape.count(), shape.size(), shape.elementBytes()).start(chunk) * shape.elementBytes();
    }

    private int at(int piece) {
        return piece * (sources + destinations);
    }

    /** k. */
    int sources() {
        return sources;
    }

    /** m. */
    int destinations() {
        return destinations;
    }

    /** Width of an element in bytes. */
    int width() {
        return width;
    }

    /** How many pieces; threads take them in turn. */
    int pieces() {
        return pieceBytes.length;
    }

    /** Length of a piece in bytes. */
    long pieceBytes(int piece) {
        return pieceBytes[piece];
    }

    /** For each piece its source addresses, then its destination addresses. Not a copy: the probe reads it in its loop. */
    long[] operands() {
        return operands;
    }

    /** Bytes read and written in a pass over all pieces. */
    public long bytes() {
        long sum = 0;
        for (long piece : pieceBytes) {
            sum += piece * (sources + destinations);
        }
        return sum;
    }
}
