package org.fabricmark.transport.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.RankTask;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Staged;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.Waiting;
import org.fabricmark.memory.PrivateMemory;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls on memory that peers cannot reach: arrays, direct buffers and private segments, over every transport. */
@Timeout(60)
public abstract class StagedConformance extends ConformanceTest {
    private static final int SIZE = 3;
    private static final DataType TYPE = DataType.INT32;
    private static final int UNTOUCHED = -77;

    /** As {@link ConformanceTest}. */
    protected StagedConformance(TransportSpec transport, Supplier<List<String>> leftBehind) {
        super(transport, leftBehind);
    }

    private void run(RankTask task) {
        CommunicatorConfig config = new CommunicatorConfig(CommunicatorConfig.DEFAULT_TIMEOUT, Waiting.YIELD);
        ThreadRanks.run(Job.create(SIZE, transport(), config), task);
    }

    private static PlanRequest request(
            Collective collective, String name, int count, Window window, boolean inPlace, int rank) {
        Algorithm algorithm = Algorithms.named(collective, name).orElseThrow();
        long offset = inPlace ? collective.inPlaceOffset(count, rank) * TYPE.bytes() : 0;
        long middle = 1L << 23;
        long input = collective.outputInInput() || !inPlace ? 0 : middle + offset;
        long output = collective.outputInInput() && inPlace ? offset : middle;
        return PlanRequest.of(algorithm, TYPE, collective.reduces() ? ReduceOp.SUM : null, count, window.at(input),
                window.at(output));
    }

    private static Window stage(Communicator comm) {
        return comm.allocate(1L << 24);
    }

