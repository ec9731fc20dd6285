package org.fabricmark.bench.harness;

import java.lang.foreign.MemorySegment;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.collective.Collective;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.Window;

/**
 * One rank's windows for inputs and outputs, allocated once for all cases of a job, and what is in a case's buffers.
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

    int rank() {
        return rank;
    }

    /** The window in which inputs of {@code each} lie. */
    Window inputWindow(BenchmarkCase each) {
        return each.inputInOutput() ? output : input;
    }

    /** The window in which outputs of {@code each} lie. */
    Window outputWindow(BenchmarkCase each) {
        return each.outputInInput() ? input : output;
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
        return each.misalignment() + inputWindow(each).address()
                + (each.inputInOutput() ? each.inPlaceOffset(rank) : 0);
    }

    /** Address of this rank's output in {@code each}, at its first place in the windows. */
    long outputAddress(BenchmarkCase each) {
        return each.misalignment() + outputWindow(each).address()
                + (each.outputInInput() ? each.inPlaceOffset(rank) : 0);
    }

    /** Poisons the output, and writes this rank's values of call {@code call}, which has root {@code root}. */
    void prepare(BenchmarkCase each, CaseBuffers.Place place, DataPattern pattern, long call, int root) {
        place.output().fill(POISON);
        boolean contributes = each.collective() != Collective.BROADCAST || rank == root || !each.inPlace();
        if (contributes) {
            int blocks = inputBlocks(each);
            long blockBytes = each.inputBytes() / blocks;
            for (int block = 0; block < blocks; block++) {
                ResultCheck.fill(
                        place.input().asSlice(block * blockBytes, blockBytes),
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
    void prepareNeutral(BenchmarkCase each, CaseBuffers.Place place, DataPattern pattern) {
        ResultCheck.fill(place.input(), pattern.neutralTape(), each.type().bytes(), 0);
    }

    /** How many elements of the output are not what call {@code call}, with root {@code root}, should have left. */
    long wrong(BenchmarkCase each, CaseBuffers.Place place, DataPattern pattern, long call, int root) {
        MemorySegment output = place.output();
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
            case ALL_GATHER -> wrongBlocks(each, output, pattern, call);
            case ALL_TO_ALL -> wrongBlocks(each, output, pattern, DataPattern.callOfBlock(call, rank));
            case BARRIER -> 0;
        };
    }

    /** Of an output with a block from each rank. */
    private static long wrongBlocks(BenchmarkCase each, MemorySegment output, DataPattern pattern, long call) {
        long blockBytes = each.count() * each.type().bytes();
        long wrong = 0;
        for (int block = 0; block < each.ranks(); block++) {
            MemorySegment part = output.asSlice(block * blockBytes, blockBytes);
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
}
