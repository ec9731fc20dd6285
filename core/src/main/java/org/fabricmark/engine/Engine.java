package org.fabricmark.engine;

import java.util.Locale;
import org.fabricmark.reduction.CopyKernel;
import org.fabricmark.reduction.Kernels;
import org.fabricmark.schedule.Step;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Transport;

/**
 * Runs programs over one rank's transport.
 *
 * <p>Each channel runs until a step cannot go on: an await whose bumps have not arrived, a flush that is not over, a wire
 * without room. Then the next channel runs; when none can move, the engine {@linkplain Patience waits}. A program of one
 * channel polls in place. Long local steps run in tiles, so that the transport makes
 * progress, an abort is seen, and safepoints are not held up in between.
 *
 * <p>{@link #run} is for a call that is alone. Calls that overlap are advanced in turn by a {@link CallQueue}.
 *
 * <p>After a failure nothing runs any more: the state of the wires is unknown. The failure has then been told to all ranks.
 *
 * <p>Thread rule: the rank's thread.
 */
public final class Engine {
    /** Bytes of each operand that a reduction takes at once. */
    private static final long TILE_BYTES = 256 * 1024;

    final Transport transport;
    final Patience patience;
    final long timeoutNanos;
    private final CopyKernel copies = Kernels.copy();
    private Failure failure;

    /**
     * @param transport open, used by this engine only
     * @param waiting what to do between polls
     * @param timeoutNanos longest wait during which nothing moves
     */
    public Engine(Transport transport, Waiting waiting, long timeoutNanos) {
        this.transport = transport;
        this.timeoutNanos = timeoutNanos;
        this.patience = new Patience(transport, waiting, timeoutNanos);
    }

    /**
     * Runs {@code program} to its end on this rank.
     *
     * @throws FabricException when a wait exceeds its deadline, a rank aborts the job, or the transport fails; from then on
     *     every call throws
     */
    public void run(Program program) {
        checkUsable();
        try {
            if (program.channels() == 1) {
                runChannel(program);
            } else {
                runChannels(program);
            }
            if (!transport.drained()) {
                drain(program);
            }
        } catch (FabricException e) {
            throw failed(e);
        }
    }

    /** Whether no call has failed so far. */
    public boolean usable() {
        return failure == null;
    }

    /** @throws FabricException when a call has failed */
    void checkUsable() {
        if (failure != null) {
            throw new FabricException(failure);
        }
    }

    /** Tells all ranks of {@code e}, unless they have been told of another failure; returns what is to be thrown. */
    FabricException failed(FabricException e) {
        transport.abort(e.failure());
        failure = transport.aborted().orElse(e.failure());
        return failure.equals(e.failure()) ? e : new FabricException(failure, e); // the same on all ranks
    }

    /** Runs the channels of {@code program}, which has been rewound, as far as they go; returns whether anything moved. */
    boolean advance(Program program) {
        int[] positions = program.positions;
        boolean moved = false;
        for (int channel = 0; channel < positions.length; channel++) {
            int from = positions[channel];
            int to = advance(program, channel, from, 1);
            positions[channel] = to;
            moved |= to != from;
        }
        return moved;
    }

    /** Runs {@code program}, which is on its way and alone, to its end. */
    void finish(Program program) {
        if (program.channels() == 1) {
            int at = advance(program, 0, program.positions[0], patience.rawPolls());
            program.positions[0] = at;
            if (!program.ends(at)) {
                resumeChannel(program, at);
            }
        } else {
            finishChannels(program);
        }
        if (!transport.drained()) {
            drain(program);
        }
    }

    private void runChannel(Program program) {
        int at = advance(program, 0, program.entry(0), patience.rawPolls());
        if (!program.ends(at)) {
            resumeChannel(program, at);
        }
    }

    /** The rest of {@link #runChannel} once a step could not go on. */
    private void resumeChannel(Program program, int blocked) {
        int at = blocked;
        patience.reset();
        do {
            program.positions[0] = at;
            if (patience.once()) {
                throw deadlinePassed(program);
            }
            int to = advance(program, 0, at, 1);
            if (to != at) {
                patience.reset();
                at = to;
            }
        } while (!program.ends(at));
        program.positions[0] = at;
    }

    private void runChannels(Program program) {
        program.rewind();
        finishChannels(program);
    }

    private void finishChannels(Program program) {
        patience.reset();
        while (true) {
            boolean moved = advance(program);
            if (program.ended()) {
                return;
            }
            if (moved) {
                patience.reset();
            } else if (patience.once()) {
                throw deadlinePassed(program);
            }
        }
    }

    private void drain(Program program) {
        patience.reset();
        while (!transport.drained()) {
            if (patience.once()) {
                throw deadlinePassed(program);
            }
        }
    }

    /**
     * Runs one channel from {@code position} until it ends or cannot go on.
     *
     * @return where it stands
     */
    private int advance(Program program, int channel, int position, int polls) {
        final long[] code = program.code;
        final long[] totals = program.totals;
        int at = position;
        while (true) {
            long instruction = code[at];
            boolean done = switch (Opcode.of(instruction)) {
                case Opcode.AWAIT -> await(code, at, totals, polls);
                case Opcode.AWAIT_SELF -> awaitSelf(code, at, totals);
                case Opcode.NOTIFY -> notifyPeer(code, at, totals, channel);
                case Opcode.NOTIFY_SELF -> notifySelf(code, at, totals);
                case Opcode.PUT ->
                    transport.put((int) code[at + 1], channel, code[at + 2], code[at + 3], code[at + 4]);
                case Opcode.PUT_NOTIFY -> putAndNotify(code, at, totals, channel);
                case Opcode.GET ->
                    transport.get((int) code[at + 1], channel, code[at + 2], code[at + 3], code[at + 4]);
                case Opcode.REDUCE -> reduce(program, at, false);
                case Opcode.REDUCE_DIVIDE -> reduce(program, at, true);
                case Opcode.COPY -> copy(code[at + 1], code[at + 2], code[at + 3]);
                case Opcode.MULTICAST -> multicast(code, at);
                case Opcode.FLUSH -> transport.flushed(channel);
                default -> false; // END
            };
            if (!done) {
                return at;
            }
            at += Opcode.words(instruction);
        }
    }

