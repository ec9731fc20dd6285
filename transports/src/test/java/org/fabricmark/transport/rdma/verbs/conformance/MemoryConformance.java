package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.AccessFlag.LOCAL_WRITE;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.MEMORY_WINDOW_BIND;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_ATOMIC;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_READ;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.REMOTE_WRITE;
import static org.fabricmark.transport.rdma.verbs.AccessFlag.ZERO_BASED;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.AddressVector;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionQueue;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.DeviceMemory;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.MemoryWindow;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.QueuePairInit;
import org.fabricmark.transport.rdma.verbs.SendRequest;
import org.fabricmark.transport.rdma.verbs.VerbsException.Reason;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/** Protection domains, memory and its registration. Windows are in {@link WindowsConformance}. */
public abstract class MemoryConformance extends VerbsConformance {
    private static final long WATCH_NANOS = 100_000_000;

    /** As {@link VerbsConformance}. */
    protected MemoryConformance(Subject subject) {
        super(subject);
    }

    @Behaviour("V004")
    void shouldKeepAProtectionDomainInWhichSomethingIsLeft() {
        CompletionQueue queue = a().queue();
        DeviceMemory memory = a().keep(a().context().allocate(4096));
        Map<String, Function<ProtectionDomain, AutoCloseable>> children = new LinkedHashMap<>();
        children.put("memory region", domain -> domain.register(memory.segment(), Set.of()));
        children.put("queue pair", domain -> domain.createQueuePair(
                new QueuePairInit(RC, queue, queue, null, End.USUAL, false)));
        children.put("shared receive queue", domain -> domain.createSharedReceiveQueue(4, 1));
        children.put("address handle", domain -> domain.createAddressHandle(AddressVector.to(b().gid())));
        children.put("memory window", domain -> domain.allocateMemoryWindow(MemoryWindow.Type.TYPE_1));
        children.forEach((what, make) -> {
            ProtectionDomain domain = a().keep(a().context().allocateProtectionDomain());
            AutoCloseable child = a().keep(make.apply(domain));
            assertBusy(domain::close);
            AutoCloseable another = a().keep(make.apply(domain)); // still usable
            a().end(another);
            a().end(child);
            a().end(domain);
        });
    }

    @Behaviour("V046")
    void shouldRefuseMemoryOfAnotherProtectionDomain() {
        ProtectionDomain other = a().keep(a().context().allocateProtectionDomain());
        ProtectionDomain others = b().keep(b().context().allocateProtectionDomain());
        Registered foreign = a().memory(other, 64, AccessFlag.localAndRemote());
        Registered foreignThere = b().memory(others, 64, AccessFlag.localAndRemote());
        Link local = ends().connect();
        Registered own = a().memory(64);
        local.a().post(Requests.write(1, foreign, 0, b().memory(64), 0, 8));
        assertEnded(local.a().sends(), 1, CompletionStatus.LOCAL_PROTECTION_ERROR);
        Link remote = ends().connect();
        remote.a().post(Requests.write(2, own.fill(7), 0, foreignThere, 0, 8));
        assertEnded(remote.a().sends(), 2, CompletionStatus.REMOTE_ACCESS_ERROR);
        foreignThere.assertAll(0);
    }

    @Behaviour("V052")
    void shouldRefuseRemoteWritesAndAtomicsToWhatTheOwnDeviceMayNotWrite() {
        DeviceMemory memory = a().keep(a().context().allocate(4096));
        for (AccessFlag flag : new AccessFlag[] {REMOTE_WRITE, REMOTE_ATOMIC}) {
            assertInvalid(() -> a().domain().register(memory.segment(), EnumSet.of(flag, REMOTE_READ)));
            a().end(a().keep(a().domain().register(memory.segment(), EnumSet.of(flag, LOCAL_WRITE))));
        }
    }

    @Behaviour("V053")
    void shouldNotTouchMemoryAfterItsDeregistration() throws Exception {
        Registered to = b().memory(1 << 16);
        Side there = Ends.side(b(), RC);
        AtomicReference<Side> here = new AtomicReference<>();
        CountDownLatch connected = new CountDownLatch(1);
        try (ExecutorService thread = Executors.newSingleThreadExecutor()) {
            Future<CompletionStatus> writer = thread.submit(() -> {
                try (End own = new End(ends().device())) {
                    Side side = Ends.side(own, RC);
                    Connection.USUAL.connect(side.pair(), b().gid(), there.pair().number());
                    here.set(side);
                    connected.await();
                    return writeUntilRefused(side, own.memory(to.bytes()), to);
                }
            });
            try {
                ends().until("a second context", () -> here.get() != null || writer.isDone());
                Connection.USUAL.connect(there.pair(), here.get().end().gid(), here.get().pair().number());
                connected.countDown();
                ends().until("writes", () -> to.get(to.bytes() - 1) > 8);
                to.deregister();
                byte[] then = to.get(0, to.bytes());
                long until = System.nanoTime() + WATCH_NANOS;
                while (System.nanoTime() < until) {
                    ends().progress();
                    assertArrayEquals(then, to.get(0, to.bytes()), "written after its deregistration");
                }
                assertEquals(CompletionStatus.REMOTE_ACCESS_ERROR, writer.get(5, TimeUnit.SECONDS));
            } finally {
                connected.countDown();
            }
        }
    }

