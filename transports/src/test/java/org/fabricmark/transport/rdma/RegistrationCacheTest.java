package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fabricmark.transport.RegistrationCounters;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.VerbsProviders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The cache over a protection domain of the emulation, which cannot be closed while anything is registered in it. */
@Timeout(60)
class RegistrationCacheTest {
    private static final FabricSpec FABRIC = new FabricSpec(
            "registrations", FabricSpec.Scope.PROCESS, FabricSpec.MemoryOrder.STRONG, 0, CostModel.NONE);
    private static final long MUCH = 1 << 20;

    private final Context context = VerbsProviders.named("loopback").devices(FABRIC).getFirst().open();
    private final ProtectionDomain domain = context.allocateProtectionDomain();
    private final Arena arena = Arena.ofConfined();
    private final MemorySegment memory = arena.allocate(4096);
    private RegistrationCache cache = new RegistrationCache(domain, 16, MUCH);

    @AfterEach
    void shouldLeaveNothingRegistered() {
        cache.close();
        domain.close();
        context.close();
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }

    private void limit(int ranges, long bytes) {
        cache.close();
        cache = new RegistrationCache(domain, ranges, bytes);
    }

    /** The memory as {@code scope} has it that is not {@link #arena}'s: the same addresses, another lifetime. */
    @SuppressWarnings("restricted")
    private MemorySegment again(Arena scope) {
        return memory.reinterpret(4096, scope, null);
    }

    /** Acquires the bytes and releases them. */
    private Registration use(MemorySegment segment, long from, long bytes) {
        Registration found = cache.acquire(segment.asSlice(from, bytes), bytes);
        cache.release(found);
        return found;
    }

    /** lookups, hits, registrations, evictions, invalidations, refusals, bytes. */
    private void assertCounters(long... expected) {
        assertEquals(
                new RegistrationCounters(
                        expected[0], expected[1], expected[2], expected[3], expected[4], expected[5], expected[6]),
                cache.counters());
    }

    @Test
    void shouldRegisterOnceAndHitFromThenOn() {
        Registration first = use(memory, 0, 4096);
        assertSame(first, use(memory, 0, 4096));
        assertSame(first, use(memory, 0, 4096));
        assertCounters(3, 2, 1, 0, 0, 0, 4096);
        assertEquals(2 / 3.0, cache.counters().hitRate());
    }

    @Test
    void shouldHitWithAnyPartOfWhatIsRegistered() {
        Registration all = use(memory, 0, 4096);
        assertSame(all, use(memory, 0, 1));
        assertSame(all, use(memory, 1000, 3000));
        assertSame(all, use(memory, 4095, 1));
        assertCounters(4, 3, 1, 0, 0, 0, 4096);
    }

    @Test
    void shouldRegisterNoMoreThanIsAskedForOfALongerSegment() {
        Registration begin = cache.acquire(memory, 100);
        assertEquals(memory.address() + 100, begin.end());
        cache.release(begin);
    }

    @Test
    void shouldTakeInWhatItOverlapsAndNotWhatItOnlyTouches() {
        use(memory, 0, 100);
        use(memory, 300, 100);
        use(memory, 400, 100);
        Registration joined = use(memory, 50, 300);
        assertEquals(memory.address(), joined.address());
        assertEquals(memory.address() + 400, joined.end());
        assertCounters(4, 0, 4, 0, 0, 0, 500);
        assertSame(joined, use(memory, 399, 1));
        assertNotSame(joined, use(memory, 400, 1));
        assertCounters(6, 2, 4, 0, 0, 0, 500);
    }

    @Test
    void shouldKeepWhatIsInUseRegisteredUntilItIsReleasedAlthoughALongerRangeTakesItIn() {
        Registration user = cache.acquire(memory, 100);
        Registration longer = cache.acquire(memory.asSlice(50), 100);
        assertNotSame(user, longer);
        assertCounters(2, 0, 2, 0, 0, 0, 250);
        cache.release(user);
        assertCounters(2, 0, 2, 0, 0, 0, 150);
        cache.release(longer);
        assertSame(longer, use(memory, 0, 150));
    }

