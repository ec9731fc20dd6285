package org.fabricmark.transport.rdma.verbs.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.Gid;
import org.fabricmark.transport.rdma.verbs.QueuePairNumber;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.VerbsProviders;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * A process of its own with one end of a connection. It says where it is, hears where its peer is, and then sends back every message.
 * Told to write, it fills the peer's memory again and again; told to send, its receives. It ends when its standard input does.
 */
final class PeerProcess {
    /** How much memory it shows. */
    static final int BYTES = 64 << 20;

    /** How long messages are. */
    static final int MESSAGE = 64;

    /** What it is told to make it write for ever. */
    static final String WRITE = "write";

    /** What it is told to make it send for ever. */
    static final String SEND = "send";

    private static final String END = "end";

    /**
     * Where a queue pair is, and memory that it shows.
     *
     * @param gid its port
     * @param number its number
     * @param address of the memory
     * @param key of the memory
     */
    record Place(Gid gid, QueuePairNumber number, long address, RemoteKey key) {
        static Place of(Side side, Registered memory) {
            return new Place(side.end().gid(), side.pair().number(), memory.at(0), memory.remoteKey());
        }

        String line() {
            return gid.high() + " " + gid.low() + " " + number.value() + " " + address + " " + key.value();
        }

        static Place parse(String line) {
            String[] words = line.split(" ");
            return new Place(
                    new Gid(Long.parseLong(words[0]), Long.parseLong(words[1])),
                    new QueuePairNumber(Integer.parseInt(words[2])), Long.parseLong(words[3]),
                    new RemoteKey(Integer.parseInt(words[4])));
        }
    }

    private PeerProcess() {}

    /** Arguments: provider, fabric, order, seed. */
    public static void main(String[] arguments) throws InterruptedException {
        FabricSpec fabric = new FabricSpec(
                arguments[1], FabricSpec.Scope.HOST, FabricSpec.MemoryOrder.valueOf(arguments[2]),
                Long.parseLong(arguments[3]), CostModel.NONE);
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread.ofPlatform().daemon().start(() -> listen(lines));
        try (End end = new End(VerbsProviders.named(arguments[0]).devices(fabric).getFirst())) {
            Side side = Ends.side(end, ServiceType.RELIABLE_CONNECTION);
            Registered memory = end.memory(BYTES);
            System.out.println(Place.of(side, memory).line());
            Place peer = Place.parse(lines.take());
            Connection.USUAL.connect(side.pair(), peer.gid(), peer.number());
            side.receive(Requests.receive(0, memory, 0, MESSAGE));
            System.out.println("connected");
            serve(side, memory, peer, lines);
        }
    }

    private static void listen(BlockingQueue<String> into) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                into.add(line);
            }
            into.add(END);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(Side side, Registered memory, Place peer, BlockingQueue<String> lines) {
        WorkCompletion[] one = WorkCompletion.array(1);
        for (String line = ""; !END.equals(line); line = lines.isEmpty() ? line : lines.remove()) {
            if (side.receives().poll(one) == 1 && one[0].successful()) {
                side.post(Requests.send(1, memory, 0, MESSAGE));
                while (side.sends().poll(one) == 0) {
                    Thread.onSpinWait();
                }
                side.receive(Requests.receive(0, memory, 0, MESSAGE));
            }
            if (WRITE.equals(line)) {
                postForEver(side, memory, new SendRequest().begin(2).write(peer.address(), peer.key()));
            } else if (SEND.equals(line)) {
                postForEver(side, memory, new SendRequest().begin(2).send());
            }
        }
    }

    /** Until it is killed. */
    private static void postForEver(Side side, Registered memory, SendRequest request) {
        WorkCompletion[] one = WorkCompletion.array(1);
        memory.fill(1);
        request.segment(memory.at(0), BYTES, memory.localKey());
        while (true) {
            side.post(request);
            while (side.sends().poll(one) == 0) {
                Thread.onSpinWait();
            }
            if (one[0].opcode() != request.opcode().completion()) {
                throw new IllegalStateException(one[0].toString());
            }
        }
    }
}
