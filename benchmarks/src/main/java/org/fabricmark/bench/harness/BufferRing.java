package org.fabricmark.bench.harness;

import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;

/**
 * How the buffers of a case lie in a rank's memory: one place after the other, each with an input and an output. Calls that
 * rotate take the next place each time; the others have only one. Where the root rotates too, places are a multiple of the ranks,
 * so that each place always has the same root.
 *
 * <pre>
 * offset   offset + stride   offset + 2 stride
 * |place 0        |place 1          |place 2 ...       the same for inputs and, with a stride of their own, for outputs
 * </pre>
 *
 * @param places how many
 * @param offset of the first place, in bytes: how far buffers miss their alignment
 * @param inputStride from one input to the next, in bytes; 0 where inputs lie in outputs
 * @param outputStride from one output to the next, in bytes; 0 where outputs lie in inputs
 */
public record BufferRing(int places, long offset, long inputStride, long outputStride) {
    /** The most places: each has a plan of its own, and plans should not be what drives data out of the caches. */
    public static final int MOST_PLACES = 1024;

    private static final long ALIGNMENT = 128;

    /** Between places, so that their lines do not all fall into the same sets of a cache. */
    private static final long GAP = 2 * ALIGNMENT;

    /** The places of {@code each}; a ring holds more than {@code ringBytes} bytes over all ranks, if so many places do. */
    static BufferRing of(BenchmarkCase each, long ringBytes) {
        if (each.conditions().buffers() != Buffers.ROTATE) {
            return single(each);
        }
        // What calls touch, not the gaps, has to exceed the cache.
        long input = each.inputInOutput() ? 0 : each.inputBytes();
        long output = each.outputInInput() ? 0 : each.outputBytes();
        long touched = Math.max(1, Math.multiplyExact(input + output, (long) each.ranks()));
        return of(each, wholeRotations(Math.clamp(ringBytes / touched + 1, 2, MOST_PLACES), each.rotation()), GAP);
    }

    private static int wholeRotations(int places, int rotation) {
        int enough = Math.ceilDiv(places, rotation) * rotation;
        return enough <= MOST_PLACES ? enough : Math.max(1, MOST_PLACES / rotation) * rotation;
    }

    /** One place. */
    static BufferRing single(BenchmarkCase each) {
        return of(each, 1, 0);
    }

    private static BufferRing of(BenchmarkCase each, int places, long gap) {
        long offset = each.misalignment();
        long inputStride = each.inputInOutput() ? 0 : stride(each.inputBytes(), offset + gap);
        long outputStride = each.outputInInput() ? 0 : stride(each.outputBytes(), offset + gap);
        return new BufferRing(places, offset, inputStride, outputStride);
    }

    private static long stride(long bytes, long more) {
        return Math.addExact(bytes, more + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** Where the input of {@code place} begins, unless it lies in the output. */
    long input(int place) {
        return offset + place * inputStride;
    }

    /** Where the output of {@code place} begins, unless it lies in the input. */
    long output(int place) {
        return offset + place * outputStride;
    }

    /** Bytes of memory for all inputs. */
    long inputBytes() {
        return Math.multiplyExact(places, inputStride);
    }

    /** Bytes of memory for all outputs. */
    long outputBytes() {
        return Math.multiplyExact(places, outputStride);
    }
}
