package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.AccessFlag.LOCAL_WRITE;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.MEMORY_WINDOW_BIND;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_ATOMIC;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_READ;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_WRITE;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.ZERO_BASED;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.BIND_MEMORY_WINDOW;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.LOCAL_INVALIDATE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_READ;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RDMA_WRITE;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.RECV;
import static org.fabricmark.transport.rdma.verbs.CompletionOpcode.SEND;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.LOCAL_QP_OPERATION_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.MEMORY_WINDOW_BIND_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.REMOTE_ACCESS_ERROR;
import static org.fabricmark.transport.rdma.verbs.MemoryWindow.Type.TYPE_1;
import static org.fabricmark.transport.rdma.verbs.MemoryWindow.Type.TYPE_2B;
import static org.fabricmark.transport.rdma.verbs.PostStatus.INVALID;
import static org.fabricmark.transport.rdma.verbs.PostStatus.POSTED;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.EnumSet;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.CompletionFlag;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.MemoryWindow;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePairState;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.WindowBinding;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** Memory windows of both types. The windows are B's, those who use them A's. */
public abstract class WindowsConformance extends VerbsConformance {
    private static final Set<AccessFlag> ALL = EnumSet.of(REMOTE_READ, REMOTE_WRITE, REMOTE_ATOMIC);

    /** As {@link VerbsConformance}. */
    protected WindowsConformance(Subject subject) {
        super(subject);
    }

    /** Memory that windows may be bound to, and peers have no right on. */
    private Registered bindable() {
        return b().memory(64, LOCAL_WRITE, MEMORY_WINDOW_BIND);
    }

    private MemoryWindow window(MemoryWindow.Type type) {
        assumeTrue(
                type == TYPE_1 || b().context().attributes().windowsOfType2(), "skipped: lacks windows of type 2");
        return b().keep(b().domain().allocateMemoryWindow(type));
    }

    private static WindowBinding whole(Registered memory, RemoteKey key) {
        return new WindowBinding(memory.region(), memory.at(0), memory.bytes(), ALL, key);
    }

    private void bind(Link link, MemoryWindow window, WindowBinding binding) {
        assertEquals(POSTED, link.b().pair().bind(500, window, binding));
        assertDone(link.b().sends(), 500, BIND_MEMORY_WINDOW);
    }

    /** Binds a window of type 2 under the next key, which it answers. */
    private RemoteKey bindNext(Link link, MemoryWindow window, Registered memory) {
        RemoteKey key = window.remoteKey().next();
        link.b().post(Requests.request(501).bind(window, whole(memory, key)));
        assertDone(link.b().sends(), 501, BIND_MEMORY_WINDOW);
        assertEquals(key, window.remoteKey());
        return key;
    }

    private SendRequest write(Registered to, long offset, RemoteKey key) {
        Registered from = a().memory(8).fill(1);
        return Requests.request(1).write(to.at(offset), key).segment(from.at(0), 8, from.localKey());
    }

    private void assertWrites(Link link, Registered to, long offset, RemoteKey key) {
        link.a().post(write(to, offset, key));
        assertDone(link.a().sends(), 1, RDMA_WRITE);
    }

    private void assertWriteRefused(Link link, Registered to, long offset, RemoteKey key) {
        link.a().post(write(to, offset, key));
        assertEnded(link.a().sends(), 1, REMOTE_ACCESS_ERROR);
    }

    @Behaviour("V062")
    void shouldOpenMemoryByAWindowOfType1AndShutItByNoBytes() {
        Link link = ends().connect();
        Registered memory = bindable();
        MemoryWindow window = window(TYPE_1);
        bind(link, window, whole(memory, null));
        RemoteKey key = window.remoteKey();
        assertWrites(link, memory, 0, key);
        bind(link, window, new WindowBinding(memory.region(), memory.at(0), 0, Set.of(), null));
        assertWriteRefused(link, memory, 8, key);
        memory.assertAll(0, 8, 56);
    }

    @Behaviour("V063")
    void shouldOpenMemoryByAWindowOfType2AndShutItByInvalidation() {
        Link link = ends().connect();
        Registered memory = bindable();
        MemoryWindow window = window(TYPE_2B);
        RemoteKey key = bindNext(link, window, memory);
        assertWrites(link, memory, 0, key);
        link.b().post(Requests.request(2).localInvalidate(key));
        assertDone(link.b().sends(), 2, LOCAL_INVALIDATE);
        assertWriteRefused(link, memory, 8, key);
        memory.assertAll(0, 8, 56);
    }

    @Behaviour("V064")
    void shouldNotBindMemoryThatWasNotRegisteredForThat() {
        Registered shut = b().memory(64);
        assertNotBound(window(TYPE_1), whole(shut, null));
        if (b().context().attributes().windowsOfType2()) {
            MemoryWindow window = window(TYPE_2B);
            assertNotBound(window, whole(shut, window.remoteKey().next()));
        }
    }

