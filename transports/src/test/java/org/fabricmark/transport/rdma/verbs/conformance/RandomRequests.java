package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SharedReceiveQueue;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * Random requests to several queue pairs, some of which share receives, in batches: after each one, completions and memory must be as
 * the model says. Everything follows from the seed. What the specification leaves open is kept out: each direction of a link has memory
 * of its own; a write that overlaps an earlier read is fenced; in a batch with a fault a link is used in one direction; of those that
 * share receives one is used in a batch.
 */
final class RandomRequests {
    private static final int LINKS = 4;
    private static final int SHARING = 2;
    private static final long DEADLINE = 10_000_000_000L;

    /** What was to be shown, and was not. */
    private static final class Mismatch extends Exception {
        private static final long serialVersionUID = 1L;

        Mismatch(String what) {
            super(what);
        }
    }

    /** One direction of a link. */
    private record Way(String name, Side from, Side to, ModelPair model, ModelPair peer, RequestSource source) {}

    private final Subject subject;
    private final long seed;
    private final List<ModelMemory> memories = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    private final Map<Side, SharedReceiveQueue> sharedQueues = new HashMap<>();
    private final List<String> batch = new ArrayList<>();
    private Ends ends;
    private Random random;
    private int posted;

    RandomRequests(Subject subject, long seed) {
        this.subject = subject;
        this.seed = seed;
    }

    /** Runs {@code requests} of them; says what went wrong, after the shortest prefix that shows it. */
    Optional<String> run(int requests) {
        Optional<String> wrong = once(requests);
        int first = posted - batch.size();
        for (int prefix = first + 1; wrong.isPresent() && prefix < posted; prefix++) {
            Optional<String> shorter = new RandomRequests(subject, seed).once(prefix);
            if (shorter.isPresent()) {
                return shorter;
            }
        }
        return wrong;
    }

    private Optional<String> once(int requests) {
        random = new Random(seed);
        try (Ends opened = new Ends(subject, subject.fabric(seed))) {
            ends = opened;
            connect();
            while (posted < requests) {
                batch(requests);
            }
            return Optional.empty();
        } catch (Mismatch e) {
            return Optional.of("seed " + seed + ", after " + posted + " requests over " + subject + ": "
                    + e.getMessage() + "; the last ones:\n" + String.join("\n", batch));
        }
    }

    private void connect() {
        Deque<ModelRequest.Receive> shared = new ArrayDeque<>();
        SharedReceiveQueue queue = ends.b().keep(ends.b().domain().createSharedReceiveQueue(End.DEPTH, 4));
        for (int i = 0; i < LINKS; i++) {
            boolean shares = i < SHARING;
            Connection how = RequestSource.connection(i);
            CompletionQueue sends = ends.b().queue();
            CompletionQueue receives = ends.b().queue();
            Side b = new Side(
                    ends.b(), ends.b().pair(VerbsConformance.RC, sends, receives, shares ? queue : null), sends,
                    receives);
            Link link = new Link(Ends.side(ends.a(), VerbsConformance.RC), b).connect(how);
            links.add(link);
            ModelPair modelA = new ModelPair(how.access(), null);
            ModelPair modelB = new ModelPair(how.access(), shares ? shared : null);
            modelA.connect(modelB);
            modelB.connect(modelA);
            ways.add(new Way(
                    "A" + i + "->B" + i, link.a(), b, modelA, modelB,
                    new RequestSource(ends.a(), ends.b(), random, memories, "A" + i)));
            ways.add(new Way(
                    "B" + i + "->A" + i, b, link.a(), modelB, modelA,
                    new RequestSource(ends.b(), ends.a(), random, memories, "B" + i)));
            if (shares) {
                sharedQueues.put(b, queue);
            }
            if (!how.access().contains(AccessFlag.REMOTE_ATOMIC)) {
                ways.subList(2 * i, 2 * i + 2).forEach(each -> each.source.withoutAtomics());
            }
        }
    }

