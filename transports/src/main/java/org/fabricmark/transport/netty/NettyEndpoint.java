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

    /** How long a rank that leaves a failed job stays, so that the others hear why. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long a rank waits for another one to decide why the job has ended. */
    private static final long ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final long LEFT = Long.MAX_VALUE;

    private final TransportContext context;
    private final NettyOptions options;
    private final String name;
    private final Mesh mesh;
    private final NettyMemory memory;
    private final Outbound.Sources puts = new Outbound.Sources();
    private final Outbound.Sources gets = new Outbound.Sources();
    private final long[] stages;
    private long stage;
    private Failure failure;

    /** What the event loop came upon, until {@link #abort} has made it the failure, or another one was first. */
    private Failure noticed;

    private boolean closing;

    private NettyEndpoint(TransportContext context, NettyOptions options, String name) {
        this.context = context;
        this.options = options;
        this.name = name;
        this.stages = new long[context.size()];
        this.memory = new NettyMemory(context.rank(), context.size());
        this.mesh = new Mesh(options, context.size(), puts);
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

    private void checkUsable() {
        if (failure == null && noticed != null) {
            abort(noticed); // not where it was noticed, inside the event loop, which abort runs
        }
        if (failure != null) {
            throw new FabricException(failure);
        }
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
        if (aborted().isPresent()) {
            throw new FabricException(failure);
        }
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
        return new FabricException(failure);
    }

    /**
     * As {@link org.fabricmark.transport.Transport#abort}. Ranks often notice the same end at the same time, each in its own
     * words. So the lowest rank that is not suspected of it decides; the others ask it, and decide themselves when it does not
     * answer soon.
     */
    void abort(Failure reason) {
        if (failure != null) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // see checkUsable
        Connection decider = decider(reason);
        if (decider != null && tell(decider, FailureRecord.encode(reason), NettyLayout.PROPOSED)) {
            long start = System.nanoTime();
            while (failure == null && !decider.over() && System.nanoTime() - start < ANSWER_NANOS) {
                mesh.await(WAIT_NANOS);
            }
        }
        if (failure == null) {
            decide(reason);
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The connection to the rank that decides, or null when this rank does. */
    private Connection decider(Failure reason) {
        for (int peer = 0; peer < rank(); peer++) {
            Connection connection = mesh.connection(peer, 0);
            if (peer != reason.peer() && connection != null && !connection.over()) {
                return connection;
            }
        }
        return null;
    }

    private void decide(Failure reason) {
        failure = reason;
        byte[] record = FailureRecord.encode(reason);
        for (Connection connection : mesh.all()) {
            if (connection.number() == 0 && !connection.over()) {
                tell(connection, record, NettyLayout.DECIDED);
            }
        }
    }

    /** @return false when the peer takes nothing now */
    private static boolean tell(Connection connection, byte[] record, long state) {
        Outbound outbound = connection.outbound();
        if (!outbound.roomForControl(NettyLayout.HEADER_BYTES + record.length)) {
            return false;
        }
        outbound.addControl(NettyLayout.ABORT, record, state);
        outbound.flush();
        return true;
    }

    /** As {@link org.fabricmark.transport.Transport#aborted}. */
    Optional<Failure> aborted() {
        if (failure == null) {
            context.watch().failure().ifPresent(this::abort);
        }
        if (failure == null && noticed != null) {
            abort(noticed);
        }
        return Optional.ofNullable(failure);
    }

    @Override
    public Transfers established(Connection connection) {
        Transfers transfers = new Transfers(connection, memory, gets, this, options.copiedBytes());
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
    public void abort(int peer, byte[] record) throws WireException {
        Failure reason = FailureRecord.decode(record, name);
        if (failure == null) {
            decide(reason); // whether the peer proposes or hands on: this rank knows of nothing else
        }
    }

    @Override
    public void ended(Connection connection, Throwable cause) {
        int peer = connection.peer();
        if (!connection.established() || noticed != null || stages[peer] == LEFT) {
            return; // before it is in use the meeting looks after it
        }
        noticed = new Failure(
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
                                cause == null ? "the connection was closed" : text(cause)));
    }

    private static String text(Throwable cause) {
        return String.valueOf(cause.getMessage()).lines().findFirst().orElse("").toLowerCase(Locale.ROOT);
    }

    @Override
    public void broken(Connection connection, WireException cause) {
        if (connection.established() && noticed == null) {
            noticed = new Failure(
                    Category.PROGRAM_WRONG,
                    rank(),
                    connection.peer(),
                    Failure.UNKNOWN,
                    name,
                    0,
                    "rank %d closes the connection to rank %d at %s, which sent %s"
                            .formatted(rank(), connection.peer(), connection.address(), cause.getMessage()));
        }
        connection.channel().close();
    }

    /** As {@link org.fabricmark.transport.Transport#close}; called once. */
    void close() {
        closing = true;
        try {
            if (failure == null) {
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
            if (failure != null) {
                mesh.linger(LINGER_NANOS);
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