    /** The classical mistake: memory is freed, other memory is mapped at its address, and the old entry is taken for it. */
    @Test
    void shouldNotFindWhatIsLeftOfFormerMemoryAtTheSameAddress() {
        Registration former;
        try (Arena first = Arena.ofConfined()) {
            former = use(again(first), 0, 4096);
        }
        try (Arena second = Arena.ofConfined()) {
            Registration now = use(again(second), 0, 4096);
            assertNotSame(former, now);
            assertNotEquals(former.localKey(), now.localKey());
            assertCounters(2, 0, 2, 0, 1, 0, 4096);
        }
    }

    @Test
    void shouldNotFindWhatIsLeftWhenTheAllocatorGivesTheSameAddressAgain() {
        long address = 0;
        int repeated = 0;
        for (int i = 0; i < 100; i++) {
            try (Arena each = Arena.ofConfined()) {
                MemorySegment segment = each.allocate(1 << 18);
                repeated += segment.address() == address ? 1 : 0;
                address = segment.address();
                use(segment, 0, 1 << 18);
            }
        }
        assertTrue(repeated > 0, "the allocator has never given an address again: this shows nothing");
        assertCounters(100, 0, 100, 0, 99, 0, 1 << 18);
    }

    @Test
    void shouldTellTwoScopesOfTheSameMemoryApartAsLongAsBothLive() {
        try (Arena other = Arena.ofConfined()) {
            MemorySegment seenAgain = again(other);
            Registration one = use(memory, 0, 4096);
            Registration two = use(seenAgain, 100, 100);
            assertNotSame(one, two);
            assertSame(one, use(memory, 150, 10));
            assertSame(two, use(seenAgain, 150, 10));
        }
        use(memory, 0, 1);
        use(memory, 0, 1); // the other one's turn has come
        assertCounters(6, 4, 2, 0, 1, 0, 4096);
    }

    @Test
    void shouldDeregisterMemoryOfAClosedArenaInItsTurnAlthoughNothingNewIsRegistered() {
        use(memory, 0, 100);
        for (int i = 0; i < 5; i++) {
            try (Arena each = Arena.ofConfined()) {
                each.allocate(1 << 16);
                use(again(each), 100L * i, 50);
            }
            use(memory, 0, 100);
            use(memory, 0, 100);
        }
        assertEquals(100, cache.counters().bytes());
        assertEquals(5, cache.counters().invalidations());
    }

    @Test
    void shouldEvictTheLeastRecentlyUsed() {
        limit(2, MUCH);
        Registration first = use(memory, 0, 10);
        Registration second = use(memory, 20, 10);
        use(memory, 0, 10);
        use(memory, 40, 10);
        assertCounters(4, 1, 3, 1, 0, 0, 20);
        assertSame(first, use(memory, 0, 10));
        assertNotSame(second, use(memory, 20, 10));
        assertCounters(6, 2, 4, 2, 0, 0, 20);
    }

    @Test
    void shouldMissInEveryCallOfARingOfOneBufferMoreThanItKeeps() {
        limit(4, MUCH);
        for (int i = 0; i < 100; i++) {
            use(memory, 100L * (i % 5), 10);
        }
        assertCounters(100, 0, 100, 96, 0, 0, 40);
    }

    @Test
    void shouldKeepNoMoreBytesThanItMay() {
        limit(16, 1000);
        use(memory, 0, 400);
        use(memory, 500, 400);
        use(memory, 1000, 400);
        assertCounters(3, 0, 3, 1, 0, 0, 800);
        use(memory, 2000, 1000);
        assertCounters(4, 0, 4, 3, 0, 0, 1000);
    }

    @Test
    void shouldRegisterByItselfWhatWouldBecomeTooLongTogether() {
        limit(16, 1000);
        use(memory, 0, 400);
        Registration second = use(memory, 350, 700);
        assertEquals(700, second.bytes());
        assertCounters(2, 0, 2, 1, 0, 0, 700);
    }

