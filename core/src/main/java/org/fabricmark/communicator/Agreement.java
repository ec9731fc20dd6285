package org.fabricmark.communicator;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;

/**
 * Compares, when a plan is made, what all ranks are about to do, and settles how much scratch it needs: lowering may need more
 * on one rank than on another. It is itself an all-gather of two longs: a hash of the arguments, and the bytes.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Agreement {
    private static final int LONGS = 2;
    private static final String ALGORITHM = "direct";

    private final Communicator communicator;
    private final MemorySegment input;
    private final MemorySegment output;
    private final Plan exchange;

    Agreement(Communicator communicator, Window window) {
        this.communicator = communicator;
        long inputBytes = LONGS * Long.BYTES;
        input = window.segment().asSlice(0, inputBytes);
        output = window.segment().asSlice(inputBytes, communicator.size() * inputBytes);
        exchange = communicator.bind(request(window));
    }

    private static PlanRequest request(Window window) {
        return PlanRequest.of(
                Algorithms.named(Collective.ALL_GATHER, ALGORITHM).orElseThrow(),
                DataType.INT64,
                null,
                LONGS,
                window.at(0),
                window.at(LONGS * Long.BYTES));
    }

    /** Bytes of the window that it wants. */
    static long windowBytes(int size) {
        return (size + 1L) * LONGS * Long.BYTES;
    }

    /**
     * Collective.
     *
     * @param arguments what this rank is about to do
     * @param scratchBytes how much scratch it needs
     * @return how much any rank needs
     * @throws FabricException {@code PROGRAM_WRONG} when another rank is about to do something else
     */
    long settle(String arguments, long scratchBytes) {
        long hash = hash(arguments);
        input.setAtIndex(ValueLayout.JAVA_LONG, 0, hash);
        input.setAtIndex(ValueLayout.JAVA_LONG, 1, scratchBytes);
        exchange.execute();
        long most = 0;
        for (int rank = 0; rank < communicator.size(); rank++) {
            if (output.getAtIndex(ValueLayout.JAVA_LONG, (long) LONGS * rank) != hash) {
                throw communicator.fail(new Failure(
                        Category.PROGRAM_WRONG,
                        communicator.rank(),
                        rank,
                        Failure.UNKNOWN,
                        communicator.transport(),
                        0,
                        "rank " + rank + " plans another call than rank " + communicator.rank() + ", which plans "
                                + arguments));
            }
            most = Math.max(most, output.getAtIndex(ValueLayout.JAVA_LONG, (long) LONGS * rank + 1));
        }
        return most;
    }

    /** FNV-1a: the same on every rank, whatever JVM it runs in. */
    private static long hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (b & 0xff)) * 0x100000001b3L;
        }
        return hash;
    }
}
