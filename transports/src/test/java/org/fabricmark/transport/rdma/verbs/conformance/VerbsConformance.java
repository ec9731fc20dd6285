package org.fabricmark.transport.rdma.verbs.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AsyncEvent;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.FabricSpec.MemoryOrder;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.ServiceType;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.function.Executable;

/** What all parts of the kit have in common: two ends, of which nothing is left after any case, and the words of its assertions. */
@Timeout(60)
@ExtendWith(ConformanceSummary.class)
public abstract class VerbsConformance {
    /** For cases that look at one service after another. */
    static final ServiceType RC = ServiceType.RELIABLE_CONNECTION;
    static final ServiceType UC = ServiceType.UNRELIABLE_CONNECTION;
    static final ServiceType UD = ServiceType.UNRELIABLE_DATAGRAM;

    private final Subject subject;
    private final long seed = Seeds.next();
    private Ends ends;
    private List<String> before;

    /**
     * @param subject the provider under test
     */
    protected VerbsConformance(Subject subject) {
        this.subject = Objects.requireNonNull(subject, "subject");
    }

    final Subject subject() {
        return subject;
    }

    final long seed() {
        return seed;
    }

    final Ends ends() {
        return ends;
    }

    final End a() {
        return ends.a();
    }

    final End b() {
        return ends.b();
    }

    @BeforeEach
    final void open() {
        before = subject.leftBehind().get();
        ends = new Ends(subject, subject.fabric(seed));
    }

    /** Goes on with two new ends, on {@code fabric}. */
    final void moveTo(FabricSpec fabric) {
        ends.close();
        ends = new Ends(subject, fabric);
    }

    @AfterEach
    final void shouldLeaveNothingBehind() {
        ends.close();
        List<String> left = new ArrayList<>(subject.leftBehind().get());
        left.removeAll(before); // what an earlier case has left was its failure
        assertEquals(List.of(), left);
    }

    /** Skips what only holds where memory shows writes in one of these orders before anything has completed. */
    final void assumeOrder(MemoryOrder... orders) {
        Set<MemoryOrder> enough = EnumSet.of(orders[0], orders);
        assumeTrue(enough.contains(subject.order()), () -> "skipped: lacks order " + enough + " without a completion");
    }

    final WorkCompletion await(CompletionQueue queue) {
        return ends.await(queue);
    }

    /** The next completion says that {@code id} was done. */
    final WorkCompletion assertDone(CompletionQueue queue, long id, CompletionOpcode opcode) {
        WorkCompletion done = ends.await(queue);
        assertEquals(id, done.id(), done::toString);
        assertEquals(CompletionStatus.SUCCESS, done.status(), done::toString);
        assertEquals(opcode, done.opcode(), done::toString);
        return done;
    }

    /** A write's own completion does not say that B's processor sees it: an answer through the same queue pair does. */
    final void assertSeenByRead(Link link, Registered to) {
        Registered small = a().memory(8);
        link.a().post(Requests.read(99, small, 0, to, 0, 1));
        assertDone(link.a().sends(), 99, CompletionOpcode.RDMA_READ);
        a().end(small);
    }

    /** The next completion says that {@code id} ended so. */
    final WorkCompletion assertEnded(CompletionQueue queue, long id, CompletionStatus status) {
        WorkCompletion ended = ends.await(queue);
        assertEquals(id, ended.id(), ended::toString);
        assertEquals(status, ended.status(), ended::toString);
        return ended;
    }

    /** The next {@code count} completions are flushed requests, numbered from {@code firstId} on. */
    final void assertFlushed(CompletionQueue queue, long firstId, int count) {
        for (int i = 0; i < count; i++) {
            assertEnded(queue, firstId + i, CompletionStatus.WORK_REQUEST_FLUSHED);
        }
    }

    /** Both queue pairs come into, or are in, these states. */
    final void assertStates(Link link, QueuePairState a, QueuePairState b) {
        ends.settle();
        assertEquals(a, link.a().state(), "state of A");
        assertEquals(b, link.b().state(), "state of B");
    }

    /** The next event at {@code end} is of {@code type} and about {@code element}. */
    final void assertEvent(End end, AsyncEvent.Type type, Object element) {
        assertEquals(new AsyncEvent(type, element), ends.event(end));
    }

    static VerbsException assertRefused(VerbsException.Reason reason, Executable call) {
        VerbsException refused = assertThrows(VerbsException.class, call);
        assertEquals(reason, refused.reason(), refused::getMessage);
        return refused;
    }

    static void assertInvalid(Executable call) {
        assertRefused(VerbsException.Reason.EINVAL, call);
    }

    static void assertBusy(Executable call) {
        assertRefused(VerbsException.Reason.EBUSY, call);
    }
}