    /** Refused at once, or by a completion. */
    private void assertNotBound(MemoryWindow window, WindowBinding binding) {
        Link link = ends().connect();
        PostStatus posted = window.type() == TYPE_1
                ? link.b().pair().bind(7, window, binding)
                : link.b().pair().postSend(Requests.request(7).bind(window, binding)); // an error completes unsignalled
        if (posted == POSTED) {
            assertEnded(link.b().sends(), 7, MEMORY_WINDOW_BIND_ERROR);
            assertEquals(QueuePairState.ERR, link.b().state());
        }
    }

    @Behaviour("V301")
    void shouldChangeTheKeyOfAWindowOfType1WithEachBind() {
        Link link = ends().connect();
        Registered memory = bindable();
        MemoryWindow window = window(TYPE_1);
        bind(link, window, whole(memory, null));
        RemoteKey first = window.remoteKey();
        bind(link, window, whole(memory, null));
        assertNotEquals(first, window.remoteKey());
        assertWrites(link, memory, 0, window.remoteKey());
        assertWriteRefused(link, memory, 0, first);
    }

    @Behaviour("V302")
    void shouldLetEveryQueuePairOfTheDomainUseAWindowOfType1() {
        Link binding = ends().connect();
        Link other = ends().connect();
        Registered memory = bindable();
        MemoryWindow window = window(TYPE_1);
        bind(binding, window, whole(memory, null));
        assertWrites(other, memory, 0, window.remoteKey());
    }

    @Behaviour("V303")
    void shouldTieAWindowOfType2ToTheQueuePairThatBoundIt() {
        Link binding = ends().connect();
        Link other = ends().connect();
        Registered memory = bindable();
        RemoteKey key = bindNext(binding, window(TYPE_2B), memory);
        assertWriteRefused(other, memory, 0, key);
        memory.assertAll(0);
        assertWrites(binding, memory, 0, key);
    }

    @Behaviour("V304")
    void shouldNotBindAWindowOfType2AgainBeforeItIsInvalidated() {
        Link link = ends().connect();
        Registered memory = bindable();
        MemoryWindow window = window(TYPE_2B);
        RemoteKey first = bindNext(link, window, memory);
        link.b().post(Requests.request(2).localInvalidate(first));
        assertDone(link.b().sends(), 2, LOCAL_INVALIDATE);
        RemoteKey second = bindNext(link, window, memory);
        assertWrites(link, memory, 0, second);
        link.b().post(Requests.request(3).bind(window, whole(memory, second.next())));
        assertEnded(link.b().sends(), 3, MEMORY_WINDOW_BIND_ERROR);
    }

    @Behaviour("V305")
    void shouldNotBindWhatCannotBe() {
        Registered memory = bindable();
        Registered readable = b().memory(64, MEMORY_WINDOW_BIND);
        Registered zeroBased = b().memory(64, LOCAL_WRITE, MEMORY_WINDOW_BIND, ZERO_BASED);
        Registered foreign = b().memory(
                b().keep(b().context().allocateProtectionDomain()), 64, EnumSet.of(LOCAL_WRITE, MEMORY_WINDOW_BIND));
        for (MemoryWindow.Type type : MemoryWindow.Type.values()) {
            if (type == TYPE_2B && !b().context().attributes().windowsOfType2()) {
                continue;
            }
            MemoryWindow window = window(type);
            RemoteKey key = type == TYPE_1 ? null : window.remoteKey().next();
            assertNotBound(window, whole(readable, key)); // to write what the own device may not write
            assertNotBound(window, whole(zeroBased, key));
            assertNotBound(window, whole(foreign, key));
            assertNotBound(window, new WindowBinding(memory.region(), memory.at(1), 64, ALL, key));
            assertNotBound(window, new WindowBinding(memory.region(), memory.at(-1), 8, ALL, key));
            if (type == TYPE_2B) {
                assertNotBound(window, new WindowBinding(memory.region(), memory.at(0), 0, ALL, key));
            }
        }
    }

    @Behaviour("V306")
    void shouldOpenNoMoreThanTheWindow() {
        Registered memory = bindable();
        MemoryWindow window = window(TYPE_1);
        Link link = ends().connect();
        bind(link, window, new WindowBinding(memory.region(), memory.at(16), 16, ALL, null));
        assertWrites(link, memory, 16, window.remoteKey());
        assertWrites(link, memory, 24, window.remoteKey());
        for (long offset : new long[] {15, 25, 0, 32}) {
            assertWriteRefused(ends().connect(), memory, offset, window.remoteKey());
        }
        memory.assertAll(0, 0, 16);
        memory.assertAll(0, 32, 32);
    }

    @Behaviour("V307")
    void shouldGiveOnlyTheRightsOfTheWindow() {
        Registered memory = bindable().fill(3);
        MemoryWindow window = window(TYPE_1);
        Link link = ends().connect();
        bind(link, window, new WindowBinding(memory.region(), memory.at(0), 64, EnumSet.of(REMOTE_READ), null));
        Registered own = a().memory(8);
        link.a().post(Requests.request(1).read(memory.at(0), window.remoteKey()).segment(own.at(0), 8, own.localKey()));
        assertDone(link.a().sends(), 1, RDMA_READ);
        own.assertAll(3);
        assertWriteRefused(link, memory, 0, window.remoteKey());
        Link other = ends().connect();
        other.a().post(
                Requests.request(1).fetchAndAdd(memory.at(0), window.remoteKey(), 1).segment(own.at(0), 8,
                        own.localKey()));
        assertEnded(other.a().sends(), 1, REMOTE_ACCESS_ERROR);
        memory.assertAll(3);
    }