    private boolean await(long[] code, int at, long[] totals, int polls) {
        long signal = code[at + 1];
        int slot = (int) code[at + 2];
        long total = totals[slot] + code[at + 3];
        for (int poll = 0; poll < polls; poll++) {
            if (transport.arrived(signal, total)) {
                totals[slot] = total;
                return true;
            }
        }
        return false;
    }

    private static boolean awaitSelf(long[] code, int at, long[] totals) {
        int slot = (int) code[at + 2];
        long total = totals[slot] + code[at + 3];
        if (totals[(int) code[at + 1]] < total) {
            return false;
        }
        totals[slot] = total;
        return true;
    }

    private boolean notifyPeer(long[] code, int at, long[] totals, int channel) {
        int slot = (int) code[at + 3];
        long total = totals[slot] + 1;
        if (!transport.notifyPeer((int) code[at + 1], channel, code[at + 2], total)) {
            return false;
        }
        totals[slot] = total;
        return true;
    }

    private static boolean notifySelf(long[] code, int at, long[] totals) {
        totals[(int) code[at + 1]]++;
        return true;
    }

    private boolean putAndNotify(long[] code, int at, long[] totals, int channel) {
        int slot = (int) code[at + 6];
        long total = totals[slot] + 1;
        boolean sole = code[at + 7] != 0;
        if (!transport.putAndNotify(
                (int) code[at + 1], channel, code[at + 2], code[at + 3], code[at + 4], code[at + 5], total, sole)) {
            return false;
        }
        totals[slot] = total;
        return true;
    }

    private boolean reduce(Program program, int at, boolean divide) {
        long[] code = program.code;
        int sources = (int) code[at + 1];
        int targets = (int) code[at + 2];
        long elements = code[at + 3];
        long tile = TILE_BYTES / program.elementBytes;
        for (long done = 0;; betweenTiles()) {
            long length = Math.min(tile, elements - done);
            long offset = done * program.elementBytes;
            if (divide) {
                program.kernel.reduceAndDivide(code, at + 4, sources, targets, offset, length, program.divisor);
            } else {
                program.kernel.reduce(code, at + 4, sources, targets, offset, length);
            }
            done += length;
            if (done == elements) {
                return true;
            }
        }
    }

    private boolean copy(long from, long to, long bytes) {
        long tile = CopyKernel.tileBytes(bytes);
        for (long done = 0;; betweenTiles()) {
            long length = Math.min(tile, bytes - done);
            copies.copy(from + done, to + done, length);
            done += length;
            if (done == bytes) {
                return true;
            }
        }
    }

    private boolean multicast(long[] code, int at) {
        int targets = (int) code[at + 1];
        long bytes = code[at + 2];
        long tile = CopyKernel.tileBytes(bytes);
        for (long done = 0;; betweenTiles()) {
            long length = Math.min(tile, bytes - done);
            copies.multicast(code, at + 3, targets, done, length);
            done += length;
            if (done == bytes) {
                return true;
            }
        }
    }

    private void betweenTiles() {
        transport.progress();
        patience.checkAborted();
    }

    private FabricException deadlinePassed(Program program) {
        return deadlinePassed(program, patience.elapsedNanos());
    }

    /** The failure of a wait for {@code program} that has lasted {@code elapsedNanos}. */
    FabricException deadlinePassed(Program program, long elapsedNanos) {
        int blocked = 0;
        while (blocked < program.positions.length - 1
                && program.ends(program.positions[blocked])) {
            blocked++;
        }
        int number = program.step(program.positions[blocked]);
        boolean ended = program.ends(program.positions[blocked]);
        Step step = ended ? null : program.stepAt(number);
        int peer = peer(step);
        int silent = peer == Failure.UNKNOWN ? peer : transport.silentRank(peer);
        String what = String.format(
                Locale.ROOT,
                "rank %d waited %.1f s for %s at step %d (%s) over %s%s",
                transport.rank(),
                elapsedNanos / 1e9,
                peer == Failure.UNKNOWN ? "its transfers" : "rank " + peer,
                number,
                name(step),
                transport.name(),
                silent == peer ? "" : ", because rank " + silent + " has stopped");
        return new FabricException(new Failure(
                Category.LINK_LOST,
                transport.rank(),
                silent,
                number,
                transport.name(),
                elapsedNanos,
                what));
    }

    private static int peer(Step step) {
        return switch (step) {
            case Step.Await await -> await.peer();
            case Step.Notify bump -> bump.peer();
            case Step.Put put -> put.target().rank();
            case Step.Get get -> get.source().rank();
            case null, default -> Failure.UNKNOWN;
        };
    }

    private static String name(Step step) {
        return switch (step) {
            case Step.Await await -> "await signal " + await.signal();
            case Step.Notify bump -> "notify signal " + bump.signal();
            case Step.Put put -> put.signal() == Step.NO_SIGNAL ? "put" : "put with signal " + put.signal();
            case Step.Get _ -> "get";
            case Step.Flush _ -> "flush";
            case null, default -> "end";
        };
    }
}
