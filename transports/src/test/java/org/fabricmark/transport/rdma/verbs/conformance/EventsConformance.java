package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.fabricmark.transport.rdma.verbs.AsyncEvent.Type;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionChannel;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** Completion channels, and events of objects. */
public abstract class EventsConformance extends VerbsConformance {
    private static final int FEW = 10_000;
    private static final int MANY = 100_000;
    private static final Duration LONG = Duration.ofSeconds(10);

    private CompletionChannel channel;

    /** As {@link VerbsConformance}. */
    protected EventsConformance(Subject subject) {
        super(subject);
    }

    /** A link whose second side has one completion queue, with {@link #channel}, and receives that are posted. */
    private Link linkWithChannel() {
        channel = b().keep(b().context().createCompletionChannel());
        CompletionQueue queue = b().keep(b().context().createCompletionQueue(4 * End.DEPTH, channel, null, 0));
        Side b = new Side(b(), b().pair(RC, queue, queue), queue, queue);
        Link link = new Link(Ends.side(a(), RC), b).connect(Connection.USUAL);
        b.receiveNothing(0, 20);
        return link;
    }

    private CompletionQueue awaitEvent() {
        List<CompletionQueue> found = new ArrayList<>();
        ends().until("an event in the channel", () -> channel.awaitEvent(Duration.ZERO).map(found::add).orElse(false));
        channel.acknowledge(found.getFirst(), 1);
        return found.getFirst();
    }

    private void assertNoChannelEvent() {
        ends().settle();
        assertEquals(Optional.empty(), channel.awaitEvent(Duration.ZERO));
    }

    private static SendRequest send(SendFlag... flags) {
        SendRequest request = Requests.request(1).send();
        for (SendFlag each : flags) {
            request.flag(each);
        }
        return request;
    }

    @Behaviour("V055")
    void shouldTellOfAnyCompletionOrOnlyOfSolicitedOnesAsArmed() {
        Link link = linkWithChannel();
        CompletionQueue queue = link.b().receives();
        queue.requestNotification(false);
        link.a().post(send());
        assertSame(queue, awaitEvent());
        assertDone(queue, 0, RECV);
        queue.requestNotification(true);
        link.a().post(send());
        assertNoChannelEvent();
        link.a().post(send(SendFlag.SOLICITED));
        assertSame(queue, awaitEvent());
        assertDone(queue, 1, RECV);
        assertDone(queue, 2, RECV);
    }

    @Behaviour("V056")
    void shouldTellOnceHoweverOftenItWasArmed() {
        Link link = linkWithChannel();
        CompletionQueue queue = link.b().receives();
        queue.requestNotification(false);
        queue.requestNotification(false);
        link.a().post(send(), send());
        awaitEvent();
        assertDone(queue, 0, RECV);
        assertDone(queue, 1, RECV);
        assertNoChannelEvent();
    }

    /** One side of the ping-pong: answers, or begins; sleeps whenever there is nothing to poll. */
    private static void play(Side side, CompletionChannel channel, boolean begins, int rounds,
            Random random) {
        CompletionQueue queue = side.receives();
        SendRequest ball = new SendRequest();
        ReceiveRequest place = new ReceiveRequest();
        WorkCompletion[] one = WorkCompletion.array(1);
        for (int i = 0; i < rounds; i++) {
            if (begins) {
                side.postQuietly(ball.begin(i).send().flag(SendFlag.SIGNALED));
            }
            for (boolean received = false; !received;) {
                awaitCompletion(queue, channel, one);
                assertTrue(one[0].successful(), one[0]::toString);
                received = one[0].opcode() == RECV;
            }
            side.receive(place.begin(i));
            long until = System.nanoTime() + random.nextInt(10) * random.nextInt(2000);
            while (System.nanoTime() < until) {
                Thread.onSpinWait();
            }
            if (!begins) {
                side.postQuietly(ball.begin(i).send().flag(SendFlag.SIGNALED));
            }
        }
    }

    private static void awaitCompletion(CompletionQueue queue, CompletionChannel channel, WorkCompletion[] one) {
        while (queue.poll(one) == 0) {
            queue.requestNotification(false);
            if (queue.poll(one) == 1) {
                return;
            }
            assertSame(queue, channel.awaitEvent(LONG).orElseThrow(() -> new AssertionError("a lost wake-up")));
            channel.acknowledge(queue, 1);
        }
    }

    /** A side with one completion queue, which has a channel, and some receives posted. */
    private static Side player(End end) {
        CompletionChannel own = end.keep(end.context().createCompletionChannel());
        CompletionQueue queue = end.keep(end.context().createCompletionQueue(4 * End.DEPTH, own, own, 0));
        return new Side(end, end.pair(RC, queue, queue), queue, queue);
    }

