package org.fabricmark.transport.netty;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.TransportContext;

/**
 * One rank's standing in the job: attached, in step with the others at set-up barriers, or failed. It owns the {@link Mesh} of
 * connections and the {@link NettyMemory} that peers can name.
 *
 * <p>A failure travels: who notices one tells all peers, who hand it on before they close; so each hears the reason before it
 * sees connections end.
 *
 * <p>Thread rule: the rank's thread.
 */
final class NettyEndpoint implements Connection.Owner, Transfers.Job {
    /** How long a set-up wait sleeps at most before it looks at its deadline. */
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    /** How long a rank that shares its core sleeps at most before it looks whether it waits in vain. */
    private static final long REST_NANOS = 1_000_000;

    /** How long a rank that leaves a failed job stays, so that the others hear why. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long LEFT = Long.MAX_VALUE;

    private final TransportContext context;
    private final NettyOptions options;
    private final String name;
    private final Mesh mesh;
    private final NettyMemory memory;
    private final Outbound.Sources puts = new Outbound.Sources();
    private final Outbound.Sources gets = new Outbound.Sources();
    private final long[] stages;
    private final JobEnd end;
    private final SignsOfLife signs;
    private long stage;
    private boolean closing;

    private NettyEndpoint(TransportContext context, NettyOptions options, String name) {
        this.context = context;
        this.options = options;
        this.name = name;
        this.stages = new long[context.size()];
        this.memory = new NettyMemory(context.rank(), context.size());
        this.mesh = new Mesh(options, context.size(), puts);
        this.end = new JobEnd(context.rank(), mesh, context.watch());
        this.signs = new SignsOfLife(context.rank(), context.size(), mesh);
    }

    /** Meets the other ranks. Collective. */
    static NettyEndpoint attach(TransportContext context, NettyOptions options, String name) {
        NettyEndpoint endpoint = new NettyEndpoint(context, options, name);
        try {
            endpoint.meet();
            return endpoint;
        } catch (RuntimeException e) {
            endpoint.leave();
            throw e;
        }
    }

    private void meet() {
        try (DirectoryRendezvous place =
                DirectoryRendezvous.of(options.directory(), context.job(), rank(), name)) {
            Meeting meeting = new Meeting(this, mesh, options, place);
            try {
                meeting.connect();
                barrier("to attach");
            } catch (FabricException e) {
                place.fail(e.failure());
                awaitOthersHearing(place);
                throw e;
            } finally {
                mesh.stopListening();
            }
        } catch (IOException e) {
            throw failed(Failure.of(
                    Category.NO_ROOM,
                    rank(),
                    name,
                    "rank %d cannot meet the others of job %s in %s: %s"
                            .formatted(rank(), context.job(), options.directory(), e)));
        }
    }

