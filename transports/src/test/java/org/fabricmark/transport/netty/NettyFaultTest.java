package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportContext;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers that die, lie or do not belong: every rank ends with the same reason, or is not disturbed. */
@Timeout(60)
class NettyFaultTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(500);

    @AfterEach
    void shouldLeaveNothingBehind() {
        assertEquals(List.of(), Leftovers.ofThisProcess());
    }

    private static Job job(int size, Duration deadline, String spec) {
        return Job.create(
                size, TransportSpec.parse(spec), CommunicatorConfig.forRanks(size).withTimeout(deadline));
    }

    private static Job pair(String io) {
        return job(2, PATIENT, "netty?io=" + io);
    }

    /** What a rank did. */
    private static <T> FutureTask<T> start(Callable<T> rank) {
        FutureTask<T> task = new FutureTask<>(rank);
        Thread.ofPlatform().daemon().start(task);
        return task;
    }

    /** A rank that attaches and leaves; its failure, or null. */
    private static FutureTask<Failure> visitor(Job job, int rank) {
        return start(() -> {
            try (Transport transport = job.open(rank)) {
                assertEquals(rank, transport.rank());
                return null;
            } catch (FabricException e) {
                return e.failure();
            }
        });
    }

    /** A rank that attaches and waits for a signal of another, which never comes; its failure. */
    private static FutureTask<Failure> waiter(Job job, int rank, CountDownLatch waiting) {
        int other = job.size() - 1;
        return start(() -> assertThrows(FabricException.class, () -> {
            try (Transport transport = job.open(rank)) {
                SignalTable table = transport.allocateSignals(1);
                transport.allocate(4096);
                waiting.countDown();
                while (!transport.arrived(table.incoming(other, 0), 1)) {
                    transport.progress();
                }
            }
        }).failure());
    }

    private static <T> T get(FutureTask<T> task) throws InterruptedException {
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll", "io_uring"})
    void shouldNotBeDisturbedByStrangers(String io) throws Exception {
        Job job = pair(io);
        FutureTask<Failure> rank0 = visitor(job, 0);
        List<RoguePeer> silent = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            RoguePeer.call(job).close(); // a port scanner
            silent.add(RoguePeer.call(job));
            try (RoguePeer browser = RoguePeer.call(job)) {
                browser.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                assertTrue(browser.isTurnedAway());
            }
            try (RoguePeer liar = RoguePeer.call(job)) {
                liar.hello(NettyLayout.VERSION, job.name(), 2, 1);
                assertEquals(Verdict.WELCOME.ordinal(), liar.verdictOfChallenge(
                        new JobProof(new byte[JobProof.SECRET_BYTES], job.name())));
                assertEquals(Verdict.SECRET.ordinal(), liar.verdictOfWelcome());
                assertTrue(liar.isTurnedAway());
            }
        }
        FutureTask<Failure> rank1 = visitor(job, 1);
        assertNull(get(rank1));
        assertNull(get(rank0));
        for (RoguePeer each : silent) {
            each.close();
        }
    }

    @Test
    void shouldTellWhoCallsWhyItIsRefused() throws Exception {
        Job job = pair("nio");
        FutureTask<Failure> rank0 = visitor(job, 0);
        assertEquals(Verdict.VERSION, refusal(job, NettyLayout.VERSION + 1, job.name(), 2, 1));
        assertEquals(Verdict.JOB, refusal(job, NettyLayout.VERSION, "another", 2, 1));
        assertEquals(Verdict.SIZE, refusal(job, NettyLayout.VERSION, job.name(), 3, 1));
        assertEquals(Verdict.RANK, refusal(job, NettyLayout.VERSION, job.name(), 2, 2));
        assertEquals(Verdict.RANK, refusal(job, NettyLayout.VERSION, job.name(), 2, 0));
        assertEquals(Verdict.RANK, refusal(job, NettyLayout.VERSION, job.name(), 2, -1));
        assertNull(get(visitor(job, 1)));
        assertNull(get(rank0));
    }

    private static Verdict refusal(Job job, int version, String name, int size, int from) throws Exception {
        try (RoguePeer peer = RoguePeer.call(job)) {
            peer.hello(version, name, size, from);
            Verdict verdict = Verdict.of(peer.verdictOfChallenge(peer.proof()));
            assertTrue(peer.isTurnedAway());
            return verdict;
        }
    }

    @Test
    void shouldEndBothWhenARankHasAnotherSecret() throws Exception {
        Job job = pair("nio");
        FutureTask<Failure> rank0 = visitor(job, 0);
        RoguePeer.call(job).close(); // rank 0 listens, and has read its secret
        Files.write(meetingPlace(job).resolve("secret"), new byte[JobProof.SECRET_BYTES]);
        Failure failure = get(visitor(job, 1));
        assertEquals(Category.PROGRAM_WRONG, failure.category());
        assertTrue(
                failure.what().matches("rank 1 and rank 0 at \\S+ do not belong together: another secret"),
                failure.what());
        assertEquals(failure, get(rank0));
    }

    private static Path meetingPlace(Job job) throws IOException {
        try (var places = Files.newDirectoryStream(Path.of("/tmp"), "fabricmark-net-" + job.name())) {
            return places.iterator().next();
        }
    }

    @Test
    void shouldEndAllWhenTwoRanksHaveOneNumber() throws Exception {
        Job job = job(3, PATIENT, "netty");
        List<FutureTask<Failure>> ranks = List.of(visitor(job, 0), visitor(job, 1), visitor(job, 1));
        for (FutureTask<Failure> rank : ranks) {
            Failure failure = get(rank);
            assertEquals(Category.PROGRAM_WRONG, failure.category());
            assertTrue(failure.what().startsWith("two ranks have number 1"), failure.what());
        }
    }

    @Test
    void shouldSayWhoWasTurnedAwayWhenARankDoesNotCome() throws Exception {
        Job job = job(2, SHORT, "netty");
        FutureTask<Failure> rank0 = visitor(job, 0);
        try (RoguePeer browser = RoguePeer.call(job)) {
            browser.send("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
            assertTrue(browser.isTurnedAway());
        }
        Failure failure = get(rank0);
        assertEquals(Category.LINK_LOST, failure.category());
        assertEquals(1, failure.peer());
        assertTrue(
                failure.what().matches("rank 0 waited 0\\.5 s for rank 1 to attach over netty; "
                        + "it turned away /127\\.0\\.0\\.1:\\d+: something that is no handshake"),
                failure.what());
    }

    @Test
    void shouldSayWhichPortIsInUse() throws Exception {
        try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Job job = job(2, SHORT, "netty?port=" + holder.getLocalPort());
            Failure failure = get(visitor(job, 0));
            assertEquals(Category.NO_ROOM, failure.category());
            assertTrue(
                    failure.what().startsWith("rank 0 cannot listen at /127.0.0.1:" + holder.getLocalPort() + ": "),
                    failure.what());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nio", "epoll", "io_uring"})
    void shouldNameARankWhoseConnectionIsCutInsideAFrame(String io) throws Exception {
        Job job = pair(io);
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Failure> rank0 = waiter(job, 0, waiting);
        try (RoguePeer peer = RoguePeer.call(job)) {
            peer.join();
            peer.send(RoguePeer.frame(NettyLayout.STAGE, 0, 0, NettyLayout.NO_SIGNAL, 2));
            peer.send(RoguePeer.frame(NettyLayout.STAGE, 0, 0, NettyLayout.NO_SIGNAL, 3));
            waiting.await();
            peer.send(RoguePeer.frame(NettyLayout.PUT, 4000, 0, NettyLayout.NO_SIGNAL, 0));
            peer.send(new byte[1000]);
        }
        Failure failure = get(rank0);
        assertEquals(Category.LINK_LOST, failure.category());
        assertEquals(1, failure.peer());
        assertTrue(failure.what().startsWith("rank 0 lost rank 1 at /127.0.0.1:"), failure.what());
    }

    @ParameterizedTest
    @ValueSource(strings = {"netty?io=nio", "netty?io=epoll", "netty?io=io_uring", "netty?socket=unix"})
    void shouldEndAllSurvivorsForTheSameReason(String spec) throws Exception {
        Job job = job(4, PATIENT, spec);
        CountDownLatch waiting = new CountDownLatch(3);
        List<FutureTask<Failure>> survivors =
                List.of(waiter(job, 0, waiting), waiter(job, 1, waiting), waiter(job, 2, waiting));
        FutureTask<Void> dead = start(() -> {
            NettyOptions options = NettyOptions.of(job.transport());
            NettyEndpoint endpoint = NettyEndpoint.attach(
                    new TransportContext(job.name(), 3, 4, job.transport(), PATIENT), options, spec);
            NettyTransport transport = new NettyTransport(endpoint, options);
            transport.allocateSignals(1);
            transport.allocate(4096);
            waiting.await();
            endpoint.mesh().close(); // without a word, as a process that is killed
            endpoint.memory().closeAll();
            return null;
        });
        Failure failure = get(survivors.getFirst());
        assertEquals(Category.LINK_LOST, failure.category());
        assertEquals(3, failure.peer());
        assertTrue(failure.what().matches("rank [012] lost rank 3 at .*"), failure.what());
        assertEquals(failure, get(survivors.get(1)));
        assertEquals(failure, get(survivors.get(2)));
        get(dead);
    }

    @Test
    void shouldRefuseFramesThatNoPeerMaySend() throws Exception {
        long region = NettyLayout.reference(0, 0);
        long none = NettyLayout.NO_SIGNAL;
        expect("a frame of unknown kind 77", RoguePeer.frame(77, 0, 0, none, 0));
        expect("a total of 5 without a signal", RoguePeer.frame(NettyLayout.PUT, 1, region, none, 5));
        expect("an abort with a total of 5", RoguePeer.frame(NettyLayout.ABORT, 24, 0, none, 5));
        expect("an abort of kind 2", RoguePeer.frame(NettyLayout.ABORT, 24, 2, none, 0));
        expect("a frame of unknown kind 257", RoguePeer.frame(257, 0, 0, none, 0));
        expect("a frame of 4294967295 bytes", RoguePeer.frame(NettyLayout.PUT, -1, region, none, 0));
        expect(
                "a reference to 4097 bytes at 0 of region 0, which has 4096",
                RoguePeer.frame(NettyLayout.PUT, 4097, region, none, 0));
        expect(
                "a reference to 1 bytes at 4096 of region 0, which has 4096",
                RoguePeer.frame(NettyLayout.PUT, 1, region + 4096, none, 0));
        expect(
                "a reference to 1 bytes at 0 of region 9, which does not exist",
                RoguePeer.frame(NettyLayout.PUT, 1, NettyLayout.reference(9, 0), none, 0));
        expect(
                "a reference to 1 bytes at 1099511627775 of region 16777215, which does not exist",
                RoguePeer.frame(NettyLayout.PUT, 1, -1, none, 0));
        expect(
                "signal 0 of table 0 with total -1 after 0",
                RoguePeer.frame(NettyLayout.BUMP, 0, 0, NettyLayout.signalName(0, 1), -1));
        expect(
                "a signal of rank 0",
                RoguePeer.frame(NettyLayout.BUMP, 0, 0, NettyLayout.signalName(0, 0), 1));
        expect(
                "signal 2 of table 0, which does not exist",
                RoguePeer.frame(NettyLayout.BUMP, 0, 0, NettyLayout.signalName(0, 2), 1));
        expect("a reply that was not asked for", RoguePeer.frame(NettyLayout.REPLY, 8, region, none, 0));
        expect(
                "a reference to -5 bytes at 0 of region 0, which has 4096",
                RoguePeer.frame(NettyLayout.REQUEST, 0, region, region, -5));
        expect("stage 9 after 3", RoguePeer.frame(NettyLayout.STAGE, 0, 0, none, 9));
        expect("a failure of 5000 bytes", RoguePeer.frame(NettyLayout.ABORT, 5000, 0, none, 0));
    }

    private static void expect(String what, byte[] frame) throws Exception {
        Job job = pair("nio");
        CountDownLatch waiting = new CountDownLatch(1);
        FutureTask<Failure> rank0 = waiter(job, 0, waiting);
        try (RoguePeer peer = RoguePeer.call(job)) {
            peer.join();
            peer.send(RoguePeer.frame(NettyLayout.STAGE, 0, 0, NettyLayout.NO_SIGNAL, 2));
            peer.send(RoguePeer.frame(NettyLayout.STAGE, 0, 0, NettyLayout.NO_SIGNAL, 3));
            waiting.await();
            peer.send(frame);
            Failure failure = get(rank0);
            assertEquals(Category.PROGRAM_WRONG, failure.category());
            assertEquals(1, failure.peer());
            assertTrue(
                    failure.what().startsWith("rank 0 closes the connection to rank 1 at /127.0.0.1:")
                            && failure.what().endsWith("which sent " + what),
                    failure.what() + Arrays.toString(frame));
        }
    }
}
