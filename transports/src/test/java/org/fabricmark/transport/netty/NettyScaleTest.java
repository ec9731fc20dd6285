package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Window;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many ranks on few cores: every rank has a connection to every other. */
@Timeout(120)
class NettyScaleTest {
    private static final int MANY_SENDERS = 3;
    private static final int MUCH = 64 << 20;
    private static final int RANKS = 64;
    private static final int COUNT = 256; // 64 KiB of ints in all

    @AfterEach
    void shouldLeaveNothingBehind() {
        assertEquals(List.of(), Leftovers.ofThisProcess());
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty?io=nio", "netty?io=epoll", "netty?io=io_uring", "netty?socket=unix"})
    void shouldNotWaitForEverWhenAllSendMuchAtOnce(String spec) {
        ThreadRanks.run(Job.create(MANY_SENDERS, TransportSpec.parse(spec)), comm -> {
            Window window = comm.allocate(2L * MANY_SENDERS * MUCH);
            for (int peer = 0; peer < MANY_SENDERS; peer++) {
                window.segment().asSlice((long) peer * MUCH, MUCH).fill((byte) (1 + MANY_SENDERS * comm.rank() + peer));
            }
            comm.barrier();
            try (Plan plan = comm.plan(PlanRequest.of(
                    Algorithms.named(Collective.ALL_TO_ALL, "direct").orElseThrow(),
                    DataType.INT8,
                    null,
                    MUCH,
                    window.at(0),
                    window.at((long) MANY_SENDERS * MUCH)))) {
                plan.execute();
            }
            for (int peer = 0; peer < MANY_SENDERS; peer++) {
                MemorySegment block = window.segment().asSlice((long) (MANY_SENDERS + peer) * MUCH, MUCH);
                byte expected = (byte) (1 + MANY_SENDERS * peer + comm.rank());
                assertEquals(expected, block.get(ValueLayout.JAVA_BYTE, 0));
                assertEquals(-1, block.asSlice(1).mismatch(block.asSlice(0, MUCH - 1)), "all bytes are the first");
            }
        });
    }

    @Test
    @Tag("slow")
    void shouldGatherOverTwoThousandConnections() {
        long start = System.nanoTime();
        ThreadRanks.run(Job.create(RANKS, TransportSpec.parse("netty")), comm -> {
            if (comm.rank() == 0) {
                System.out.printf("%d ranks connected after %.1f s%n", RANKS, (System.nanoTime() - start) / 1e9);
            }
            Window window = comm.allocate((RANKS + 1L) * COUNT * Integer.BYTES);
            for (String name : List.of("ring", "direct")) {
                window.segment().fill((byte) 0);
                for (int i = 0; i < COUNT; i++) {
                    window.segment().setAtIndex(ValueLayout.JAVA_INT, i, comm.rank() * COUNT + i);
                }
                comm.barrier();
                try (Plan plan = comm.plan(PlanRequest.of(
                        Algorithms.named(Collective.ALL_GATHER, name).orElseThrow(),
                        DataType.INT32,
                        null,
                        COUNT,
                        window.at(0),
                        window.at((long) COUNT * Integer.BYTES)))) {
                    plan.execute();
                    for (int i = 0; i < RANKS * COUNT; i++) {
                        assertEquals(i, window.segment().getAtIndex(ValueLayout.JAVA_INT, COUNT + i), name);
                    }
                }
            }
        });
    }
}