    @Behaviour("V057")
    void shouldNeverLoseAWakeUp() throws Exception {
        playBothSides(FEW);
    }

    @Tag("stress")
    @Timeout(600)
    @Behaviour("V283")
    void shouldNeverLoseAWakeUpInAHundredThousandRounds() throws Exception {
        playBothSides(MANY);
    }

    private void playBothSides(int rounds) throws Exception {
        Side begins = player(a());
        AtomicReference<Side> answers = new AtomicReference<>();
        CountDownLatch connected = new CountDownLatch(1);
        CountDownLatch ended = new CountDownLatch(1);
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<?> answering = other.submit(() -> {
                try (End own = new End(ends().device())) {
                    Side side = player(own);
                    Connection.USUAL.connect(side.pair(), a().gid(), begins.pair().number());
                    side.receiveNothing(0, 4);
                    answers.set(side);
                    connected.await();
                    play(side, (CompletionChannel) side.receives().cookie(), false, rounds,
                            new Random(seed()));
                    WorkCompletion[] one = WorkCompletion.array(1);
                    while (ended.getCount() > 0) { // its last answer may still need its help
                        side.sends().poll(one);
                    }
                }
                return null;
            });
            ends().until("the other context", () -> answers.get() != null || answering.isDone());
            try {
                Side there = answers.get();
                Connection.USUAL.connect(begins.pair(), there.end().gid(), there.pair().number());
                begins.receiveNothing(0, 4);
                connected.countDown();
                play(begins, (CompletionChannel) begins.receives().cookie(), true, rounds,
                        new Random(seed() + 1));
            } finally {
                connected.countDown();
                ended.countDown();
            }
            answering.get();
        }
    }

    @Behaviour("V058")
    void shouldNameTheQueueOfEachEvent() {
        channel = b().keep(b().context().createCompletionChannel());
        Registered from = a().memory(8);
        Set<Object> seen = new HashSet<>();
        List<Link> links = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            CompletionQueue queue =
                    b().keep(b().context().createCompletionQueue(2 * End.DEPTH, channel, "queue " + i, 0));
            Side b = new Side(b(), b().pair(RC, queue, queue), queue, queue);
            links.add(new Link(Ends.side(a(), RC), b).connect(Connection.USUAL));
            b.receiveNothing(i, 1);
            queue.requestNotification(false);
        }
        links.forEach(each -> each.a().post(Requests.send(1, from, 0, 0)));
        for (int i = 0; i < 20; i++) {
            CompletionQueue queue = awaitEvent();
            assertTrue(seen.add(queue.cookie()), () -> "twice: " + queue.cookie());
            assertDone(queue, Integer.parseInt(queue.cookie().toString().substring(6)), RECV);
        }
        assertNoChannelEvent();
    }

    @Behaviour("V271")
    void shouldNotTellOfWhatWasThereBefore() {
        Link link = linkWithChannel();
        link.a().post(send());
        assertDone(link.a().sends(), 1, SEND);
        ends().settle();
        link.b().receives().requestNotification(false);
        assertNoChannelEvent();
        assertDone(link.b().receives(), 0, RECV);
        link.a().post(send());
        awaitEvent();
    }

    @Behaviour("V272")
    void shouldTellThoseWhoWaitForSolicitedOnesOfErrors() {
        Link link = linkWithChannel();
        link.b().receives().requestNotification(true);
        link.b().pair().modify(QueuePairAttributes.to(QueuePairState.ERR));
        awaitEvent();
        assertFlushed(link.b().receives(), 0, 20);
    }

    @Behaviour("V273")
    void shouldStayArmedForAllWhenItOnceWas() {
        for (boolean first : new boolean[] {true, false}) {
            Link link = linkWithChannel();
            link.b().receives().requestNotification(first);
            link.b().receives().requestNotification(!first);
            link.a().post(send());
            awaitEvent();
            assertNoChannelEvent();
        }
    }

    @Behaviour("V274")
    void shouldRefuseToArmAQueueWithoutChannel() {
        CompletionQueue queue = a().queue();
        assertInvalid(() -> queue.requestNotification(false));
        assertInvalid(() -> queue.requestNotification(true));
    }

    @Behaviour("V275")
    void shouldKeepAnEventWhoseCompletionWasPolledBefore() {
        Link link = linkWithChannel();
        link.b().receives().requestNotification(false);
        link.a().post(send());
        assertDone(link.b().receives(), 0, RECV);
        assertSame(link.b().receives(), awaitEvent());
        ends().assertNothing(link.b().receives());
    }

    @Behaviour("V276")
    void shouldKeepAQueueOfWhichAnEventIsNotAcknowledged() {
        Link link = linkWithChannel();
        CompletionQueue queue = link.b().receives();
        queue.requestNotification(false);
        link.a().post(send());
        ends().until("an event", () -> channel.awaitEvent(Duration.ZERO).isPresent());
        b().end(link.b().pair());
        assertBusy(queue::close);
        channel.acknowledge(queue, 1);
        b().end(queue);
        b().end(channel);
    }

    @Behaviour("V277")
    void shouldWaitForAnEventAsLongAsToldAndNoLonger() {
        linkWithChannel().b().receives().requestNotification(false);
        Duration wait = Duration.ofMillis(30);
        long start = System.nanoTime();
        assertEquals(Optional.empty(), channel.awaitEvent(wait));
        long took = System.nanoTime() - start;
        assertTrue(took >= wait.toNanos() && took < LONG.toNanos(), took + " ns");
    }

    @Behaviour("V278")
    void shouldTellOfASolicitedWriteWithImmediateButNotOfOwnSends() {
        Link link = linkWithChannel();
        CompletionQueue queue = link.b().receives();
        Registered to = b().memory(8);
        Registered from = a().memory(8);
        link.a().receiveNothing(0, 1);
        queue.requestNotification(true);
        link.b().post(Requests.request(9).send().flag(SendFlag.SOLICITED)); // solicits at A, completes here
        link.a().post(Requests.writeWithImmediate(1, from, to, 8, 0));
        assertDone(link.a().sends(), 1, CompletionOpcode.RDMA_WRITE);
        assertNoChannelEvent();
        link.a().post(Requests.writeWithImmediate(2, from, to, 8, 0).flag(SendFlag.SOLICITED));
        awaitEvent();
        assertEquals(3, ends().await(queue, 3).size());
    }

    @Behaviour("V279")
    void shouldBeArmedForOneEventOnly() {
        Link link = linkWithChannel();
        CompletionQueue queue = link.b().receives();
        for (int i = 0; i < 5; i++) {
            queue.requestNotification(false);
            link.a().post(send());
            awaitEvent();
            link.a().post(send());
            assertNoChannelEvent();
            assertDone(queue, 2L * i, RECV);
            assertDone(queue, 2L * i + 1, RECV);
        }
    }

    @Behaviour("V280")
    void shouldKeepAQueuePairOfWhichAnEventIsNotAcknowledged() {
        Link link = ends().connect();
        Registered own = a().memory(8);
        link.a().post(Requests.request(1).read(1, DataPathConformance.NO_REMOTE_KEY)
                .segment(own.at(0), 8, own.localKey()));
        assertEnded(link.a().sends(), 1, CompletionStatus.REMOTE_ACCESS_ERROR);
        List<AsyncEvent> found = new ArrayList<>();
        ends().until("an event", () -> b().context().pollAsyncEvent().map(found::add).orElse(false));
        assertEquals(new AsyncEvent(Type.QP_ACCESS_ERR, link.b().pair()), found.getFirst());
        assertBusy(() -> link.b().pair().close());
        b().context().acknowledge(found.getFirst());
        b().end(link.b().pair());
    }

    @Behaviour("V281")
    void shouldTellARefusedRequestFromARefusedAccess() {
        Registered own = a().memory(64);
        Registered there = b().memory(64);
        for (SendRequest access : new SendRequest[] {
            Requests.write(1, own, 0, there, 60, 8), Requests.read(1, own, 0, there, 60, 8),
            Requests.fetchAndAdd(1, own, 0, there, 64, 1)}) {
            Link link = ends().connect();
            link.a().post(access);
            assertEvent(b(), Type.QP_ACCESS_ERR, link.b().pair());
        }
        Link link = ends().connect(Connection.USUAL.withAccess(Set.of()));
        link.a().post(Requests.write(1, own, 0, there, 0, 8));
        assertEvent(b(), Type.QP_REQ_ERR, link.b().pair());
        assertEnded(link.a().sends(), 1, CompletionStatus.REMOTE_INVALID_REQUEST_ERROR);
    }

    @Behaviour("V282")
    void shouldHaveNoEventWhereNothingHappened() {
        Link link = ends().connect();
        link.b().receiveNothing(1, 1);
        link.a().post(send());
        assertDone(link.b().receives(), 1, RECV);
        ends().assertNoEvent(a());
        ends().assertNoEvent(b());
    }
}