    private static void fill(MemorySegment memory, int count, int first) {
        for (int i = 0; i < count; i++) {
            memory.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * i, first + i);
        }
    }

    private static int at(MemorySegment memory, long index) {
        return memory.get(ValueLayout.JAVA_INT_UNALIGNED, 4 * index);
    }

    /** One of each kind of memory that a user may have, of {@code count} elements and one more. */
    private static List<MemorySegment> kinds(int count, PrivateMemory memory) {
        List<MemorySegment> kinds = new ArrayList<>();
        kinds.add(MemorySegment.ofArray(new int[count + 1]));
        kinds.add(MemorySegment.ofArray(new byte[4 * (count + 1)]));
        kinds.add(MemorySegment.ofBuffer(ByteBuffer.allocate(4 * (count + 1))));
        kinds.add(MemorySegment.ofBuffer(ByteBuffer.allocateDirect(4 * (count + 1))));
        kinds.add(memory.segment());
        return kinds;
    }

    /** The second count is longer than a piece of a copy, and no multiple of it. */
    @ParameterizedTest
    @ValueSource(ints = {10, 300_001})
    void shouldReduceArraysBuffersAndPrivateSegments(int count) {
        run(comm -> {
            try (Staged call = Staged.plan(
                    comm, request(Collective.ALL_REDUCE, "two-shot", count, stage(comm), false, comm.rank()));
                    PrivateMemory inputs = PrivateMemory.allocate(4L * count + 4);
                    PrivateMemory outputs = PrivateMemory.allocate(4L * count + 4)) {
                int number = 0;
                for (MemorySegment input : kinds(count, inputs)) {
                    for (MemorySegment output : kinds(count, outputs)) {
                        number += 1000;
                        fill(input, count, number + comm.rank());
                        output.set(ValueLayout.JAVA_INT_UNALIGNED, 4L * count, UNTOUCHED);
                        call.execute(input, output);
                        for (int i : new int[] {0, 1, count / 2, count - 1}) {
                            assertEquals(SIZE * (number + i) + 3, at(output, i), "element " + i);
                            assertEquals(number + comm.rank() + i, at(input, i), "the input has changed");
                        }
                        assertEquals(UNTOUCHED, at(output, count), "behind the output");
                    }
                }
            }
        });
    }

    @Test
    void shouldTakeOneArrayAsInputAndOutput() {
        run(comm -> {
            for (boolean inPlace : new boolean[] {false, true}) {
                try (Staged call = Staged.plan(
                        comm, request(Collective.ALL_REDUCE, "ring", 100, stage(comm), inPlace, comm.rank()))) {
                    int[] data = new int[100];
                    data[99] = comm.rank() + 1;
                    MemorySegment memory = MemorySegment.ofArray(data);
                    call.execute(memory, memory);
                    call.execute(memory, memory);
                    assertEquals(18, data[99], "the sum of the sums");
                }
            }
        });
    }

    /** Of one arena: the same memory, one half in the other from before and from behind, apart, and whatever was planned. */
    @ParameterizedTest
    @ValueSource(strings = {"one-shot", "recursive-doubling", "ring", "two-shot"})
    void shouldTakePrivateMemoryThatOverlapsInAnyWay(String algorithm) {
        int count = 1000;
        run(comm -> {
            Window stage = stage(comm);
            try (PrivateMemory memory = PrivateMemory.allocate(4 * 4 * count)) {
                for (boolean inPlace : new boolean[] {false, true}) {
                    try (Staged call = Staged.plan(
                            comm, request(Collective.ALL_REDUCE, algorithm, count, stage, inPlace, comm.rank()))) {
                        for (int from : new int[] {1500, 1000, 500, 1, 0}) {
                            for (int to : new int[] {1500, 2500, 500, 2, 0}) {
                                MemorySegment input = memory.segment().asSlice(4L * from, 4L * count);
                                MemorySegment output = memory.segment().asSlice(4L * to, 4L * count);
                                fill(input, count, from + to + comm.rank());
                                call.execute(input, output);
                                for (int i = 0; i < count; i++) {
                                    assertEquals(SIZE * (from + to + i) + 3, at(output, i), from + " to " + to);
                                }
                            }
                        }
                    }
                }
            }
        });
    }

    @Test
    void shouldGatherInPlaceFromThePlaceOfEachRank() {
        run(comm -> {
            try (Staged call = Staged.plan(
                    comm, request(Collective.ALL_GATHER, "ring", 50, stage(comm), true, comm.rank()))) {
                int[] data = new int[50 * SIZE];
                MemorySegment output = MemorySegment.ofArray(data);
                for (int round = 0; round < 10; round++) {
                    MemorySegment own = output.asSlice(200L * comm.rank(), 200);
                    fill(own, 50, 1000 * comm.rank() + round);
                    call.execute(own, output);
                    for (int rank = 0; rank < SIZE; rank++) {
                        assertEquals(1000 * rank + round + 49, data[50 * rank + 49]);
                    }
                }
            }
        });
    }

    @Test
    void shouldCopyInWhatCountsOnly() {
        run(comm -> {
            Window stage = stage(comm);
            for (boolean inPlace : new boolean[] {false, true}) {
                try (Staged call = Staged.plan(
                        comm,
                        request(Collective.BROADCAST, "binomial", 1000, stage, inPlace, comm.rank()).withRoot(1))) {
                    int[] input = new int[1000];
                    int[] output = new int[1000];
                    for (int round = 1; round <= 10; round++) {
                        input[999] = comm.rank() == 1 ? round : UNTOUCHED;
                        MemorySegment source = MemorySegment.ofArray(input);
                        MemorySegment target = inPlace && comm.rank() == 1 ? source : MemorySegment.ofArray(output);
                        call.execute(source, target);
                        assertEquals(round, at(target, 999));
                        assertEquals(comm.rank() == 1 ? round : UNTOUCHED, input[999]);
                    }
                }
                comm.barrier();
            }
        });
    }

    @Test
    void shouldCopyOutOnlyWhereTheRootOfAReductionIs() {
        run(comm -> {
            Window stage = stage(comm);
            for (boolean inPlace : new boolean[] {false, true}) {
                try (Staged call = Staged.plan(
                        comm, request(Collective.REDUCE, "binomial", 1000, stage, inPlace, comm.rank()).withRoot(1))) {
                    int[] output = new int[1000];
                    for (int round = 1; round <= 10; round++) {
                        int[] input = new int[1000];
                        input[999] = round + comm.rank();
                        output[999] = UNTOUCHED;
                        call.execute(MemorySegment.ofArray(input), MemorySegment.ofArray(output));
                        assertEquals(comm.rank() == 1 ? 3 * round + 3 : UNTOUCHED, output[999]);
                    }
                }
                comm.barrier();
            }
        });
    }

    @Test
    void shouldScatterATransposeAndShiftInPlaceAndNot() {
        run(comm -> {
            Window stage = stage(comm);
            int rank = comm.rank();
            for (boolean inPlace : new boolean[] {false, true}) {
                try (Staged scatter = Staged.plan(
                        comm, request(Collective.REDUCE_SCATTER, "ring", 50, stage, inPlace, rank));
                        Staged transpose = Staged.plan(
                                comm, request(Collective.ALL_TO_ALL, "pairwise", 50, stage, inPlace, rank));
                        Staged shift = Staged.plan(
                                comm, request(Collective.SEND_RECV, "ring-shift", 50, stage, inPlace, rank))) {
                    for (int round = 0; round < 10; round++) {
                        int[] data = new int[50 * SIZE];
                        MemorySegment memory = MemorySegment.ofArray(data);
                        fill(memory, data.length, 1000 * rank + round);
                        scatter.execute(memory, memory.asSlice(200L * rank, 200));
                        assertEquals(3000 + SIZE * (round + 50 * rank + 49), data[50 * rank + 49], "reduced");
                        fill(memory, data.length, 1000 * rank + round);
                        transpose.execute(memory, memory);
                        for (int peer = 0; peer < SIZE; peer++) {
                            assertEquals(1000 * peer + round + 50 * rank + 49, data[50 * peer + 49], "from " + peer);
                        }
                        fill(memory, data.length, 1000 * rank + round);
                        shift.execute(memory, memory);
                        assertEquals(1000 * ((rank + SIZE - 1) % SIZE) + round + 49, data[49], "of the rank before");
                    }
                }
                comm.barrier();
            }
        });
    }

    @Test
    void shouldServeSeveralCallsWithOneStage() {
        run(comm -> {
            Window stage = stage(comm);
            try (Staged few = Staged.plan(
                    comm, request(Collective.ALL_REDUCE, "one-shot", 3, stage, false, comm.rank()));
                    Staged many = Staged.plan(
                            comm, request(Collective.ALL_REDUCE, "ring", 5000, stage, false, comm.rank()))) {
                for (int round = 0; round < 20; round++) {
                    for (Staged call : List.of(few, many)) {
                        int count = (int) call.plan().shape().count();
                        int[] data = new int[count];
                        data[count - 1] = round + comm.rank();
                        call.execute(MemorySegment.ofArray(data), MemorySegment.ofArray(data));
                        assertEquals(3 * round + 3, data[count - 1]);
                    }
                }
            }
        });
    }

    @Test
    void shouldRefuseMemoryThatDoesNotFit() {
        run(comm -> {
            Window stage = stage(comm);
            try (Staged call = Staged.plan(
                    comm, request(Collective.ALL_REDUCE, "ring", 100, stage, false, comm.rank()))) {
                MemorySegment fits = MemorySegment.ofArray(new int[100]);
                MemorySegment small = MemorySegment.ofArray(new int[99]);
                assertEquals("the input of 396 bytes is shorter than the call's, 400",
                        refusal(() -> call.execute(small, fits)));
                assertEquals("the output of 396 bytes is shorter than the call's, 400",
                        refusal(() -> call.execute(fits, small)));
                assertEquals("the output is read-only", refusal(() -> call.execute(fits, fits.asReadOnly())));
                call.execute(fits.asReadOnly(), fits);
            }
            PlanRequest barrier = PlanRequest.of(Algorithms.barrier(), TYPE, null, 0, null, null);
            assertEquals("barrier moves no data that could be staged", refusal(() -> Staged.plan(comm, barrier)));
        });
    }

    private static String refusal(Runnable action) {
        return assertThrows(IllegalArgumentException.class, action::run).getMessage();
    }
}
