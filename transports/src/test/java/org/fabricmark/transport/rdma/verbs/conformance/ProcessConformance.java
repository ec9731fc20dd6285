package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.COMPARE_AND_SWAP;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.FETCH_AND_ADD;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_READ;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.RETRY_EXCEEDED_ERROR;
import static org.fabricmark.transport.rdma.verbs.QueuePairState.ERR;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.SharedReceiveQueue;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A peer in another process, and what is left when it is killed. */
public abstract class ProcessConformance extends VerbsConformance {
    private static final int BYTES = PeerProcess.BYTES;
    private static final int MESSAGE = PeerProcess.MESSAGE;
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");

    private Process process;
    private BufferedReader said;
    private Side side;
    private Registered memory;
    private PeerProcess.Place peer;

    /** As {@link VerbsConformance}. */
    protected ProcessConformance(Subject subject) {
        super(subject);
    }

    @BeforeEach
    final void needProcesses() {
        assumeTrue(subject().scope() == FabricSpec.Scope.HOST, "skipped: lacks peers in other processes");
    }

    private void startPeer() throws IOException {
        startPeerOf(Ends.side(a(), RC));
    }

    /** Starts the process, and connects {@code own} with it. */
    private void startPeerOf(Side own) throws IOException {
        FabricSpec fabric = ends().fabric();
        process = new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(), "-Xmx128m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--add-modules", "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                PeerProcess.class.getName(), subject().provider().name(), fabric.name(), fabric.order().name(),
                Long.toString(fabric.seed())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        said = process.inputReader();
        side = own;
        memory = a().memory(BYTES);
        peer = PeerProcess.Place.parse(said.readLine());
        Connection.USUAL.withTimeout(12, 1).connect(side.pair(), peer.gid(), peer.number());
        tell(PeerProcess.Place.of(side, memory).line());
        assertEquals("connected", said.readLine());
    }

    private void tell(String line) throws IOException {
        process.outputWriter().write(line);
        process.outputWriter().newLine();
        process.outputWriter().flush();
    }

