package org.fabricmark.transport.rdma.loopback;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.VerbsProviders;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How soon a killed peer is noticed: in calls and by a clock that stands still, so not by how busy this machine is. */
@Timeout(60)
class DeadPeerTest {
    private static final int BYTES = 4096;
    private static final long SEEN_WITHIN_NANOS = 50_000_000;
    private static final int SEEN_WITHIN_POLLS = 2048;

    private long now;

    /** The peer: shows where it is, connects, and waits to be killed. */
    static final class Peer {
        private Peer() {}

        /** Arguments: name of the fabric; identifier, in two halves, and number of its peer. */
        public static void main(String[] arguments) throws IOException {
            FabricSpec fabric = FabricSpec.ofHost(arguments[0]);
            try (LoopbackTest.Side side = new LoopbackTest.Side(
                    VerbsProviders.named("loopback").devices(fabric).getFirst(), BYTES)) {
                side.connect(new Gid(Long.parseLong(arguments[1]), Long.parseLong(arguments[2])),
                        new QueuePairNumber(Integer.parseInt(arguments[3])), PathMtu.MTU_4096);
                Gid own = side.context.gid(1, 0);
                System.out.println(own.high() + " " + own.low() + " " + side.pair.number().value() + " "
                        + side.region.address() + " " + side.region.remoteKey().value());
                assertEquals(-1, System.in.read(), "nothing is said to it; it ends with who started it");
            }
        }
    }

    @Test
    void shouldGiveUpAKilledPeerAfterFiftyMillisecondsOfPolling() throws IOException, InterruptedException {
        FabricSpec fabric = FabricSpec.ofHost("dead-peer-" + ProcessHandle.current().pid());
        try (LoopbackTest.Side side = new LoopbackTest.Side(
                new LoopbackProvider(() -> now).devices(fabric).getFirst(), BYTES)) {
            Process peer = start(fabric, side);
            try (BufferedReader said = peer.inputReader()) {
                String[] place = said.readLine().split(" ");
                side.connect(new Gid(Long.parseLong(place[0]), Long.parseLong(place[1])),
                        new QueuePairNumber(Integer.parseInt(place[2])), PathMtu.MTU_4096);
                SendRequest write = new SendRequest().begin(1)
                        .write(Long.parseLong(place[3]), new RemoteKey(Integer.parseInt(place[4])))
                        .segment(side.region.address(), 8, side.region.localKey()).flag(SendFlag.SIGNALED);
                side.pair.postSend(write);
                assertSame(CompletionStatus.SUCCESS, completion(side).status());
                peer.destroyForcibly();
                assertTrue(peer.waitFor(20, TimeUnit.SECONDS), "it survives");
                now += SEEN_WITHIN_NANOS + 1;
                poll(side, SEEN_WITHIN_POLLS);
                side.pair.postSend(write);
                poll(side, 1); // had it not been noticed, the write would be done now: its memory is still mapped here
                now += TimeUnit.SECONDS.toNanos(60); // more than all tries of this connection
                assertSame(CompletionStatus.RETRY_EXCEEDED_ERROR, completion(side).status());
            } finally {
                peer.destroyForcibly();
            }
        }
    }

    private static Process start(FabricSpec fabric, LoopbackTest.Side side) throws IOException {
        Gid own = side.context.gid(1, 0);
        return new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(), "-Xmx64m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--add-modules", "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Peer.class.getName(), fabric.name(), Long.toString(own.high()), Long.toString(own.low()),
                Integer.toString(side.pair.number().value())).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private static void poll(LoopbackTest.Side side, int polls) {
        WorkCompletion[] one = WorkCompletion.array(1);
        for (int i = 0; i < polls; i++) {
            assertEquals(0, side.completions.poll(one), one[0]::toString);
        }
    }

    /** The next completion, which is there at once by this clock. */
    private static WorkCompletion completion(LoopbackTest.Side side) {
        WorkCompletion[] one = WorkCompletion.array(1);
        for (int i = 0; i < SEEN_WITHIN_POLLS; i++) {
            if (side.completions.poll(one) == 1) {
                return one[0];
            }
        }
        throw new AssertionError("no completion");
    }
}
