package org.fabricmark.bench.harness;

import java.lang.foreign.MemorySegment;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Window;

/**
 * One rank's windows for inputs and outputs, allocated once for all cases of a job, and what is in a case's buffers.
 *
 * <p>Thread rule: the rank's thread. The memory belongs to the communicator.
 */
final class RankBuffers {
    /** No result consists of such bytes, whatever the type: what was not written is seen. */
    private static final byte POISON = (byte) 0xa5;

    private final int rank;
    private final Window input;
    private final Window output;

    /** Collective; at least one line each, so that there is an address. */
    RankBuffers(Communicator communicator, long inputBytes, long outputBytes) {
        this.rank = communicator.rank();
        this.input = communicator.allocate(Math.max(64, inputBytes));
        this.output = communicator.allocate(Math.max(64, outputBytes));
    }

    int rank() {
        return rank;
    }

    /** The window that inputs lie in. */
    Window input() {
        return input;
    }

    /** The window that outputs lie in. */
    Window output() {
        return output;
    }

    /** Bytes of both. */
    long bytes() {
        return input.bytes() + output.bytes();
    }

    /** Address of this rank's input in {@code each}, at its first place in the windows. */
    long inputAddress(BenchmarkCase each) {
        return each.misalignment()
                + (each.inPlace() ? output.address() + each.inPlaceOffset(rank) : input.address());
    }

    /** Address of the window of this rank's outputs. */
    long outputAddress() {
        return output.address();
    }

    /** Poisons the output, and writes this rank's values of call {@code call}. */
    void prepare(BenchmarkCase each, CaseBuffers.Place place, DataPattern pattern, long call) {
        place.output().fill(POISON);
        boolean contributes = !each.collective().rooted() || rank == each.root() || !each.inPlace();
        if (contributes) {
            ResultCheck.fill(place.input(), pattern.inputTape(rank), each.type().bytes(), call);
        }
    }

    /** Writes values that repeated calls in place leave as they are. */
    void prepareNeutral(BenchmarkCase each, CaseBuffers.Place place, DataPattern pattern) {
        ResultCheck.fill(place.input(), pattern.neutralTape(), each.type().bytes(), 0);
    }

    /** How many elements of the output are not what call {@code call} should have left. */
    long wrong(BenchmarkCase each, CaseBuffers.Place place, DataPattern pattern, long call) {
        if (!each.collective().movesData()) {
            return 0;
        }
        int width = each.type().bytes();
        long blockBytes = each.collective().inPlaceOffset(each.count(), 1) * width;
        if (blockBytes == 0) {
            return ResultCheck.wrong(place.output(), pattern.resultTape(0, each.root()), width, call);
        }
        long wrong = 0;
        for (int block = 0; block < each.ranks(); block++) {
            MemorySegment part = place.output().asSlice(block * blockBytes, blockBytes);
            wrong += ResultCheck.wrong(part, pattern.resultTape(block, each.root()), width, call);
        }
        return wrong;
    }
}
