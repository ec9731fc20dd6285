package org.fabricmark.schedule.verify;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Step;
import org.fabricmark.schedule.verify.Violation.Kind;

/**
 * The canonical run: ranks enter and leave one call after the other; every channel goes as far as it can, and goes on when
 * the bump that it waits for has been sent. What a step means is said in {@link Steps}.
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

    /** A rank on its way through the calls. */
    private static final class Participant {
        private final int rank;
        private int call = -1;
        private int unfinished;
        private List<Channel> channels = List.of();

        Participant(int rank) {
            this.rank = rank;
        }
    }

    Execution(List<PlannedCall> plan, int size, int lanes, Delivery delivery) {
        this.plan = plan;
        int channels = 1;
        int indices = 1;
        for (PlannedCall call : plan) {
            for (Schedule schedule : call.call().schedules()) {
                channels = Math.max(channels, schedule.channels().size());
                indices = Math.max(indices, schedule.signals());
            }
        }
        knowledge = Knowledge.of(size, channels);
        event = new Event(knowledge);
        buffers = new Buffers(plan, size, lanes);
        outcome = new Outcome(values, plan.size(), size);
        Signals signals = new Signals(size, indices);
        steps = new Steps(knowledge, event, buffers, signals, values, outcome, delivery, runnable::add);
        participants = new Participant[size];
        Arrays.setAll(participants, Participant::new);
    }

    void run() {
        for (Participant participant : participants) {
            enterNext(participant);
        }
        while (!runnable.isEmpty()) {
            run(runnable.remove());
        }
        for (Participant participant : participants) {
            if (participant.call < plan.size()) {
                Channel waiting = participant.channels.stream()
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
        if (--participant.unfinished == 0) {
            leave(participant);
            enterNext(participant);
        }
    }

    private void enterNext(Participant participant) {
        participant.call++;
        if (participant.call == plan.size()) {
            return;
        }
        int rank = participant.rank;
        PlannedCall call = plan.get(participant.call);
        int first = rank * knowledge.channelsPerRank();
        Clocks clocks = knowledge.clocks();
        clocks.tick(first);
        event.begin(Channel.user(rank, first, call));
        outcome.entered(call, rank, clocks.now(first));
        buffers.enter(event, call, rank, values);

        List<List<Step>> lists = call.schedule(rank).channels();
        List<Channel> channels = new ArrayList<>();
        for (int i = 0; i < Math.max(1, lists.size()); i++) {
            channels.add(new Channel(rank, i, first + i, call, i < lists.size() ? lists.get(i) : List.of()));
            if (i > 0) {
                clocks.join(first + i, first, clocks.now(first), clocks.snapshot(first));
            }
        }
        participant.channels = channels;
        participant.unfinished = channels.size();
        runnable.addAll(channels);
    }

    private void leave(Participant participant) {
        int first = participant.rank * knowledge.channelsPerRank();
        PlannedCall call = plan.get(participant.call);
        Clocks clocks = knowledge.clocks();
        int depth = 0;
        for (Channel channel : participant.channels) {
            depth = Math.max(depth, channel.depth);
            if (channel.number > 0) {
                clocks.join(first, channel.actor, clocks.now(channel.actor), clocks.snapshot(channel.actor));
            }
        }
        clocks.tick(first);
        event.begin(Channel.user(participant.rank, first, call));
        outcome.left(event, call, participant.rank, buffers.exit(event, call, participant.rank), depth);
    }
}