    @Test
    void shouldNeverEvictWhatIsInUse() {
        limit(2, MUCH);
        Registration one = cache.acquire(memory, 10);
        Registration two = cache.acquire(memory.asSlice(20), 10);
        assertNull(cache.acquire(memory.asSlice(40), 10));
        assertSame(one, use(memory, 0, 10));
        cache.release(two);
        assertNotNull(use(memory, 40, 10));
        assertSame(one, use(memory, 0, 10));
        assertCounters(6, 2, 3, 1, 0, 1, 20);
        cache.release(one);
    }

    @Test
    void shouldNotEvictForMoreThanItMayEverKeep() {
        limit(2, 1000);
        use(memory, 0, 500);
        assertNull(cache.acquire(memory, 1001));
        assertCounters(1, 0, 1, 0, 0, 1, 500);
    }

    @Test
    void shouldRefuseWhatSomebodyElseCouldGiveBackAndWhatCannotBeRegistered() throws InterruptedException {
        try (Arena shared = Arena.ofShared()) {
            List<MemorySegment> refused = new ArrayList<>(List.of(
                    MemorySegment.ofArray(new byte[8]),
                    MemorySegment.ofBuffer(ByteBuffer.allocate(8)),
                    MemorySegment.ofBuffer(ByteBuffer.allocateDirect(8)),
                    memory.asReadOnly(),
                    shared.allocate(8),
                    Arena.ofAuto().allocate(8),
                    Arena.global().allocate(8)));
            Thread other = Thread.ofPlatform().start(() -> {
                Arena left = Arena.ofConfined(); // only its thread could close it
                refused.add(left.allocate(8));
            });
            other.join();
            assertEquals(8, refused.size());
            for (MemorySegment each : refused) {
                assertNull(cache.acquire(each, 8), each.toString());
            }
        }
        MemorySegment closed;
        try (Arena soon = Arena.ofConfined()) {
            closed = soon.allocate(8);
        }
        assertNull(cache.acquire(closed, 8));
        assertCounters(0, 0, 0, 0, 0, 9, 0);
    }

    @Test
    void shouldDeregisterAtOnceWhatIsRevokedAndUseItNoMore() {
        Registration input = cache.acquire(memory, 1000);
        Registration output = cache.acquire(memory.asSlice(500), 500);
        assertSame(input, output);
        cache.revoke(input);
        context.allocateProtectionDomain().close();
        domain.close(); // which it could not be, were anything registered in it
        cache.revoke(output);
        assertCounters(2, 1, 1, 0, 1, 0, 0);
    }

    @Test
    void shouldForgetRangesOfMemoryThatIsAboutToBeGivenBack() {
        use(memory, 0, 100);
        use(memory, 200, 100);
        cache.forget(memory.address() + 250, memory.address() + 4096);
        assertCounters(2, 0, 2, 0, 1, 0, 100);
    }

    @Test
    void shouldGiveUpIdleRangesWhenTheDeviceHasNoKeysLeft() {
        List<MemoryRegion> others = new ArrayList<>();
        use(memory, 0, 10);
        Registration used = cache.acquire(memory.asSlice(100), 10);
        takeAllKeys(others);
        assertNotNull(use(memory, 200, 10));
        assertEquals(1, cache.counters().evictions());
        cache.acquire(memory.asSlice(200), 10);
        assertNull(cache.acquire(memory.asSlice(300), 10), "everything is in use");
        assertSame(used, use(memory, 100, 10));
        others.forEach(MemoryRegion::close);
    }

    private void takeAllKeys(List<MemoryRegion> taken) {
        try {
            while (true) {
                taken.add(domain.register(memory, Set.of()));
            }
        } catch (VerbsException e) {
            assertEquals(VerbsException.Reason.ENOMEM, e.reason());
        }
    }

    @Test
    void shouldAllocateNothingOnAHit() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        MemorySegment[] buffers = new MemorySegment[8];
        for (int i = 0; i < buffers.length; i++) {
            buffers[i] = memory.asSlice(500L * i, 400);
        }
        long least = Long.MAX_VALUE;
        for (int batch = 0; batch < 50 && least > 0; batch++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            for (int i = 0; i < 10_000; i++) {
                cache.release(cache.acquire(buffers[i & 7], 400));
            }
            least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
        }
        assertEquals(0, least);
        assertEquals(8, cache.counters().registrations());
    }
}