    private void batch(int limit) throws Mismatch {
        batch.clear();
        int sharing = random.nextInt(SHARING);
        List<Way> active = new ArrayList<>();
        List<Way> faulty = new ArrayList<>();
        for (int i = 0; i < LINKS; i++) {
            boolean used = i < SHARING ? i == sharing : random.nextInt(3) > 0;
            if (!used) {
                continue;
            }
            boolean first = ways.get(2 * i).peer.hasWrongReceive();
            boolean second = ways.get(2 * i + 1).peer.hasWrongReceive();
            if (random.nextInt(4) == 0 || first || second) {
                Way one = ways.get(2 * i + (first ? 0 : second ? 1 : random.nextInt(2)));
                active.add(one);
                faulty.add(one);
            } else {
                active.add(ways.get(2 * i));
                active.add(ways.get(2 * i + 1));
            }
        }
        for (Way each : active) {
            each.source.begin();
            receive(each, random.nextInt(12), faulty.contains(each));
        }
        int requests = 1 + random.nextInt(12 * active.size());
        for (int i = 0; i < requests && posted < limit; i++) {
            Way way = active.get(random.nextInt(active.size()));
            send(way, way.source.next(faulty.contains(way), !way.peer.receives().isEmpty()));
            if (random.nextInt(8) == 0) {
                ends.progress();
            }
        }
        for (Way each : active) { // what was written is visible when a later message is received
            boolean lacks = !each.model.broken() && each.peer.receives().isEmpty();
            receive(each, lacks ? 1 : 0, false);
            ModelRequest last = each.source.last();
            each.model.execute(last);
            each.from.postQuietly(last.real());
        }
        compare(active);
        repair(active);
    }

    private void receive(Way way, int count, boolean faults) throws Mismatch {
        for (int i = 0; i < count && way.peer.receives().size() < End.DEPTH - 1; i++) {
            ModelRequest.Receive receive = way.source.receive(faults);
            ReceiveRequest real = receive.real();
            SharedReceiveQueue shared = sharedQueues.get(way.to);
            PostStatus status = shared == null ? way.to.pair().postReceive(real) : shared.postReceive(real);
            if (status != PostStatus.POSTED) {
                throw new Mismatch(receive + ": " + status);
            }
            way.peer.receive(receive);
        }
    }

    private void send(Way way, ModelRequest request) throws Mismatch {
        posted++;
        batch.add("  " + way.name + " " + request);
        PostStatus status = way.from.pair().postSend(request.real());
        boolean malformed = request.operation() == null;
        boolean mayBeRefused = !malformed && request.operation().atomic()
                && request.remoteOffset() % Long.BYTES != 0; // some find that out while posting
        if (malformed || mayBeRefused && status == PostStatus.INVALID) {
            if (status != PostStatus.INVALID) {
                throw new Mismatch(request + " is malformed: " + status);
            }
        } else if (status != PostStatus.POSTED) {
            throw new Mismatch(request + ": " + status);
        } else {
            way.model.execute(request);
        }
    }

    private void compare(List<Way> active) throws Mismatch {
        for (Way each : active) {
            meet(each.name + " sends", each.from.sends(), each.model.sendCompletions());
            meet(each.name + " receives", each.to.receives(), each.peer.receiveCompletions());
            meet(each.name + " receives of the sender", each.from.receives(), each.model.receiveCompletions());
        }
        for (int i = 0; i < 10; i++) {
            ends.progress();
        }
        WorkCompletion[] one = WorkCompletion.array(1);
        for (Way each : ways) {
            if (each.from.sends().poll(one) != 0 || each.to.receives().poll(one) != 0) {
                throw new Mismatch(each.name + ": nothing expected, got " + one[0]);
            }
            each.model.settle();
        }
        for (ModelMemory each : memories) {
            int place = each.mismatch();
            if (place >= 0) {
                throw new Mismatch("byte " + place + " of " + each + ": expected " + each.bytes()[place] + ", found "
                        + each.real().get(place));
            }
        }
    }

    private void meet(String what, CompletionQueue queue, Deque<Expected> expected) throws Mismatch {
        WorkCompletion[] one = WorkCompletion.array(1);
        long deadline = System.nanoTime() + DEADLINE;
        while (!expected.isEmpty()) {
            int polled = queue.poll(one);
            if (polled == 1) {
                Optional<String> wrong = expected.remove().mismatch(one[0]);
                if (wrong.isPresent()) {
                    throw new Mismatch(what + ": " + wrong.get());
                }
            } else if (polled < 0 || System.nanoTime() > deadline) {
                throw new Mismatch(what + ": never came: " + expected.peek());
            } else {
                ends.progress();
            }
        }
    }

    /** Resets and connects again what a fault has broken. */
    private void repair(List<Way> active) {
        for (Way each : active) {
            if (each.model.broken()) {
                each.from.pair().modify(QueuePairAttributes.to(QueuePairState.RESET));
                each.to.pair().modify(QueuePairAttributes.to(QueuePairState.RESET));
                int link = ways.indexOf(each) / 2;
                links.get(link).connect(RequestSource.connection(link));
                each.model.reset();
                each.peer.reset();
            }
        }
        ends.a().forgetEvents();
        ends.b().forgetEvents();
    }
}