    /** One write after the other, each of another value, until one fails; how it does. */
    private static CompletionStatus writeUntilRefused(Side side, Registered from, Registered to) {
        WorkCompletion[] one = WorkCompletion.array(1);
        SendRequest request = new SendRequest();
        long deadline = System.nanoTime() + 100 * WATCH_NANOS;
        for (int value = 1; System.nanoTime() < deadline; value = value % 100 + 1) {
            from.fill(value);
            side.post(request.begin(1).write(to.at(0), to.remoteKey())
                    .segment(from.at(0), from.bytes(), from.localKey()));
            while (side.sends().poll(one) == 0 && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
            if (!one[0].successful()) {
                return one[0].status();
            }
        }
        return CompletionStatus.SUCCESS;
    }

    @Behaviour("V111")
    void shouldNotReuseAKeyAtOnce() {
        DeviceMemory memory = a().keep(a().context().allocate(64));
        int last = 0;
        for (int i = 0; i < 300; i++) {
            try (MemoryRegion region = a().domain().register(memory.segment(), AccessFlag.localAndRemote())) {
                assertNotEquals(last, region.remoteKey().value());
                last = region.remoteKey().value();
            }
        }
    }

    @Behaviour("V112")
    void shouldRefuseAStaleKeyAlthoughTheSameMemoryIsRegisteredAgain() {
        Link link = ends().connect();
        Registered from = a().memory(64).fill(3);
        DeviceMemory memory = b().keep(b().context().allocate(64));
        MemoryRegion first = b().domain().register(memory.segment(), AccessFlag.localAndRemote());
        first.close();
        MemoryRegion second = b().keep(b().domain().register(memory.segment(), AccessFlag.localAndRemote()));
        assertNotEquals(first.remoteKey(), second.remoteKey());
        link.a().post(Requests.request(1).write(second.address(), first.remoteKey())
                .segment(from.at(0), 64, from.localKey()));
        assertEnded(link.a().sends(), 1, CompletionStatus.REMOTE_ACCESS_ERROR);
        assertEquals(0, memory.segment().get(ValueLayout.JAVA_BYTE, 0));
    }

    @Behaviour("V113")
    void shouldKeepMemoryThatIsRegistered() {
        DeviceMemory memory = a().keep(a().context().allocate(8192));
        MemoryRegion part = a().keep(a().domain().register(memory.segment().asSlice(100, 50), Set.of()));
        assertBusy(memory::close);
        a().end(part);
        memory.close();
        memory.close(); // twice does nothing
    }

    @Behaviour("V114")
    void shouldAllocateZerosAlignedToAPage() {
        for (long bytes : new long[] {1, 4096, 100_000, 8 << 20}) {
            DeviceMemory memory = a().keep(a().context().allocate(bytes));
            assertEquals(bytes, memory.segment().byteSize());
            assertEquals(0, memory.segment().address() % 4096, "alignment");
            assertEquals(-1, memory.segment().mismatch(MemorySegment.ofArray(new byte[(int) bytes])));
            memory.segment().fill((byte) 1);
            a().end(memory);
        }
    }

    @Behaviour("V115")
    void shouldRefuseToRegisterNothingAndMemoryOfTheHeap() {
        DeviceMemory memory = a().keep(a().context().allocate(64));
        assertInvalid(() -> a().domain().register(memory.segment().asSlice(0, 0), Set.of()));
        String reason = assertRefused(
                Reason.EINVAL, () -> a().domain().register(MemorySegment.ofArray(new byte[64]), Set.of())).getMessage();
        assertFalse(reason.isBlank());
    }

    @Behaviour("V116")
    void shouldRegisterAnyNativeMemoryWherePeersAreThreads() {
        assumeTrue(subject().scope() == FabricSpec.Scope.PROCESS, "skipped: lacks peers of one process only");
        Link link = ends().connect();
        Registered from = a().memory(64).randomize(1);
        try (Arena arena = Arena.ofShared()) {
            MemorySegment any = arena.allocate(1000, 64).asSlice(3, 64);
            try (MemoryRegion region = b().domain().register(any, AccessFlag.localAndRemote())) {
                link.a().post(Requests.request(1).write(region.address(), region.remoteKey())
                        .segment(from.at(0), 64, from.localKey()));
                assertDone(link.a().sends(), 1, CompletionOpcode.RDMA_WRITE);
                link.a().post(Requests.request(2).read(region.address(), region.remoteKey())
                        .segment(from.at(0), 64, from.localKey()));
                assertDone(link.a().sends(), 2, CompletionOpcode.RDMA_READ);
                assertEquals(-1, any.mismatch(from.segment()));
            }
        }
    }

    @Behaviour("V117")
    void shouldCountFromZeroInARegionThatIsZeroBased() {
        Link link = ends().connect();
        Registered from = a().memory(64).randomize(2);
        DeviceMemory memory = b().keep(b().context().allocate(128));
        MemoryRegion region = b().keep(b().domain().register(
                memory.segment(), EnumSet.of(LOCAL_WRITE, REMOTE_WRITE, ZERO_BASED)));
        assertEquals(0, region.address());
        link.a().post(Requests.request(1).write(64, region.remoteKey()).segment(from.at(0), 64, from.localKey()));
        assertDone(link.a().sends(), 1, CompletionOpcode.RDMA_WRITE);
        assertEquals(-1, memory.segment().asSlice(64).mismatch(from.segment()));
        link.a().post(Requests.request(2).write(65, region.remoteKey()).segment(from.at(0), 64, from.localKey()));
        assertEnded(link.a().sends(), 2, CompletionStatus.REMOTE_ACCESS_ERROR);
    }

    @Behaviour("V118")
    void shouldCallTheFirstByteAsTheProgramWants() {
        Link link = ends().connect();
        Registered from = a().memory(64).randomize(3);
        DeviceMemory memory = b().keep(b().context().allocate(64));
        for (long base : new long[] {1, 0x7000_0000_0000_0000L, -64}) {
            memory.segment().fill((byte) 0);
            MemoryRegion region = b().keep(b().domain().register(memory.segment(), base, AccessFlag.localAndRemote()));
            assertEquals(base, region.address());
            link.a().post(
                    Requests.request(1).write(base + 60, region.remoteKey()).segment(from.at(0), 4, from.localKey()));
            assertDone(link.a().sends(), 1, CompletionOpcode.RDMA_WRITE);
            assertEquals(-1, memory.segment().asSlice(60, 4).mismatch(from.segment().asSlice(0, 4)));
            b().end(region);
        }
    }

    @Behaviour("V119")
    void shouldAnswerWhatMemoryWasRegisteredWith() {
        DeviceMemory memory = a().keep(a().context().allocate(64));
        Set<AccessFlag> access = EnumSet.of(LOCAL_WRITE, REMOTE_READ, MEMORY_WINDOW_BIND);
        MemoryRegion region = a().keep(a().domain().register(memory.segment().asSlice(8, 16), access));
        assertSame(a().domain(), region.protectionDomain());
        assertEquals(memory.segment().address() + 8, region.address());
        assertEquals(16, region.length());
        assertEquals(access, region.access());
    }

    @Behaviour("V120")
    void shouldLetTheSameMemoryBeRegisteredTwiceWithRightsOfItsOwnEach() {
        Link link = ends().connect();
        Registered from = a().memory(8).fill(5);
        DeviceMemory memory = b().keep(b().context().allocate(8));
        MemoryRegion open = b().keep(b().domain().register(memory.segment(), EnumSet.of(LOCAL_WRITE, REMOTE_WRITE)));
        MemoryRegion shut = b().keep(b().domain().register(memory.segment(), Set.of()));
        link.a().post(
                Requests.request(1).write(open.address(), open.remoteKey()).segment(from.at(0), 8, from.localKey()));
        assertDone(link.a().sends(), 1, CompletionOpcode.RDMA_WRITE);
        link.a().post(
                Requests.request(2).write(shut.address(), shut.remoteKey()).segment(from.at(0), 8, from.localKey()));
        assertEnded(link.a().sends(), 2, CompletionStatus.REMOTE_ACCESS_ERROR);
    }

    @Behaviour("V121")
    void shouldRefuseAPostedReceiveWhoseMemoryWasDeregistered() {
        Link link = ends().connect();
        Registered into = b().memory(64);
        link.b().receive(Requests.receive(9, into, 0, 64));
        into.deregister();
        link.a().post(Requests.send(1, a().memory(8), 0, 8));
        assertEnded(link.b().receives(), 9, CompletionStatus.LOCAL_PROTECTION_ERROR);
        assertEnded(link.a().sends(), 1, CompletionStatus.REMOTE_OPERATION_ERROR);
    }

    @Behaviour("V122")
    void shouldRefuseDeregisteredMemoryInOwnRequests() {
        Link link = ends().connect();
        Registered from = a().memory(64);
        from.deregister();
        assertEquals(PostStatus.POSTED, link.a().pair().postSend(Requests.send(1, from, 0, 8)));
        assertEnded(link.a().sends(), 1, CompletionStatus.LOCAL_PROTECTION_ERROR);
    }
}
