package org.fabricmark.bench.harness;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.IntStream;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.collective.Collective;
import org.fabricmark.communicator.BufferSlice;
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

    /** The calls that {@code each} makes in turn: one, or one for each root. */
    List<PlanRequest> requests(BenchmarkCase each) {
        return IntStream.range(0, each.rotation()).mapToObj(call -> request(each, each.root(call))).toList();
    }

    private PlanRequest request(BenchmarkCase each, int root) {
        if (!each.collective().movesData()) {
            return PlanRequest.of(each.algorithm(), each.type(), each.op(), each.count(), null, null);
        }
        BufferSlice from = inOutput(each) ? output.at(each.inPlaceOffset(rank)) : input.at(0);
        BufferSlice to = inInput(each) ? input.at(each.inPlaceOffset(rank)) : output.at(0);
        return PlanRequest.of(each.algorithm(), each.type(), each.op(), each.count(), from, to)
                .withRoot(root)
                .withTuning(each.shape().tuning());
    }

    private static boolean inOutput(BenchmarkCase each) {
        return each.inPlace() && !each.collective().outputInInput();
    }

    private static boolean inInput(BenchmarkCase each) {
        return each.inPlace() && each.collective().outputInInput();
    }

    /** The window in which inputs of {@code each} lie. */
    Window inputWindow(BenchmarkCase each) {
        return inOutput(each) ? output : input;
    }

    /** The window in which outputs of {@code each} lie. */
    Window outputWindow(BenchmarkCase each) {
        return inInput(each) ? input : output;
    }

    /** Address of this rank's input in {@code each}. */
    long inputAddress(BenchmarkCase each) {
        return inOutput(each) ? output.address() + each.inPlaceOffset(rank) : input.address();
    }

    /** Address of this rank's output in {@code each}. */
    long outputAddress(BenchmarkCase each) {
        return inInput(each) ? input.address() + each.inPlaceOffset(rank) : output.address();
    }

    /** Poisons the output, and writes this rank's values of call {@code call}, which has root {@code root}. */
    void prepare(BenchmarkCase each, DataPattern pattern, long call, int root) {
        output(each).fill(POISON);
        boolean contributes = each.collective() != Collective.BROADCAST || rank == root || !each.inPlace();
        if (contributes) {
            int blocks = inputBlocks(each);
            long blockBytes = each.inputBytes() / blocks;
            for (int block = 0; block < blocks; block++) {
                ResultCheck.fill(
                        input(each).asSlice(block * blockBytes, blockBytes),
                        pattern.inputTape(rank),
                        each.type().bytes(),
                        DataPattern.callOfBlock(call, block));
            }
        }
    }

    /** How many ranks' blocks an input consists of. */
    private static int inputBlocks(BenchmarkCase each) {
        return each.count() == 0 ? 1 : (int) (each.shape().inputElements() / each.count());
    }

    /** Writes values that repeated calls in place leave as they are. */
    void prepareNeutral(BenchmarkCase each, DataPattern pattern) {
        ResultCheck.fill(input(each), pattern.neutralTape(), each.type().bytes(), 0);
    }

    /** How many elements of the output are not what call {@code call}, with root {@code root}, should have left. */
    long wrong(BenchmarkCase each, DataPattern pattern, long call, int root) {
        MemorySegment output = output(each);
        int width = each.type().bytes();
        return switch (each.collective()) {
            case ALL_REDUCE -> ResultCheck.wrong(output, pattern.resultTape(rank), width, call);
            case REDUCE_SCATTER -> ResultCheck.wrong(
                    output, pattern.resultTape(rank), width, DataPattern.callOfBlock(call, rank));
            case REDUCE -> ResultCheck.wrong(
                    output, rank == root ? pattern.resultTape(rank) : untouched(each, pattern), width, call);
            case BROADCAST -> ResultCheck.wrong(output, pattern.resultTape(root), width, call);
            case SEND_RECV -> {
                int source = rank == 0 ? each.ranks() - 1 : rank - 1;
                yield ResultCheck.wrong(output, pattern.resultTape(source), width, call);
            }
            case ALL_GATHER -> wrongBlocks(each, pattern, call);
            case ALL_TO_ALL -> wrongBlocks(each, pattern, DataPattern.callOfBlock(call, rank));
            case BARRIER -> 0;
        };
    }

    /** Of an output with a block from each rank. */
    private long wrongBlocks(BenchmarkCase each, DataPattern pattern, long call) {
        long blockBytes = each.count() * each.type().bytes();
        long wrong = 0;
        for (int block = 0; block < each.ranks(); block++) {
            MemorySegment part = output(each).asSlice(block * blockBytes, blockBytes);
            wrong += ResultCheck.wrong(part, pattern.resultTape(block), each.type().bytes(), call);
        }
        return wrong;
    }

    /** What is in an output that nobody may write: poison, or in place this rank's input. */
    private MemorySegment untouched(BenchmarkCase each, DataPattern pattern) {
        MemorySegment tape = pattern.inputTape(rank);
        if (!each.inPlace()) {
            tape.fill(POISON);
        }
        return tape;
    }

    private MemorySegment input(BenchmarkCase each) {
        return inOutput(each)
                ? output.segment().asSlice(each.inPlaceOffset(rank), each.inputBytes())
                : input.segment().asSlice(0, each.inputBytes());
    }

    private MemorySegment output(BenchmarkCase each) {
        return inInput(each)
                ? input.segment().asSlice(each.inPlaceOffset(rank), each.outputBytes())
                : output.segment().asSlice(0, each.outputBytes());
    }
}
