package org.fabricmark.transport.netty;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.netty.Handshake.RefusedException;

/**
 * From a rank that knows the name of its job to connections with all others: it takes its number, listens, says where, and calls
 * all ranks below it; those above call it.
 *
 * <p>Whoever else calls is turned away: what is no handshake, or none of this job, or takes too long. That does not disturb the
 * ranks; only the message of a wait that is too long mentions the last one.
 *
 * <p>Thread rule: the rank's thread.
 */
final class Meeting implements Connection.Owner, Handshake.Door {
    /** Longest handshake. */
    private static final long HANDSHAKE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final int LAST_PORT = 65_535;
    private static final String NOWHERE = "-";

    private final NettyEndpoint endpoint;
    private final Mesh mesh;
    private final NettyOptions options;
    private final DirectoryRendezvous place;
    private final long start = System.nanoTime();
    private Handshake.Party party;
    private String turnedAway = "";
    private Failure wrong;

    Meeting(NettyEndpoint endpoint, Mesh mesh, NettyOptions options, DirectoryRendezvous place) {
        this.endpoint = endpoint;
        this.mesh = mesh;
        this.options = options;
        this.place = place;
    }

    /** Returns when all connections are there. */
    void connect() throws IOException {
        String job = endpoint.context().job();
        byte[] secret = await(place::secret, 0, "to create job " + job);
        party = new Handshake.Party(
                new JobProof(secret, job), endpoint.rank(), endpoint.size(), options.connections());
        if (!place.claim()) {
            throw endpoint.failed(Failure.of(
                    Category.PROGRAM_WRONG, endpoint.rank(), endpoint.name(),
                    "two ranks have number " + endpoint.rank() + " in job " + job));
        }
        place.publish(endpoint.rank() < endpoint.size() - 1 ? listen() : NOWHERE);
        for (int peer = 0; peer < endpoint.rank(); peer++) {
            int other = peer;
            String address = await(() -> place.address(other), peer, "to attach");
            for (int number = 0; number < options.connections(); number++) {
                call(peer, number, address);
            }
        }
        while (!mesh.complete()) {
            round(missing(), "to attach");
        }
    }

    /** Something that another rank has to provide. */
    @FunctionalInterface
    private interface Source<T> {
        Optional<T> get() throws IOException;
    }

    private <T> T await(Source<T> source, int peer, String purpose) throws IOException {
        for (Optional<T> found = source.get();; found = source.get()) {
            if (found.isPresent()) {
                return found.get();
            }
            round(List.of(peer), purpose);
        }
    }

    /** One round of a wait; throws when it is in vain. */
    private void round(List<Integer> missing, String purpose) throws IOException {
        endpoint.await(start, missing, purpose, turnedAway);
        for (Connection other : mesh.others()) {
            if (!other.over() && other.handshake().age() > HANDSHAKE_NANOS) {
                turnAway(other, "a handshake that takes too long");
                other.close();
            }
        }
        mesh.tidy();
        if (wrong != null) {
            throw endpoint.failed(wrong);
        }
        Optional<Failure> failure = place.failure();
        if (failure.isPresent()) {
            throw endpoint.failed(failure.get());
        }
        if (party != null && place.gone()) {
            throw endpoint.failed(new Failure(
                    Category.LINK_LOST, endpoint.rank(), 0, Failure.UNKNOWN, endpoint.name(),
                    System.nanoTime() - start,
                    "rank 0 has given up job " + endpoint.context().job() + " before rank " + endpoint.rank()
                            + " was connected"));
        }
    }

    /** Who is not there; if all are, with whom there is no connection yet. */
    private List<Integer> missing() {
        List<Integer> absent = new ArrayList<>();
        List<Integer> apart = new ArrayList<>();
        for (int peer = 0; peer < endpoint.size(); peer++) {
            if (peer != endpoint.rank() && !mesh.complete(peer)) {
                (place.present(peer) ? apart : absent).add(peer);
            }
        }
        return absent.isEmpty() ? apart : absent;
    }

