package org.fabricmark.transport.netty;

import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.fabricmark.memory.AddressSpace;

/**
 * How a connection opens; {@link NettyLayout} draws the messages. The connector says who it is; the acceptor checks that and
 * proves that it knows the secret; the connector proves the same; the acceptor says welcome. Nothing that a stranger sends
 * does more than end its own connection.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Handshake {
    /** Who may come in. */
    interface Door {
        /** Whether rank {@code from} may have connection number {@code connection} now. */
        Verdict verdict(int from, int connection);

        /** The connection was refused; the other end has been told. */
        void refused(Connection connection, int from, Verdict verdict);
    }

    /**
     * What both ends must have the same.
     *
     * @param proof of the job
     * @param rank this rank
     * @param size how many ranks
     * @param connections between two ranks
     */
    record Party(JobProof proof, int rank, int size, int connections) {}

    private final Connection connection;
    private final Party party;
    private final Door door;
    private final JobProof.Side side;
    private final long since = System.nanoTime();
    private byte[] hello;
    private byte[] challenge;
    private int from;
    private boolean done;

    private Handshake(Connection connection, Party party, Door door, JobProof.Side side) {
        this.connection = connection;
        this.party = party;
        this.door = door;
        this.side = side;
    }

    /** This end was called. */
    static Handshake accepting(Connection connection, Party party, Door door) {
        return new Handshake(connection, party, door, JobProof.Side.ACCEPTOR);
    }

    /** This end calls rank {@code to}. */
    static Handshake connecting(Connection connection, Party party, int to, int number) {
        Handshake handshake = new Handshake(connection, party, null, JobProof.Side.CONNECTOR);
        connection.isWith(to, number);
        handshake.hello = message(NettyLayout.HELLO_BYTES)
                .putInt(NettyLayout.VERSION)
                .putInt(party.size())
                .putInt(party.rank())
                .putInt(to)
                .putInt(number)
                .putInt(party.connections())
                .put(party.proof().digest())
                .put(party.proof().nonce())
                .array();
        return handshake;
    }

    private static ByteBuffer message(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(NettyLayout.MAGIC);
    }

    /** The connector's first word. */
    void hello() {
        send(hello);
    }

    /** Whether this end has called. */
    boolean calling() {
        return side == JobProof.Side.CONNECTOR;
    }

    /** Nanoseconds since the connection was there. */
    long age() {
        return System.nanoTime() - since;
    }

    /** Whether frames may follow. */
    boolean done() {
        return done;
    }

    /**
     * Takes bytes from {@code start} to {@code end}.
     *
     * @return the address of the first that was not taken, because its message is not complete, or because the handshake is over
     */
    long take(long start, long end) throws WireException {
        long at = start;
        while (!done && !connection.over()) {
            int bytes = expected();
            if (end - at < bytes) {
                checkBeginning(at, end);
                return at;
            }
            understand(AddressSpace.segment(at, bytes).toArray(ValueLayout.JAVA_BYTE));
            at += bytes;
        }
        return connection.over() ? end : at;
    }

    private int expected() {
        if (side == JobProof.Side.CONNECTOR) {
            return challenge == null ? NettyLayout.CHALLENGE_BYTES : NettyLayout.WELCOME_BYTES;
        }
        return hello == null ? NettyLayout.HELLO_BYTES : NettyLayout.PROOF_BYTES;
    }

    /** A stranger is known by its first bytes, however few it sends. */
    private void checkBeginning(long at, long end) throws WireException {
        if (challenge == null && end - at >= Long.BYTES) {
            checkMagic(AddressSpace.segment(at, Long.BYTES).toArray(ValueLayout.JAVA_BYTE));
        }
    }

    private static void checkMagic(byte[] message) throws WireException {
        if (fields(message).getLong(0) != NettyLayout.MAGIC) {
            throw new WireException("something that is no handshake");
        }
    }

    private static ByteBuffer fields(byte[] message) {
        return ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void understand(byte[] message) throws WireException {
        if (side == JobProof.Side.CONNECTOR) {
            checkMagic(message);
            if (challenge == null) {
                answer(message);
            } else {
                checkVerdict(message);
                done = true;
            }
        } else if (hello == null) {
            checkMagic(message);
            challenge(message);
        } else {
            welcome(message);
        }
    }

    /** The acceptor has heard HELLO. */
    private void challenge(byte[] message) {
        hello = message;
        ByteBuffer fields = fields(message);
        from = fields.getInt(NettyLayout.FROM_OFFSET);
        int number = fields.getInt(NettyLayout.CONNECTION_OFFSET);
        Verdict verdict = verdict(fields, number);
        challenge = message(NettyLayout.CHALLENGE_BYTES)
                .putInt(NettyLayout.VERSION)
                .putInt(verdict.ordinal())
                .position(NettyLayout.CHALLENGE_NONCE_OFFSET)
                .put(party.proof().nonce())
                .array();
        if (verdict == Verdict.WELCOME) {
            connection.isWith(from, number);
            byte[] proof = party.proof().prove(JobProof.Side.ACCEPTOR, hello, unproven());
            fields(challenge).position(NettyLayout.CHALLENGE_PROOF_OFFSET).put(proof);
            send(challenge);
        } else {
            refuse(challenge, verdict);
        }
    }

    private Verdict verdict(ByteBuffer fields, int number) {
        if (fields.getInt(NettyLayout.VERSION_OFFSET) != NettyLayout.VERSION) {
            return Verdict.VERSION;
        }
        byte[] job = new byte[NettyLayout.DIGEST_BYTES];
        fields.get(NettyLayout.JOB_OFFSET, job);
        if (!Arrays.equals(job, party.proof().digest())) {
            return Verdict.JOB;
        }
        if (fields.getInt(NettyLayout.SIZE_OFFSET) != party.size()
                || fields.getInt(NettyLayout.CONNECTIONS_OFFSET) != party.connections()) {
            return Verdict.SIZE;
        }
        if (fields.getInt(NettyLayout.TO_OFFSET) != party.rank()
                || from <= party.rank()
                || from >= party.size()
                || number < 0
                || number >= party.connections()) {
            return Verdict.RANK;
        }
        return Verdict.WELCOME;
    }

    /** The acceptor has heard PROOF. Only now it is known that the other end is a rank of this job. */
    private void welcome(byte[] proof) {
        boolean right = party.proof().accepts(proof, JobProof.Side.CONNECTOR, hello, unproven());
        Verdict verdict = right ? door.verdict(from, connection.number()) : Verdict.SECRET;
        byte[] answer = message(NettyLayout.WELCOME_BYTES)
                .putInt(NettyLayout.VERSION)
                .putInt(verdict.ordinal())
                .array();
        if (verdict == Verdict.WELCOME) {
            send(answer);
            done = true;
        } else {
            refuse(answer, verdict);
        }
    }

    /** The connector has heard CHALLENGE. */
    private void answer(byte[] message) throws WireException {
        challenge = message;
        checkVerdict(message);
        byte[] proof =
                Arrays.copyOfRange(challenge, NettyLayout.CHALLENGE_PROOF_OFFSET, NettyLayout.CHALLENGE_BYTES);
        if (!party.proof().accepts(proof, JobProof.Side.ACCEPTOR, hello, unproven())) {
            throw new RefusedException(Verdict.SECRET);
        }
        send(party.proof().prove(JobProof.Side.CONNECTOR, hello, unproven()));
    }

    private static void checkVerdict(byte[] message) throws WireException {
        if (fields(message).getInt(NettyLayout.VERSION_OFFSET) != NettyLayout.VERSION) {
            throw new RefusedException(Verdict.VERSION);
        }
        Verdict verdict = Verdict.of(fields(message).getInt(NettyLayout.VERDICT_OFFSET));
        if (verdict != Verdict.WELCOME) {
            throw new RefusedException(verdict);
        }
    }

    private byte[] unproven() {
        return Arrays.copyOf(challenge, NettyLayout.CHALLENGE_PROOF_OFFSET);
    }

    private void send(byte[] message) {
        connection.outbound().addBytes(message);
        connection.outbound().flush();
    }

    private void refuse(byte[] message, Verdict verdict) {
        send(message);
        connection.close(); // the channel closes behind what was written
        door.refused(connection, from, verdict);
    }

    /** The other end does not want this rank, or this rank not the other end. */
    static final class RefusedException extends WireException {
        private static final long serialVersionUID = 1L;

        private final Verdict verdict;

        RefusedException(Verdict verdict) {
            super(verdict.words());
            this.verdict = verdict;
        }

        Verdict verdict() {
            return verdict;
        }
    }
}
