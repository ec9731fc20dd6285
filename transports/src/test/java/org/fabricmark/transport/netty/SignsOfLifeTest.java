package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rank 0 asks who has stopped, while each of the others reads or does not. */
@Timeout(30)
class SignsOfLifeTest {
    private static final int RANKS = 3;

    @AfterEach
    void shouldLeaveNothingBehind() {
        assertEquals(List.of(), Leftovers.ofThisProcess());
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty?io=nio", "netty?io=epoll", "netty?io=io_uring", "netty?socket=unix",
        "netty?connections=2"})
    void shouldNameTheRankThatDoesNotRead(String spec) throws Exception {
        assertEquals(2, silentRank(spec, 1, 2), "1 only waits for 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty", "netty?socket=unix"})
    void shouldNameTheSuspectWhenAllReadOrNobodyDoes(String spec) throws Exception {
        assertEquals(1, silentRank(spec, 1));
        assertEquals(2, silentRank(spec, 2, 1, 2));
    }

    /** What rank 0 hears about {@code suspect} while the ranks that are {@code stopped} do not read and the others do. */
    private static int silentRank(String spec, int suspect, int... stopped) throws Exception {
        Job job = Job.create(RANKS, TransportSpec.parse(spec));
        CountDownLatch attached = new CountDownLatch(RANKS); // until then everyone reads
        CountDownLatch answered = new CountDownLatch(1);
        List<FutureTask<Integer>> ranks = new ArrayList<>();
        for (int rank = 0; rank < RANKS; rank++) {
            int self = rank;
            boolean reads = Arrays.stream(stopped).noneMatch(other -> other == self);
            ranks.add(
                    new FutureTask<>(() -> self == 0 ? ask(job, suspect, attached, answered)
                            : live(job, self, reads, attached, answered)));
            Thread.ofPlatform().daemon().start(ranks.getLast());
        }
        for (int rank = 1; rank < RANKS; rank++) {
            ranks.get(rank).get();
        }
        return ranks.getFirst().get();
    }

    private static int ask(Job job, int suspect, CountDownLatch attached, CountDownLatch answered)
            throws InterruptedException {
        try (Transport transport = job.open(0)) {
            attached.countDown();
            attached.await();
            int silent = transport.silentRank(suspect);
            answered.countDown();
            return silent;
        } finally {
            answered.countDown();
        }
    }

    private static int live(
            Job job, int rank, boolean reads, CountDownLatch attached, CountDownLatch answered)
            throws InterruptedException {
        try (Transport transport = job.open(rank)) {
            attached.countDown();
            while (reads && answered.getCount() > 0) {
                transport.progress();
            }
            answered.await();
            return rank;
        }
    }
}
