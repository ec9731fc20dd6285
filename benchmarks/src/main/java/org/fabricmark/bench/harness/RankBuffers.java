package org.fabricmark.bench.harness;

import java.lang.foreign.MemorySegment;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Window;

/**
 * One rank's input and output, allocated once for all cases of a job, and what is in them.
 *
 * <p>Thread rule: the rank's thread. The memory belongs to the communicator.
 */
final class RankBuffers {
    /**
     * No result of a wide type consists of such bytes, of a type of 8 bits about one in 256 does: what was not written is seen.
     */
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

    /** The call that {@code each} stands for. */
    PlanRequest request(BenchmarkCase each) {
        if (!each.collective().movesData()) {
            return PlanRequest.of(each.algorithm(), each.type(), each.op(), each.count(), null, null);
        }
        return PlanRequest.of(
                each.algorithm(),
                each.type(),
                each.op(),
                each.count(),
                each.inPlace() ? output.at(each.inPlaceOffset(rank)) : input.at(0),
                output.at(0))
                .withRoot(each.root());
    }

    /** The window in which inputs of {@code each} lie. */
    Window inputWindow(BenchmarkCase each) {
        return each.inPlace() ? output : input;
    }

    /** The window in which outputs lie. */
    Window outputWindow() {
        return output;
    }

    /** Address of this rank's input in {@code each}. */
    long inputAddress(BenchmarkCase each) {
        return each.inPlace() ? output.address() + each.inPlaceOffset(rank) : input.address();
    }

    /** Address of this rank's output. */
    long outputAddress() {
        return output.address();
    }

    /** Poisons the output, and writes this rank's values of call {@code call}. */
    void prepare(BenchmarkCase each, DataPattern pattern, long call) {
        output(each).fill(POISON);
        boolean contributes = !each.collective().rooted() || rank == each.root() || !each.inPlace();
        if (contributes) {
            ResultCheck.fill(input(each), pattern.inputTape(rank), each.type().bytes(), call);
        }
    }

    /** Writes values that repeated calls in place leave as they are. */
    void prepareNeutral(BenchmarkCase each, DataPattern pattern) {
        ResultCheck.fill(input(each), pattern.neutralTape(), each.type().bytes(), 0);
    }

    /** How many elements of the output are not what call {@code call} should have left. */
    long wrong(BenchmarkCase each, DataPattern pattern, long call) {
        if (!each.collective().movesData()) {
            return 0;
        }
        int width = each.type().bytes();
        long blockBytes = each.collective().inPlaceOffset(each.count(), 1) * width;
        if (blockBytes == 0) {
            return ResultCheck.wrong(output(each), pattern.resultTape(0, each.root()), width, call);
        }
        long wrong = 0;
        for (int block = 0; block < each.ranks(); block++) {
            MemorySegment part = output(each).asSlice(block * blockBytes, blockBytes);
            wrong += ResultCheck.wrong(part, pattern.resultTape(block, each.root()), width, call);
        }
        return wrong;
    }

    private MemorySegment input(BenchmarkCase each) {
        return each.inPlace()
                ? output.segment().asSlice(each.inPlaceOffset(rank), each.inputBytes())
                : input.segment().asSlice(0, each.inputBytes());
    }

    private MemorySegment output(BenchmarkCase each) {
        return output.segment().asSlice(0, each.outputBytes());
    }
}
