package org.fabricmark.bench.primitive.verbs;

import java.util.Arrays;
import org.fabricmark.transport.rdma.verbs.SendRequest;

/**
 * Rank 0 keeps its queues full, one queue pair after the other; a message is done when a completion says so. Where messages use up
 * receives, rank 0 posts no more than rank 1 has receives for, which it reads beside the verbs: what is measured is not how long a
 * sender waits that has met no receive.
 */
final class Stream implements Rounds {
    private final Completions completions;
    private final Waiting waiting;
    private final PairLines lines;
    private final Lane[] lanes;
    private final Queues queues;
    private final int receivesPosted;
    private final SendRequest[] list;
    private final long[] used;
    private final long[] room;
    private VerbsPrimitive primitive;
    private int next;
    private int due;

    Stream(Completions completions, Waiting waiting, PairLines lines, Queues queues, int receivesPosted) {
        this.completions = completions;
        this.waiting = waiting;
        this.lines = lines;
        this.lanes = completions.lanes();
        this.queues = queues;
        this.receivesPosted = receivesPosted;
        this.list = new SendRequest[queues.postList()];
        Arrays.setAll(list, _ -> new SendRequest());
        this.used = new long[lanes.length];
        this.room = new long[lanes.length];
    }

    @Override
    public void prepare(VerbsPrimitive subject, int bytes) {
        primitive = subject;
        next = 0;
        due = 0;
        for (int lane = 0; lane < lanes.length; lane++) {
            // Whatever was used up has been posted again since.
            room[lane] = lines.receives(1, lane);
            used[lane] = room[lane] - receivesPosted;
        }
    }

    @Override
    public void lead() {
        due += VerbsPrimitive.STREAM;
        while (due >= list.length) {
            postTo(lanes[next]);
            next = next + 1 == lanes.length ? 0 : next + 1;
            due -= list.length;
        }
    }

    private void postTo(Lane lane) {
        boolean receives = primitive.opcode().consumesReceive();
        if (lane.underWay() + list.length > queues.depth() || receives && !hasReceives(lane.index())) {
            makeRoom(lane, receives);
        }
        if (list.length == 1) {
            lane.post();
        } else {
            lane.post(list, queues.depth());
        }
        if (receives) {
            used[lane.index()] += list.length;
        }
    }

    private void makeRoom(Lane lane, boolean receives) {
        waiting.begin();
        while (lane.underWay() + list.length > queues.depth() || receives && !hasReceives(lane.index())) {
            if (!completions.takeSends()) {
                waiting.again();
            }
        }
    }

    private boolean hasReceives(int lane) {
        if (used[lane] + list.length > room[lane]) {
            room[lane] = lines.receives(1, lane);
        }
        return used[lane] + list.length <= room[lane];
    }

    @Override
    public void answer() {
        if (!primitive.opcode().consumesReceive() || !completions.takeReceives()) {
            waiting.idle();
        }
    }
}
