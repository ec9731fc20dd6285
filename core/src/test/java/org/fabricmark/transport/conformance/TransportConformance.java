package org.fabricmark.transport.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;
import org.fabricmark.transport.Watch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every transport must do, without collectives. A subclass says which transport.
 *
 * <p>The seed of all data is the system property {@code fabricmark.seed}, and is part of every message about data.
 */
@Timeout(60)
public abstract class TransportConformance extends ConformanceTest {
    private static final Duration PATIENT = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final long SEED = Seeds.next();

    /** As {@link ConformanceTest}. */
    protected TransportConformance(TransportSpec transport, Supplier<List<String>> leftBehind) {
        super(transport, leftBehind);
    }

    @BeforeEach
    void requireTransport() {
        Availability availability = Transports.of(transport()).availability();
        assumeTrue(
                availability instanceof Availability.Available,
                () -> "skipped: " + transport() + " is absent: " + availability);
    }

    private TransportRanks ranks(int size) {
        return new TransportRanks(transport(), size, PATIENT);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void shouldGiveEveryRankZeroedMemoryOfTheSizeAskedFor(int size) {
        ranks(size).run(transport -> {
            for (long bytes : new long[] {1, 4096, 100_001}) {
                Region region = transport.allocate(bytes);
                assertEquals(bytes, region.bytes());
                assertEquals(bytes, region.segment().byteSize());
                assertEquals(0, region.address() % 128, "alignment");
                assertEquals(region.address(), region.segment().address());
                assertEquals(-1, region.segment().mismatch(MemorySegment.ofArray(new byte[(int) bytes])), "not zero");
                region.segment().fill((byte) 1);
            }
        });
    }

    @Test
    void shouldGiveZeroedMemoryAgainAfterARegionWasClosed() {
        ranks(2).run(transport -> {
            Wire wire = new Wire(transport, 1);
            for (int i = 0; i < 3; i++) {
                Region region = transport.allocate(10_000);
                assertEquals(-1, region.segment().mismatch(MemorySegment.ofArray(new byte[10_000])), "not zero");
                region.segment().fill((byte) 1);
                wire.barrier(0);
                region.close();
                region.close();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldHaveDataInPlaceBeforeTheirSignal(boolean soleBump) {
        ranks(2).run(transport -> {
            Region region = transport.allocate(1 << 20);
            Wire wire = new Wire(transport, 2);
            for (int bytes = 1; bytes <= 70; bytes++) {
                exchange(transport, region, wire, bytes, bytes % 9, bytes % 7, soleBump);
            }
            for (int bytes : new int[] {100, 4095, 4096, 4097, 65_536, 300_001}) {
                exchange(transport, region, wire, bytes, 0, 0, soleBump);
                exchange(transport, region, wire, bytes, 3, 5, soleBump);
            }
        });
    }

    /** Rank 0 puts, rank 1 checks every byte in and around the target, and answers, so that the signal is free again. */
    private static void exchange(
            Transport transport, Region region, Wire wire, int bytes, int fromShift, int toShift, boolean soleBump) {
        byte[] data = new byte[bytes];
        new Random(SEED + bytes).nextBytes(data);
        long from = 64 + fromShift;
        long to = (1 << 19) + toShift;
        if (transport.rank() == 0) {
            MemorySegment.copy(data, 0, region.segment(), ValueLayout.JAVA_BYTE, from, bytes);
            wire.await(1, 1);
            wire.putAndNotify(1, region, from, to, bytes, 0, soleBump);
            wire.await(1, 1);
        } else {
            MemorySegment around = region.segment().asSlice(to - 64, bytes + 128);
            around.fill((byte) 0x5a);
            wire.bump(0, 1); // the place is ready
            wire.await(0, 0);
            byte[] expected = new byte[bytes + 128];
            Arrays.fill(expected, (byte) 0x5a);
            System.arraycopy(data, 0, expected, 64, bytes);
            assertArrayEquals(
                    expected, around.toArray(ValueLayout.JAVA_BYTE), "bytes=" + bytes + " seed=" + SEED);
            wire.bump(0, 1); // seen
        }
        wire.drain();
    }

    @Test
    void shouldKeepTransfersOfOneWireInOrder() {
        ranks(2).run(transport -> {
            int rounds = 200;
            Region region = transport.allocate(1 << 16);
            Wire wire = new Wire(transport, 2);
            for (int round = 1; round <= rounds; round++) {
                if (transport.rank() == 0) {
                    for (int i = 0; i < 4; i++) { // each put overwrites half of the one before
                        region.segment().asSlice(i * 1024L, 1024).fill((byte) (round + i));
                        wire.put(1, region, i * 1024L, 8192 + i * 512L, 1024);
                    }
                    wire.bump(1, 0);
                    wire.await(1, 1);
                } else {
                    wire.await(0, 0);
                    for (int i = 0; i < 4; i++) {
                        assertEquals(
                                (byte) (round + i),
                                region.segment().get(ValueLayout.JAVA_BYTE, 8192 + i * 512L),
                                "put " + i + " of round " + round);
                    }
                    wire.bump(0, 1);
                }
                wire.drain();
            }
        });
    }

    @Test
    void shouldReadAPeersMemory() {
        ranks(3).run(transport -> {
            Region region = transport.allocate(1 << 20);
            Wire wire = new Wire(transport, 1);
            int bytes = 200_003;
            byte[] data = new byte[bytes];
            new Random(SEED + transport.rank()).nextBytes(data);
            MemorySegment.copy(data, 0, region.segment(), ValueLayout.JAVA_BYTE, 1, bytes);
            wire.barrier(0);
            int peer = (transport.rank() + 1) % transport.size();
            wire.get(peer, region, 1, 1 << 19, bytes);
            wire.flush();
            new Random(SEED + peer).nextBytes(data);
            assertArrayEquals(
                    data,
                    region.segment().asSlice(1 << 19, bytes).toArray(ValueLayout.JAVA_BYTE),
                    "seed=" + SEED);
            wire.barrier(0);
        });
    }

    @Test
    void shouldLeaveSourcesOfPutsFreeAfterAFlush() {
        ranks(2).run(transport -> {
            Region region = transport.allocate(1 << 20);
            Wire wire = new Wire(transport, 1);
            int bytes = 1 << 18;
            if (transport.rank() == 0) {
                region.segment().asSlice(0, bytes).fill((byte) 7);
                wire.put(1, region, 0, 1 << 19, bytes);
                wire.flush();
                region.segment().asSlice(0, bytes).fill((byte) 8);
                wire.bump(1, 0);
            } else {
                wire.await(0, 0);
                byte[] sevens = new byte[bytes];
                Arrays.fill(sevens, (byte) 7);
                assertEquals(-1, region.segment().asSlice(1 << 19, bytes).mismatch(MemorySegment.ofArray(sevens)));
            }
            wire.drain();
        });
    }

    @Test
    void shouldCountEveryBumpOfEverySourceOnItsOwn() {
        ranks(4).run(transport -> {
            Wire wire = new Wire(transport, 3);
            int me = transport.rank();
            for (int i = 0; i < 300; i++) {
                for (int peer = 0; peer < transport.size(); peer++) {
                    if (peer != me && i < 100 * (me + 1) - 100) {
                        wire.bump(peer, 1);
                    }
                }
            }
            wire.barrier(2);
            for (int peer = 0; peer < transport.size(); peer++) {
                if (peer != me && peer > 0) {
                    wire.await(peer, 1, 100 * peer);
                }
                assertTrue(peer == me || !wire.poll(peer, 1), "a bump too many from " + peer);
                assertTrue(peer == me || !wire.poll(peer, 0), "a bump of another signal from " + peer);
            }
            wire.barrier(2);
        });
    }

    @Test
    void shouldSayTheSameOfAPairFromBothEnds() {
        Capability[][] claims = new Capability[9][];
        ranks(3).run(transport -> {
            for (int peer = 0; peer < 3; peer++) {
                claims[transport.rank() * 3 + peer] =
                        transport.capabilities(peer).stream().sorted().toArray(Capability[]::new);
            }
            assertTrue(transport.capabilities(transport.rank()).contains(Capability.DIRECT_ACCESS), "own memory");
        });
        for (int i = 0; i < 3; i++) {
            for (int j = 0; j < i; j++) {
                assertArrayEquals(claims[i * 3 + j], claims[j * 3 + i], "ranks " + i + " and " + j);
            }
        }
    }

    @Test
    void shouldReachPeersDirectlyWhereItSaysSo() {
        ranks(2).run(transport -> {
            int peer = 1 - transport.rank();
            Region region = transport.allocate(4096);
            Wire wire = new Wire(transport, 1);
            wire.barrier(0);
            assumeTrue(
                    transport.capabilities(peer).contains(Capability.DIRECT_ACCESS), "skipped: lacks DIRECT_ACCESS");
            AddressSpace.setLong(region.directAddress(peer, 8), 100 + transport.rank());
            wire.barrier(0);
            assertEquals(100 + peer, region.segment().get(ValueLayout.JAVA_LONG, 8));
            assertEquals(100 + peer, AddressSpace.getLong(region.directAddress(transport.rank(), 8)));
            wire.barrier(0);
        });
    }

    @Test
    void shouldRefuseDirectAddressesWhereItLacksThem() {
        ranks(2).run(transport -> {
            int peer = 1 - transport.rank();
            Region region = transport.allocate(4096);
            if (!transport.capabilities(peer).contains(Capability.DIRECT_ACCESS)) {
                assertThrows(
                        UnsupportedOperationException.class, () -> region.directAddress(peer, 0));
            }
            assertEquals(region.address() + 8, region.directAddress(transport.rank(), 8));
        });
    }

    @Test
    void shouldNotLockUpWhenAllRanksPutToAllAtOnce() {
        putToAll(4, 1 << 20);
    }

    @Test
    @Tag("slow")
    void shouldNotLockUpWhenTwoRanksPutVeryMuchToEachOther() {
        putToAll(2, 64 << 20);
    }

    private void putToAll(int size, int bytes) {
        ranks(size).run(transport -> {
            Region region = transport.allocate((size + 1L) * bytes);
            Wire wire = new Wire(transport, 2);
            for (int round = 0; round < 3; round++) {
                region.segment().asSlice(0, bytes).fill((byte) (transport.rank() + round));
                for (int peer = 0; peer < size; peer++) {
                    if (peer != transport.rank()) {
                        wire.putAndNotify(peer, region, 0, (transport.rank() + 1L) * bytes, bytes, 0, false);
                    }
                }
                for (int peer = 0; peer < size; peer++) {
                    if (peer != transport.rank()) {
                        wire.await(peer, 0);
                        MemorySegment got = region.segment().asSlice((peer + 1L) * bytes, bytes);
                        assertEquals((byte) (peer + round), got.get(ValueLayout.JAVA_BYTE, 0));
                        assertEquals((byte) (peer + round), got.get(ValueLayout.JAVA_BYTE, bytes - 1));
                    }
                }
                wire.flush();
                wire.barrier(1);
            }
        });
    }

    @Test
    void shouldTellEveryRankWhyTheJobWasEnded() {
        Failure failure = new Failure(Category.LINK_LOST, 1, 2, 17, "x", 1_500_000_000L, "rank 1 is weary – “enough”");
        Throwable[] thrown = ranks(3).runAndCollect(transport -> {
            Wire wire = new Wire(transport, 1);
            if (transport.rank() == 1) {
                transport.abort(failure);
                transport.abort(Failure.of(Category.NO_ROOM, 1, "x", "a later failure, which must not win"));
            }
            wire.await((transport.rank() + 1) % 3, 0);
        });
        for (Throwable e : thrown) {
            Failure seen = assertInstanceOf(FabricException.class, e).failure();
            assertEquals(failure.what(), seen.what());
            assertEquals(failure.category(), seen.category());
            assertEquals(List.of(1, 2, 17), List.of(seen.rank(), seen.peer(), seen.step()));
            assertEquals(failure.elapsedNanos(), seen.elapsedNanos());
        }
    }

    /** Rank 1 only waits: in a collective method, or for a signal. Rank 0's watch hears of a death when both are there. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndTheJobWithWhatTheWatchOfOneRankHears(boolean inCollectiveMethod) {
        Failure death = Failure.of(Category.LINK_LOST, 2, "x", "the process of rank 2 was killed");
        AtomicBoolean dead = new AtomicBoolean();
        Watch watch = () -> dead.get() && Thread.currentThread().getName().equals("rank-0")
                ? Optional.of(death)
                : Optional.empty();
        Throwable[] thrown = new TransportRanks(transport(), 3, PATIENT, watch).runAndCollect(transport -> {
            Wire wire = new Wire(transport, 1);
            if (transport.rank() == 2) {
                dead.set(true);
                wire.await(1, 0);
            } else if (inCollectiveMethod) {
                transport.allocate(8);
            } else {
                wire.await(2, 0);
            }
        });
        for (Throwable e : thrown) {
            assertEquals(death.what(), assertInstanceOf(FabricException.class, e).failure().what());
        }
    }

    @Test
    void shouldCloseOnlyWhenAllRanksClose() {
        AtomicBoolean closing = new AtomicBoolean();
        CountDownLatch othersAreThere = new CountDownLatch(2);
        new TransportRanks(transport(), 3, PATIENT).run(transport -> {
            if (transport.rank() == 2) {
                othersAreThere.await();
                closing.set(true);
            } else {
                othersAreThere.countDown();
                transport.close();
                assertTrue(closing.get(), "closed before rank 2 did");
            }
        });
    }

    @Test
    void shouldNameTheRankThatNeverCloses() {
        CountDownLatch failed = new CountDownLatch(1);
        Throwable[] thrown = new TransportRanks(transport(), 2, SHORT).runAndCollect(transport -> {
            if (transport.rank() == 0) {
                try {
                    transport.close();
                } finally {
                    failed.countDown();
                }
            } else {
                failed.await();
            }
        });
        Failure failure = assertInstanceOf(FabricException.class, thrown[0]).failure();
        assertEquals(Category.LINK_LOST, failure.category());
        assertEquals(1, failure.peer());
        assertTrue(failure.what().contains("for rank 1 to close"), failure.what());
    }

    @Test
    void shouldNameARankThatNeverAttaches() {
        Job job = Job.create(
                2,
                transport(),
                CommunicatorConfig.forRanks(2).withTimeout(SHORT));
        for (int rank = 0; rank < 2; rank++) {
            int alone = rank;
            Failure failure = assertThrows(FabricException.class, () -> job.open(alone))
                    .failure();
            assertEquals(Category.LINK_LOST, failure.category());
            assertEquals(1 - alone, failure.peer());
            assertTrue(failure.elapsedNanos() >= SHORT.toNanos(), failure.facts());
        }
    }

    @Test
    void shouldEndEveryRankWhenMemoryIsShort() {
        long farTooMuch = 1L << 39;
        Throwable[] thrown = ranks(2).runAndCollect(transport -> transport.allocate(farTooMuch));
        for (Throwable e : thrown) {
            assertNotNull(e, "a rank went on");
            assertEquals(Category.NO_ROOM, assertInstanceOf(FabricException.class, e).failure().category());
        }
    }

    @Test
    void shouldNotConfirmABumpThatWasNotSent() {
        ranks(2).run(transport -> {
            Wire wire = new Wire(transport, 2);
            if (transport.rank() == 1) {
                assertFalse(wire.poll(0, 0), "before anything was sent");
                wire.bump(0, 1);
                wire.await(0, 0);
                assertFalse(wire.poll(0, 0), "after the only bump");
            } else {
                wire.await(1, 1);
                wire.bump(1, 0);
            }
            wire.barrier(1);
        });
    }
}
