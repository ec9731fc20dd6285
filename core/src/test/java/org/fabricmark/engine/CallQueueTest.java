package org.fabricmark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.schedule.Step;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class CallQueueTest {
    private static final long SHORT_NANOS = 50_000_000;

    private final ScriptedTransport transport = new ScriptedTransport(Capability.DIRECT_ACCESS);
    private final ScriptedProgram scripted = new ScriptedProgram(transport);
    private final Engine engine = new Engine(transport, Waiting.SPIN, SHORT_NANOS);
    private final CallQueue queue =
            new CallQueue(engine, scripted.bind(List.of(new Step.Notify(1, 3), new Step.Await(1, 3, 1))));
    private final PendingCall first = new PendingCall();
    private final PendingCall second = new PendingCall();
    private final PendingCall third = new PendingCall();

    @AfterEach
    void closeTransport() {
        transport.close();
    }

    /** A call that notifies the peer by a signal, and is over when the peer has done the same. */
    private Program exchange(int signal) {
        return scripted.bind(List.of(new Step.Notify(1, signal), new Step.Await(1, signal, 1)));
    }

    @Test
    void shouldAdvanceCallsThatOverlapAndFinishThemInAnyOrder() {
        queue.start(first, exchange(0), 0, 0, false);
        queue.start(second, exchange(1), 1, 0, false);
        assertEquals(List.of("notify 0=1 on 0", "notify 1=1 on 0"), transport.calls, "both are under way");
        assertFalse(queue.test(first));
        transport.arrive(1, 1);
        assertTrue(queue.test(second));
        assertFalse(first.isOver());
        transport.arrive(0, 1);
        queue.await(first);
        assertTrue(queue.isEmpty());
    }

    @Test
    void shouldEnterACallWhenThoseThatItsLaneNeedsAreOver() {
        queue.start(first, exchange(0), 0, 0, false);
        queue.start(second, exchange(1), 1, 0, false);
        queue.start(third, exchange(2), 2, 1, false);
        assertEquals(2, transport.calls.size(), "call 0 is not over");
        transport.arrive(1, 1);
        queue.progress();
        assertEquals(2, transport.calls.size(), "call 1 is, but that does not count");
        transport.arrive(0, 1);
        queue.progress();
        assertEquals("notify 2=1 on 0", transport.calls.get(2));
        transport.arrive(2, 1);
        queue.awaitAll();
        assertTrue(third.isOver());
    }

    @Test
    void shouldRunTheBarrierOfACallAfterAllCallsBeforeIt() {
        queue.start(first, exchange(0), 0, 0, false);
        queue.start(second, exchange(1), 1, 0, true);
        queue.start(third, exchange(2), 2, 0, false);
        assertEquals(List.of("notify 0=1 on 0"), transport.calls);
        transport.arrive(0, 1);
        queue.progress();
        assertEquals(List.of("notify 0=1 on 0", "notify 3=1 on 0"), transport.calls,
                "the third waits behind the second");
        transport.arrive(3, 1);
        queue.progress();
        assertEquals(List.of("notify 1=1 on 0", "notify 2=1 on 0"), transport.calls.subList(2, 4));
    }

    @Test
    void shouldNotLeaveACallBeforeEverythingIsOnItsWay() {
        transport.undrained = 3;
        queue.start(first, scripted.bind(List.of(new Step.Notify(1, 0))), 0, 0, false);
        assertFalse(first.isOver());
        queue.await(first);
        assertTrue(transport.undrained < 0);
    }

    @Test
    void shouldFinishAllWhileOneIsAwaited() {
        List<PendingCall> calls = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            calls.add(new PendingCall());
            queue.start(calls.get(i), scripted.bind(List.of(new Step.Notify(1, 0), new Step.Await(1, 1, 1))), i, i / 2,
                    false);
        }
        transport.onProgress = () -> transport.arrive(1, transport.calls.size());
        queue.await(calls.getLast());
        assertTrue(calls.stream().allMatch(PendingCall::isOver));
        assertTrue(queue.isEmpty());
    }

    @Test
    void shouldNameWhatHoldsUpTheCallThatIsAwaited() {
        queue.start(first, exchange(0), 0, 0, false);
        queue.start(second, exchange(1), 1, 1, false);
        FabricException e = assertThrows(FabricException.class, () -> queue.await(second));
        assertTrue(e.failure().what().contains("for rank 1 at step 1 (await signal 0)"), e.failure().what());
        for (PendingCall call : List.of(first, second)) {
            assertEquals(e.failure(), assertThrows(FabricException.class, () -> queue.test(call)).failure());
            assertEquals(e.failure(), assertThrows(FabricException.class, () -> queue.await(call)).failure());
        }
        assertEquals(e.failure(),
                assertThrows(FabricException.class, () -> queue.start(third, exchange(2), 2, 0, false)).failure());
        assertFalse(third.isOver(), "a call that could not begin is not over either");
        assertFalse(engine.usable());
    }

    @Test
    void shouldGiveUpWhenQuestionsFindNothingToMoveForTooLong() {
        queue.start(first, exchange(0), 0, 0, false);
        FabricException e = assertThrows(FabricException.class, () -> {
            while (!queue.test(first)) {
                Thread.onSpinWait();
            }
        });
        assertEquals(Category.LINK_LOST, e.failure().category());
        assertTrue(e.failure().elapsedNanos() >= SHORT_NANOS);
        assertEquals(e.failure(), transport.aborted().orElseThrow(), "the others are told");
    }

    @Test
    void shouldSeeAnAbortAtTheNextQuestion() {
        Failure reason = Failure.of(Category.RANK_FAILED, 1, "scripted", "rank 1 ended");
        queue.start(first, exchange(0), 0, 0, false);
        transport.abort(reason);
        assertEquals(reason, assertThrows(FabricException.class, () -> queue.test(first)).failure());
    }

    @Test
    void shouldKeepWhatIsOverWhenAnotherCallFails() {
        queue.start(first, exchange(0), 0, 0, false);
        queue.start(second, exchange(1), 1, 0, false);
        transport.arrive(0, 1);
        assertThrows(FabricException.class, () -> queue.await(second));
        assertTrue(queue.test(first));
        queue.await(first);
    }
}