    @Behaviour("V308")
    void shouldKeepARegionThatAWindowIsBoundToAndFreeItWithTheWindow() {
        Link link = ends().connect();
        Registered memory = bindable();
        MemoryWindow window = window(TYPE_1);
        bind(link, window, whole(memory, null));
        RemoteKey key = window.remoteKey();
        assertBusy(() -> memory.region().close());
        b().end(window);
        assertWriteRefused(link, memory, 0, key);
        b().end(memory);
    }

    @Behaviour("V309")
    void shouldOrderABindBeforeTheSendThatCarriesItsKey() {
        Link link = ends().connect();
        Registered memory = bindable();
        MemoryWindow window = window(TYPE_2B);
        Registered letter = b().memory(8);
        Registered into = a().memory(8);
        for (int round = 0; round < 20; round++) {
            RemoteKey key = window.remoteKey().next();
            letter.putLong(0, key.value());
            link.a().receive(Requests.receive(9, into, 0, 8));
            link.b().postQuietly(Requests.request(1).bind(window, whole(memory, key)));
            link.b().post(Requests.send(2, letter, 0, 8));
            assertDone(link.a().receives(), 9, RECV);
            assertWrites(link, memory, 0, new RemoteKey((int) into.getLong(0)));
            assertDone(link.b().sends(), 2, SEND);
            link.b().post(Requests.request(3).localInvalidate(key));
            assertDone(link.b().sends(), 3, LOCAL_INVALIDATE);
        }
    }

    @Behaviour("V310")
    void shouldInvalidateAWindowByAMessageOfThePeer() {
        Link link = ends().connect();
        Registered memory = bindable();
        RemoteKey key = bindNext(link, window(TYPE_2B), memory);
        assertWrites(link, memory, 0, key);
        link.b().receiveNothing(9, 1);
        link.a().post(Requests.request(2).sendWithInvalidate(key));
        assertDone(link.a().sends(), 2, SEND);
        WorkCompletion received = assertDone(link.b().receives(), 9, RECV);
        assertTrue(received.has(CompletionFlag.WITH_INV));
        assertEquals(key, received.invalidatedKey());
        assertWriteRefused(link, memory, 8, key);
    }

    @Behaviour("V311")
    void shouldNotInvalidateWhatIsNoWindowOfType2() {
        Registered memory = bindable();
        MemoryWindow window = window(TYPE_1);
        bind(ends().connect(), window, whole(memory, null));
        for (RemoteKey key : new RemoteKey[] {
            memory.remoteKey(), window.remoteKey(), DataPathConformance.NO_REMOTE_KEY}) {
            Link link = ends().connect();
            if (link.b().pair().postSend(Requests.request(2).localInvalidate(key)) == POSTED) {
                CompletionStatus status = await(link.b().sends()).status();
                assertTrue(status == LOCAL_QP_OPERATION_ERROR || status == MEMORY_WINDOW_BIND_ERROR, status::toString);
            }
        }
        assertWrites(ends().connect(), memory, 0, window.remoteKey());
    }

    @Behaviour("V312")
    void shouldNotLetAPeerInvalidateAnOrdinaryRegion() {
        Link link = ends().connect(Connection.USUAL.withTimeout(8, 1));
        Registered memory = b().memory(64);
        link.b().receiveNothing(9, 1);
        link.a().post(Requests.request(2).sendWithInvalidate(memory.remoteKey()));
        CompletionStatus status = await(link.a().sends()).status();
        assertTrue(status == CompletionStatus.RETRY_EXCEEDED_ERROR || status == REMOTE_ACCESS_ERROR, status::toString);
        assertNotEquals(CompletionStatus.SUCCESS, await(link.b().receives()).status());
        assertStates(link, QueuePairState.ERR,
                QueuePairState.ERR);
        assertWrites(ends().connect(), memory, 0, memory.remoteKey());
    }

    @Behaviour("V313")
    void shouldBindEachTypeInItsOwnWay() {
        Link link = ends().connect();
        Registered memory = bindable();
        MemoryWindow second = window(TYPE_2B);
        assertEquals(INVALID, link.b().pair().bind(1, second, whole(memory, second.remoteKey().next())));
        ends().assertNothing(link.b().sends());
        MemoryWindow first = window(TYPE_1);
        assertEquals(INVALID, link.b().pair().bind(2, first, whole(memory, first.remoteKey().next())),
                "chooses no key");
        bind(link, first, whole(memory, null));
    }

    @Behaviour("V314")
    void shouldAnswerWhatAWindowWasMadeAs() {
        for (MemoryWindow.Type type : MemoryWindow.Type.values()) {
            if (type == TYPE_1 || b().context().attributes().windowsOfType2()) {
                MemoryWindow window = window(type);
                assertEquals(type, window.type());
                assertEquals(b().domain(), window.protectionDomain());
            }
        }
    }
}
