package org.fabricmark.bench.primitive.verbs;

import org.fabricmark.bench.baseline.ExchangeProbe;
import org.fabricmark.bench.primitive.LeadingRank;
import org.fabricmark.bench.primitive.verbs.PairLines.Command;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;

/**
 * What one of the two ranks has for measuring: its end of the verbs, and lines of shared memory beside them, by which rank 0 leads.
 *
 * <p>A stretch of rounds ends with a fence in each direction on each queue pair: a write of no bytes with immediate. When the receive
 * that it uses up has completed, the specification promises that all that was sent before is visible; then data are checked.
 *
 * <p>Thread rule: the rank's thread.
 */
final class VerbsRank implements LeadingRank {
    private static final TransportSpec SHARED_MEMORY = TransportSpec.parse("shm");

    private final Queues queues;
    private final Communicator communicator;
    private final Transport side;
    private final PairLines lines;
    private final VerbsEnd end;
    private final VerbsData data;
    private final Completions completions;
    private final Waiting waiting;
    private final ExchangeProbe probe;
    private final PingPong pingPong;
    private final Requests requests;
    private final Stream stream;
    private VerbsPrimitive primitive;
    private Rounds current;
    private int bytes;
    private long rounds;
    private long stretch;

    /** Collective. */
    VerbsRank(Job job, Communicator communicator, VerbsCase subject) {
        this.queues = subject.queues();
        this.communicator = communicator;
        this.side = job.beside("lines", SHARED_MEMORY, communicator).open(communicator.rank());
        try {
            this.lines = new PairLines(side.allocate(PairLines.bytes(queues.pairs())).directAddress(0, 0),
                    queues.pairs());
            this.end = new VerbsEnd(subject, job.name() + "-verbs", communicator, lines);
        } catch (RuntimeException e) {
            side.abort(FabricException.failureOf(e, side.rank(), side.name()));
            try (side) {
                throw e;
            }
        }
        this.data = new VerbsData(end, communicator.rank());
        this.completions = new Completions(communicator.rank(), end, lines);
        this.waiting = new Waiting(communicator, end.context(), job.config());
        this.probe = lines.probe(communicator.rank(), waiting::check);
        this.pingPong = new PingPong(completions, waiting);
        this.requests = new Requests(completions, waiting);
        this.stream = new Stream(completions, waiting, lines, queues, end.receivesPosted());
    }

    @Override
    public void follow() {
        while (true) {
            communicator.barrier();
            switch (lines.command()) {
                case LEAVE -> {
                    return;
                }
                case EXCHANGE -> probe.exchange(ExchangeProbe.NANOS);
                case ROUND_TRIP -> probe.roundTrip(ExchangeProbe.NANOS);
                case ROUNDS -> answer();
            }
        }
    }

    private void answer() {
        prepare();
        if (primitive.pattern() == VerbsPrimitive.Pattern.PING_PONG) {
            do {
                current.answer();
                rounds++;
            } while (rounds != lines.last());
        } else {
            while (lines.last() != stretch) {
                current.answer();
            }
            rounds = stretch;
        }
        fence();
        communicator.barrier();
        lines.wrong(primitive.atomic() ? data.sum() : wrong());
        communicator.barrier();
    }

    /** Rank 0: a stretch of rounds begins. */
    void begin(VerbsPrimitive subject, int size) {
        lines.subject(subject, size);
        lines.last(PairLines.NONE);
        command(Command.ROUNDS);
        prepare();
    }

    private void prepare() {
        primitive = lines.primitive();
        bytes = lines.bytes();
        stretch++;
        rounds = 0;
        current = switch (primitive.pattern()) {
            case PING_PONG -> pingPong;
            case REQUEST -> requests;
            case STREAM -> stream;
        };
        data.write(primitive, bytes, stretch);
        for (Lane lane : end.lanes()) {
            lane.prepare(primitive, bytes, queues, end.inline());
        }
        completions.prepare();
        current.prepare(primitive, bytes);
        communicator.barrier(); // nothing lands before it is poisoned
    }

    @Override
    public void lead() {
        current.lead();
        rounds++;
    }

    /**
     * Rank 0: ends the stretch by at least one more round, so that every queue pair has had one; returns how many bytes, or results,
     * are wrong on both ranks.
     */
    long finish() {
        if (primitive.pattern() == VerbsPrimitive.Pattern.PING_PONG) {
            lines.last(rounds + 1);
            lead();
        } else {
            do {
                lead();
            } while (primitive.streams() && end.lanes().stream().anyMatch(lane -> lane.posted() == 0));
            lines.last(stretch);
        }
        fence();
        communicator.barrier();
        communicator.barrier();
        if (primitive.atomic()) {
            long posted = end.lanes().stream().mapToLong(Lane::posted).sum();
            return Math.abs(posted - lines.wrong());
        }
        return lines.wrong() + wrong();
    }

    private long wrong() {
        int last = current == pingPong ? pingPong.lastByte().orElse(-1) : -1;
        return data.wrong(primitive, bytes, stretch, last);
    }

    private void fence() {
        for (Lane lane : end.lanes()) {
            lane.fence();
        }
        waiting.begin();
        while (!completions.fenced()) {
            boolean any = completions.takeSends();
            any |= completions.takeReceives();
            if (!any) {
                waiting.again();
            }
        }
        completions.tellReceives();
    }

    /** Rank 0: rank 1 is to do this now. */
    private void command(Command command) {
        lines.command(command);
        communicator.barrier();
    }

    @Override
    public void dismiss() {
        command(Command.LEAVE);
    }

    @Override
    public double probe(boolean roundTrip) {
        command(roundTrip ? Command.ROUND_TRIP : Command.EXCHANGE);
        return roundTrip ? probe.roundTrip(ExchangeProbe.NANOS) : probe.exchange(ExchangeProbe.NANOS);
    }

    /** What this rank has of the device. */
    VerbsEnd end() {
        return end;
    }

    /** Rank 0, in a stretch of a stream whose requests are all signalled: posts one, and takes its completion. */
    void postAndPoll() {
        Lane lane = completions.lanes()[0];
        lane.post();
        while (lane.underWay() > 0) {
            if (!completions.takeSends()) {
                waiting.again();
            }
        }
    }

    /** Rank 0: looks for completions. @return whether there were any */
    boolean poll() {
        return completions.takeSends();
    }

    @Override
    public void abort(Throwable cause) {
        side.abort(FabricException.failureOf(cause, side.rank(), side.name()));
    }

    @Override
    public void close() {
        try (side) {
            end.close();
        }
    }
}
