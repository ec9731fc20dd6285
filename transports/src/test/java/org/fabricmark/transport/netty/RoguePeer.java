package org.fabricmark.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.fabricmark.bootstrap.Job;

/** A program at rank 0's port that need not be what it says: it speaks byte by byte, as a test tells it to. */
final class RoguePeer implements AutoCloseable {
    private static final int RANK = 1;

    private final Job job;
    private final DirectoryRendezvous place;
    private final Socket socket;
    private byte[] hello;

    private RoguePeer(Job job, DirectoryRendezvous place, Socket socket) {
        this.job = job;
        this.place = place;
        this.socket = socket;
    }

    /** Waits until rank 0 of {@code job} listens, and connects. */
    static RoguePeer call(Job job) throws IOException {
        DirectoryRendezvous place = DirectoryRendezvous.of(Path.of("/tmp"), job.name(), RANK, "netty");
        Optional<String> address = place.address(0);
        while (address.isEmpty()) { // the test has a time limit
            Thread.onSpinWait();
            address = place.address(0);
        }
        int colon = address.get().indexOf(':');
        Socket socket = new Socket();
        socket.connect(new InetSocketAddress(
                InetAddress.getByAddress(HexFormat.of().parseHex(address.get().substring(0, colon))),
                Integer.parseInt(address.get().substring(colon + 1))));
        return new RoguePeer(job, place, socket);
    }

    void send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    byte[] receive(int bytes) throws IOException {
        return socket.getInputStream().readNBytes(bytes);
    }

    /** Whether rank 0 closes the connection; waits for it. */
    boolean isTurnedAway() throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (IOException e) {
            return String.valueOf(e.getMessage()).contains("reset");
        }
    }

    JobProof proof() throws IOException {
        return new JobProof(place.secret().orElseThrow(), job.name());
    }

    /** Says HELLO with these claims. */
    void hello(int version, String jobName, int size, int from) throws IOException {
        hello = ByteBuffer.allocate(NettyLayout.HELLO_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(NettyLayout.MAGIC)
                .putInt(version)
                .putInt(size)
                .putInt(from)
                .putInt(0)
                .putInt(0)
                .putInt(1)
                .put(new JobProof(new byte[JobProof.SECRET_BYTES], jobName).digest())
                .put(proof().nonce())
                .array();
        send(hello);
    }

    /** The number of the verdict in rank 0's CHALLENGE, after {@link #hello}; answers with a proof when it is a welcome. */
    int verdictOfChallenge(JobProof proof) throws IOException {
        byte[] challenge = receive(NettyLayout.CHALLENGE_BYTES);
        int verdict = verdict(challenge);
        if (verdict == Verdict.WELCOME.ordinal()) {
            send(proof.prove(
                    JobProof.Side.CONNECTOR, hello, Arrays.copyOf(challenge, NettyLayout.CHALLENGE_PROOF_OFFSET)));
        }
        return verdict;
    }

    int verdictOfWelcome() throws IOException {
        return verdict(receive(NettyLayout.WELCOME_BYTES));
    }

    private static int verdict(byte[] message) {
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN).getInt(NettyLayout.VERDICT_OFFSET);
    }

    /** Becomes rank 1 of the job, as a true one would. */
    void join() throws IOException {
        place.claim();
        hello(NettyLayout.VERSION, job.name(), job.size(), RANK);
        verdictOfChallenge(proof());
        verdictOfWelcome();
        send(frame(NettyLayout.STAGE, 0, 0, NettyLayout.NO_SIGNAL, 1)); // attached
    }

    static byte[] frame(int kind, int length, long place, long signal, long total) {
        return ByteBuffer.allocate(NettyLayout.HEADER_BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(kind)
                .putInt(length)
                .putLong(place)
                .putLong(signal)
                .putLong(total)
                .array();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
