package org.fabricmark.schedule.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Step;
import org.fabricmark.schedule.verify.Violation.Kind;

/**
 * The canonical run: ranks enter calls in order, each as soon as it may, and leave them; every channel goes as far as it can,
 * and goes on when the bump that it waits for has been sent. What a step means is said in {@link Steps}.
 *
 * <p>Whether a rank may enter a call depends on which calls it has left, never on time, so calls that overlap are still one
 * deterministic network: one run stands for all interleavings. What a rank does in a call is ordered behind the entry of that
 * call, the entries before it, and the calls that had to be left before it, and behind nothing else.
 */
final class Execution {
    private final List<PlannedCall> plan;
    private final Knowledge knowledge;
    private final Event event;
    private final Buffers buffers;
    private final Values values = new Values();
    private final Outcome outcome;
    private final Steps steps;
    private final Participant[] participants;
    private final ArrayDeque<Channel> runnable = new ArrayDeque<>();

    /** A call that a rank has entered and not left. */
    private static final class Underway {
        private final PlannedCall call;
        private final List<Channel> channels = new ArrayList<>();
        private int unfinished;

        Underway(PlannedCall call) {
            this.call = call;
        }
    }

    /** What an actor knew at an event; others learn it later. */
    private record Moment(int actor, int time, int[] known) {}

    /** A rank on its way through the calls. */
    private static final class Participant {
        private final int rank;
        private final Underway[] underway;
        private final boolean[] left;

        /** By call, when several may be under way. */
        private final Moment[] exits;

        private int entered;

        /** How many calls, counted from the first, have been left. */
        private int leftBefore;

        /** How many of them the latest entry knows of. */
        private int known;

        private Moment lastEntry;
        private PlannedCall executing;

        Participant(int rank, int calls, int slots) {
            this.rank = rank;
            this.underway = new Underway[slots];
            this.left = new boolean[calls];
            this.exits = new Moment[slots > 1 ? calls : 0];
        }

        boolean mayEnter(PlannedCall call) {
            return executing == null && leftBefore >= call.after();
        }
    }

    Execution(List<PlannedCall> plan, int size, int lanes, Delivery delivery) {
        this.plan = plan;
        int channels = 1;
        int indices = 1;
        int slots = 1;
        for (PlannedCall call : plan) {
            slots = Math.max(slots, call.slot() + 1);
            for (Schedule schedule : call.call().schedules()) {
                channels = Math.max(channels, schedule.channels().size());
                indices = Math.max(indices, schedule.signals());
            }
        }
        knowledge = Knowledge.of(size, slots, channels);
        event = new Event(knowledge);
        buffers = new Buffers(plan, size, slots, lanes);
        outcome = new Outcome(values, plan.size(), size);
        Signals signals = new Signals(size, indices);
        steps = new Steps(knowledge, event, buffers, signals, values, outcome, delivery, runnable::add);
        participants = new Participant[size];
        for (int rank = 0; rank < size; rank++) {
            participants[rank] = new Participant(rank, plan.size(), slots);
        }
    }

    void run() {
        for (Participant participant : participants) {
            enter(participant);
        }
        while (!runnable.isEmpty()) {
            run(runnable.remove());
        }
        for (Participant participant : participants) {
            if (participant.leftBefore < plan.size()) {
                Channel waiting = Arrays.stream(participant.underway)
                        .filter(underway -> underway != null)
                        .flatMap(underway -> underway.channels.stream())
                        .filter(channel -> !channel.ended())
                        .findFirst()
                        .orElseThrow();
                event.begin(waiting);
                throw event.reject(Kind.DEADLOCK, null, "waits for ever");
            }
        }
        steps.checkLeftOvers();
    }

    private void run(Channel channel) {
        event.begin(channel);
        while (!channel.ended()) {
            Step step = channel.step();
            if (step instanceof Step.Await await && !steps.ready(channel, await)) {
                return;
            }
            knowledge.clocks().tick(channel.actor);
            steps.execute(channel, step);
            channel.next++;
        }
        if (channel.unflushed.stream().anyMatch(Accesses.Transfer::isGet)) {
            throw event.reject(Kind.UNFINISHED, null, "a get is not flushed when the channel ends");
        }
        Participant participant = participants[channel.rank];
        Underway underway = participant.underway[channel.call.slot()];
        if (--underway.unfinished == 0) {
            leave(participant, underway);
            enter(participant);
        }
    }

    /** Enters as many calls as may be entered now. */
    private void enter(Participant participant) {
        while (participant.entered < plan.size() && participant.mayEnter(plan.get(participant.entered))) {
            enter(participant, plan.get(participant.entered++));
        }
    }

    private void enter(Participant participant, PlannedCall call) {
        int rank = participant.rank;
        int first = knowledge.actor(rank, call.slot(), 0);
        Clocks clocks = knowledge.clocks();
        learn(participant, call, first);
        clocks.tick(first);
        event.begin(Channel.user(rank, first, call));
        outcome.entered(call, rank, clocks.now(first));
        buffers.enter(event, call, rank, values);

        Underway underway = new Underway(call);
        List<List<Step>> lists = call.schedule(rank).channels();
        for (int i = 0; i < Math.max(1, lists.size()); i++) {
            underway.channels.add(new Channel(rank, i, first + i, call, i < lists.size() ? lists.get(i) : List.of()));
            if (i > 0) {
                clocks.join(first + i, first, clocks.now(first), clocks.snapshot(first));
            }
        }
        if (knowledge.slots() > 1) {
            participant.lastEntry = moment(first);
        }
        participant.executing = call.started() ? null : call;
        participant.underway[call.slot()] = underway;
        underway.unfinished = underway.channels.size();
        runnable.addAll(underway.channels);
    }

    /** What the entry of {@code call} is ordered behind; with a single slot it is all in the order of that slot's first actor. */
    private void learn(Participant participant, PlannedCall call, int first) {
        if (knowledge.slots() == 1 || call.number() == 0) {
            return;
        }
        learn(first, participant.lastEntry);
        for (; participant.known < call.after(); participant.known++) {
            learn(first, participant.exits[participant.known]);
        }
        if (!plan.get(call.number() - 1).started()) {
            learn(first, participant.exits[call.number() - 1]);
        }
    }

    private void learn(int actor, Moment moment) {
        knowledge.clocks().join(actor, moment.actor, moment.time, moment.known);
    }

    private Moment moment(int actor) {
        return new Moment(actor, knowledge.clocks().now(actor), knowledge.clocks().snapshot(actor));
    }

    private void leave(Participant participant, Underway underway) {
        PlannedCall call = underway.call;
        int first = knowledge.actor(participant.rank, call.slot(), 0);
        Clocks clocks = knowledge.clocks();
        int depth = 0;
        for (Channel channel : underway.channels) {
            depth = Math.max(depth, channel.depth);
            if (channel.number > 0) {
                clocks.join(first, channel.actor, clocks.now(channel.actor), clocks.snapshot(channel.actor));
            }
        }
        clocks.tick(first);
        event.begin(Channel.user(participant.rank, first, call));
        outcome.left(event, call, participant.rank, buffers.exit(event, call, participant.rank), depth);
        if (knowledge.slots() > 1) {
            participant.exits[call.number()] = moment(first);
        }
        participant.underway[call.slot()] = null;
        participant.executing = participant.executing == call ? null : participant.executing;
        participant.left[call.number()] = true;
        while (participant.leftBefore < plan.size() && participant.left[participant.leftBefore]) {
            participant.leftBefore++;
        }
    }
}