    /** Rank 0 removes the place when it closes it; before, the others should have read why. */
    private void awaitOthersHearing(Rendezvous place) throws IOException {
        long start = System.nanoTime();
        boolean interrupted = Thread.interrupted(); // see checkUsable
        while (rank() == 0 && !place.deserted() && System.nanoTime() - start < LINGER_NANOS) {
            mesh.await(WAIT_NANOS);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    int rank() {
        return context.rank();
    }

    int size() {
        return context.size();
    }

    String name() {
        return name;
    }

    TransportContext context() {
        return context;
    }

    NettyMemory memory() {
        return memory;
    }

    Mesh mesh() {
        return mesh;
    }

    /** Whether all memory of puts and gets on {@code channel} belongs to the user again. */
    boolean flushed(int channel) {
        return puts.free(channel) && gets.free(channel);
    }

    /** Moves bytes; does not block. */
    void progress() {
        checkUsable(); // and not afterwards: what has arrived before a failure did counts
        mesh.pump();
    }

    /** As {@link #progress}, asleep until there is something to do, at most {@value #REST_NANOS} ns. */
    void rest() {
        checkUsable();
        mesh.await(REST_NANOS);
    }

    /** As {@link org.fabricmark.transport.Transport#silentRank}. */
    int silentRank(int peer) {
        return end.known() ? peer : signs.silent(peer);
    }

    private void checkUsable() {
        end.checkNotReached();
        // The JDK's channels close when an interrupted thread uses them: the peers would hear of it without the reason.
        if (Thread.currentThread().isInterrupted()) {
            throw failed(Failure.of(
                    Category.INTERRUPTED, rank(), name, "the thread of rank " + rank() + " was interrupted"));
        }
    }

    /**
     * Returns when all ranks have come here.
     *
     * @param purpose for the message of a wait that is too long: {@code to close}
     */
    void barrier(String purpose) {
        stage++;
        stages[rank()] = closing ? LEFT : stage;
        for (int peer = 0; peer < size(); peer++) {
            if (peer != rank()) {
                Outbound outbound = mesh.connection(peer, 0).outbound();
                await(() -> outbound.roomForControl(NettyLayout.HEADER_BYTES), purpose);
                outbound.add(NettyLayout.STAGE, 0, closing ? 1 : 0, NettyLayout.NO_SIGNAL, stage);
            }
        }
        await(() -> behind().isEmpty() && mesh.drained(), purpose);
    }

    private List<Integer> behind() {
        List<Integer> behind = new ArrayList<>();
        for (int peer = 0; peer < size(); peer++) {
            if (stages[peer] < stage) {
                behind.add(peer);
            }
        }
        return behind;
    }

    /** What a set-up wait waits for. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    private void await(Condition condition, String purpose) {
        long start = System.nanoTime();
        while (!condition.holds()) {
            await(start, behind(), purpose, "");
        }
    }

    /**
     * One round of a set-up wait: lets bytes move, and looks whether waiting longer makes sense.
     *
     * @param start when the wait began
     * @param missing who is waited for
     * @param more for the message of a wait that is too long
     */
    void await(long start, List<Integer> missing, String purpose, String more) {
        aborted();
        checkUsable();
        mesh.await(WAIT_NANOS);
        long elapsed = System.nanoTime() - start;
        if (elapsed > context.deadline().toNanos()) {
            int peer = missing.isEmpty() ? Failure.UNKNOWN : missing.getFirst();
            throw failed(new Failure(
                    Category.LINK_LOST,
                    rank(),
                    peer,
                    Failure.UNKNOWN,
                    name,
                    elapsed,
                    "rank %d waited %.1f s for %s %s over %s%s"
                            .formatted(rank(), elapsed / 1e9, ranks(missing), purpose, name, more)));
        }
    }

    private static String ranks(List<Integer> ranks) {
        String numbers = ranks.toString();
        return (ranks.size() == 1 ? "rank " : "ranks ") + numbers.substring(1, numbers.length() - 1);
    }

    /** Ends the job because of {@code reason}, unless it has ended already; the exception has what it has ended for. */
    FabricException failed(Failure reason) {
        abort(reason);
        return new FabricException(aborted().orElseThrow());
    }

    /** As {@link org.fabricmark.transport.Transport#abort}. */
    void abort(Failure reason) {
        end.abort(reason);
    }

    /** As {@link org.fabricmark.transport.Transport#aborted}. */
    Optional<Failure> aborted() {
        return end.look();
    }

    @Override
    public Transfers established(Connection connection) {
        Transfers transfers = new Transfers(
                connection, memory, gets, this, options.copiedBytes(), options.connections());
        mesh.add(connection);
        return transfers;
    }

    @Override
    public void stage(int peer, long number, boolean leaving) throws WireException {
        if (number != stages[peer] + 1) {
            throw new WireException("stage " + number + " after " + stages[peer]);
        }
        stages[peer] = leaving ? LEFT : number;
    }

    @Override
    public void sign(int peer, long question, boolean answer) throws WireException {
        signs.heard(peer, question, answer);
    }

    @Override
    public void abort(byte[] record, boolean decided) throws WireException {
        end.heard(FailureRecord.decode(record, name), decided);
    }

    @Override
    public void ended(Connection connection, Throwable cause) {
        int peer = connection.peer();
        if (!connection.established() || stages[peer] == LEFT) {
            return; // before it is in use the meeting looks after it
        }
        end.notice(new Failure(
                Category.LINK_LOST,
                rank(),
                peer,
                Failure.UNKNOWN,
                name,
                0,
                "rank %d lost rank %d at %s: %s"
                        .formatted(
                                rank(),
                                peer,
                                connection.address(),
                                cause == null ? "the connection was closed" : text(cause))));
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
    }

    @Override
    public void broken(Connection connection, WireException cause) {
        if (connection.established()) {
            end.notice(new Failure(
                    Category.PROGRAM_WRONG,
                    rank(),
                    connection.peer(),
                    Failure.UNKNOWN,
                    name,
                    0,
                    "rank %d closes the connection to rank %d at %s, which sent %s"
                            .formatted(rank(), connection.peer(), connection.address(), cause.getMessage())));
        }
        connection.channel().close();
    }

    /** As {@link org.fabricmark.transport.Transport#close}; called once. */
    void close() {
        closing = true;
        try {
            if (!end.known()) {
                barrier("to close");
            }
        } finally {
            leave();
        }
    }

    /** Closes everything; after a failure stays for a moment, so that peers hear why. */
    private void leave() {
        boolean interrupted = Thread.interrupted(); // see checkUsable
        try {
            if (end.known()) {
                mesh.linger(LINGER_NANOS, end.suspect());
            }
        } finally {
            mesh.close();
            memory.closeAll();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