    /** @return the address, as {@link #address} reads it */
    private String listen() throws IOException {
        try {
            SocketAddress bound = mesh.listen(ownAddress(), this, (connection, peerAddress) -> connection.begin(
                    Handshake.accepting(connection, party, this), peerAddress));
            return bound instanceof InetSocketAddress inet
                    ? HexFormat.of().formatHex(inet.getAddress().getAddress()) + ":" + inet.getPort()
                    : place.socket().toString();
        } catch (Mesh.ListenException e) {
            throw endpoint.failed(Failure.of(
                    Category.NO_ROOM,
                    endpoint.rank(),
                    endpoint.name(),
                    "rank %d cannot listen at %s: %s".formatted(endpoint.rank(), ownAddress(), e.getMessage())));
        }
    }

    private SocketAddress ownAddress() throws UnknownHostException {
        if (options.unix()) {
            return options.io().unixAddress(place.socket());
        }
        int port = options.port() == 0 ? 0 : options.port() + endpoint.rank();
        if (port > LAST_PORT) {
            throw endpoint.failed(Failure.of(
                    Category.PROGRAM_WRONG, endpoint.rank(), endpoint.name(),
                    "rank %d would listen at port %d: choose a lower port".formatted(endpoint.rank(), port)));
        }
        return new InetSocketAddress(InetAddress.getByName(options.host()), port);
    }

    private SocketAddress address(String text) throws IOException {
        if (options.unix()) {
            return options.io().unixAddress(Path.of(text));
        }
        int colon = text.indexOf(':');
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(HexFormat.of().parseHex(text, 0, colon)),
                    Integer.parseInt(text, colon + 1, text.length(), 10));
        } catch (IllegalArgumentException e) {
            throw new IOException("'" + text + "' is no address of a rank", e);
        }
    }

    private void call(int peer, int number, String address) throws IOException {
        mesh.connect(address(address), this, (connection, peerAddress) -> connection.begin(
                Handshake.connecting(connection, party, peer, number), peerAddress));
    }

    @Override
    public Transfers established(Connection connection) {
        return endpoint.established(connection);
    }

    @Override
    public Verdict verdict(int from, int number) {
        return mesh.connection(from, number) == null ? Verdict.WELCOME : Verdict.TAKEN;
    }

    @Override
    public void refused(Connection connection, int from, Verdict verdict) {
        turnAway(connection, "rank " + from + " with " + verdict.words());
        if (verdict == Verdict.TAKEN) { // it has proven that it belongs to the job
            wrong = Failure.of(
                    Category.PROGRAM_WRONG, endpoint.rank(), endpoint.name(),
                    "two ranks have number " + from + " in job " + endpoint.context().job());
        }
    }

    private void turnAway(Connection connection, String why) {
        turnedAway = "; it turned away " + connection.address() + ": " + why;
    }

    @Override
    public void ended(Connection connection, Throwable cause) {
        if (connection.established()) {
            endpoint.ended(connection, cause);
        } else if (connection.handshake().calling()) {
            wrong = new Failure(
                    Category.LINK_LOST,
                    endpoint.rank(),
                    connection.peer(),
                    Failure.UNKNOWN,
                    endpoint.name(),
                    System.nanoTime() - start,
                    "rank %d cannot connect to rank %d at %s: %s"
                            .formatted(
                                    endpoint.rank(),
                                    connection.peer(),
                                    connection.address(),
                                    cause == null ? "it closed the connection" : cause.getMessage()));
        } else {
            turnAway(connection, "it left in the middle of the handshake");
        }
    }

    @Override
    public void broken(Connection connection, WireException cause) {
        if (connection.established()) {
            endpoint.broken(connection, cause);
            return;
        }
        connection.channel().close();
        if (!connection.handshake().calling()) {
            turnAway(connection, cause.getMessage());
            return;
        }
        String what = cause instanceof RefusedException refused
                ? "do not belong together: " + refused.verdict().words()
                : "do not understand each other: " + cause.getMessage();
        wrong = Failure.of(
                Category.PROGRAM_WRONG,
                endpoint.rank(),
                endpoint.name(),
                "rank %d and rank %d at %s %s"
                        .formatted(endpoint.rank(), connection.peer(), connection.address(), what));
    }
}