    @AfterEach
    final void endPeer() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly();
            assertTrue(process.waitFor(20, TimeUnit.SECONDS), "the peer does not end");
        }
    }

    private SendRequest write(long id, long offset, int length) {
        return Requests.request(id).write(peer.address() + offset, peer.key())
                .segment(memory.at(offset), length, memory.localKey());
    }

    private SendRequest read(long id, long offset, int length) {
        return Requests.request(id).read(peer.address() + offset, peer.key())
                .segment(memory.at(offset), length, memory.localKey());
    }

    private void kill() throws InterruptedException {
        process.destroyForcibly();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it survives");
    }

    /** The peer is dead; sooner or later that is noticed, and what is behind the request that noticed it is flushed. */
    private void awaitRefusal() {
        ends().until("the end of the connection", () -> {
            side.post(write(1, 0, 8), write(2, 0, 8));
            WorkCompletion first = await(side.sends());
            WorkCompletion second = await(side.sends());
            WorkCompletion ended = first.successful() ? second : first;
            if (!first.successful()) {
                assertEquals(CompletionStatus.WORK_REQUEST_FLUSHED, second.status());
            }
            assertTrue(ended.successful() || ended.status() == RETRY_EXCEEDED_ERROR, ended::toString);
            return !ended.successful();
        });
        assertEquals(ERR, side.state());
    }

    /** Another pair of this process works as before, and nothing of the dead one is in the system. */
    private void assertNobodyElseIsConcerned() throws IOException {
        Link link = ends().connect();
        Registered from = a().memory(MESSAGE).fill(7);
        Registered to = b().memory(MESSAGE);
        link.b().receive(Requests.receive(5, to, 0, MESSAGE));
        link.a().post(Requests.send(1, from, 0, MESSAGE));
        assertDone(link.b().receives(), 5, RECV);
        to.assertAll(7);
        assertDone(link.a().sends(), 1, SEND);
        String mark = "-" + process.pid() + "-";
        try (Stream<Path> files = Files.isDirectory(SHARED_MEMORY) ? Files.list(SHARED_MEMORY) : Stream.empty()) {
            assertEquals(List.of(), files.map(Path::toString).filter(name -> name.contains(mark)).toList());
        }
    }

    @Behaviour("V341")
    void shouldReachMemoryAndReceivesOfAnotherProcess() throws IOException {
        startPeer();
        long word = BYTES - 64;
        int length = 100_000;
        byte[] sent = new byte[length];
        new Random(seed()).nextBytes(sent);
        memory.put(4096, sent);
        side.post(write(1, 4096, length));
        assertDone(side.sends(), 1, RDMA_WRITE);
        memory.segment().asSlice(4096, length).fill((byte) 0);
        side.post(read(2, 4096, length));
        assertDone(side.sends(), 2, RDMA_READ);
        assertArrayEquals(sent, memory.get(4096, length));
        for (int i = 0; i < 10; i++) {
            side.post(Requests.request(3).fetchAndAdd(peer.address() + word, peer.key(), 3)
                    .segment(memory.at(0), 8, memory.localKey()));
            assertDone(side.sends(), 3, FETCH_AND_ADD);
            assertEquals(3 * i, memory.getLong(0));
        }
        side.post(Requests.request(4).compareAndSwap(peer.address() + word, peer.key(), 30, 7)
                .segment(memory.at(0), 8, memory.localKey()));
        assertDone(side.sends(), 4, COMPARE_AND_SWAP);
        assertEquals(30, memory.getLong(0));
        for (int i = 0; i < 100; i++) {
            side.receive(Requests.receive(10 + i, memory, 1024, MESSAGE));
            memory.putLong(0, i);
            side.post(Requests.send(5, memory, 0, MESSAGE));
            assertDone(side.sends(), 5, SEND);
            assertEquals(MESSAGE, assertDone(side.receives(), 10 + i, RECV).bytes());
            assertEquals(i, memory.getLong(1024));
        }
    }

    @Behaviour("V342")
    void shouldGiveUpAPeerThatWasKilledWhileItCopiedSixtyFourMebibytes() throws Exception {
        startPeer();
        tell(PeerProcess.WRITE);
        ends().until("its first bytes", () -> memory.get(BYTES / 4) != 0 || memory.get(0) != 0);
        kill();
        awaitRefusal();
        memory.deregister(); // the dead one is not waited for
        assertNobodyElseIsConcerned();
    }

    @Behaviour("V343")
    void shouldGiveUpAPeerThatWasKilledWhileItWasCopiedTo() throws Exception {
        startPeer();
        side.post(write(1, 0, BYTES));
        Thread killer = Thread.ofPlatform().start(process::destroyForcibly);
        WorkCompletion copied = await(side.sends()); // all of it, or the peer was gone before
        assertTrue(copied.successful() || copied.status() == RETRY_EXCEEDED_ERROR, copied::toString);
        if (copied.successful()) {
            awaitRefusal();
        }
        killer.join();
        kill();
        assertNobodyElseIsConcerned();
    }

    @Behaviour("V344")
    void shouldGiveUpAPeerThatHasGoneInGoodOrder() throws Exception {
        startPeer();
        process.outputWriter().close();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it stays");
        assertEquals(0, process.exitValue());
        side.receiveNothing(20, 2);
        side.post(Requests.send(1, memory, 0, MESSAGE), Requests.send(2, memory, 0, MESSAGE));
        assertEnded(side.sends(), 1, RETRY_EXCEEDED_ERROR);
        assertFlushed(side.sends(), 2, 1);
        assertFlushed(side.receives(), 20, 2);
        assertNobodyElseIsConcerned();
    }

    /** The message that it died in has taken a receive, of which nobody else can tell what has become. */
    @Behaviour("V345")
    void shouldLoseNoSharedReceiveToAPeerThatWasKilledWhileItSent() throws Exception {
        SharedReceiveQueue shared = a().keep(a().domain().createSharedReceiveQueue(8, 1));
        CompletionQueue completions = a().queue();
        startPeerOf(new Side(a(), a().pair(RC, completions, completions, shared), completions, completions));
        int posted = 4;
        for (int i = 0; i < posted; i++) {
            assertEquals(PostStatus.POSTED, shared.postReceive(Requests.receive(i, memory, 0, BYTES)));
        }
        tell(PeerProcess.SEND);
        ends().until("its first bytes", () -> memory.get(BYTES / 4) != 0 || memory.get(0) != 0);
        kill();
        side.pair().modify(QueuePairAttributes.to(ERR));
        ends().settle();
        List<CompletionStatus> ended = new ArrayList<>();
        WorkCompletion[] one = WorkCompletion.array(1);
        while (completions.poll(one) == 1) {
            assertEquals(ended.size(), one[0].id(), one[0]::toString);
            ended.add(one[0].status());
        }
        ended.subList(0, Math.max(0, ended.size() - 1)).forEach(each -> assertEquals(CompletionStatus.SUCCESS, each));
        int free = 0;
        while (shared.postReceive(Requests.receive(10 + free)) == PostStatus.POSTED) {
            free++;
        }
        assertEquals(shared.maxRequests() - posted + ended.size(), free, "every receive has ended, or is there still");
        memory.deregister();
        assertNobodyElseIsConcerned();
    }
}
