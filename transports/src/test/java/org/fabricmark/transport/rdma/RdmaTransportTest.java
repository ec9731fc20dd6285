package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;
import org.fabricmark.transport.host.Leftovers;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is special to verbs. */
@Timeout(60)
class RdmaTransportTest {
    private static final TransportSpec SPEC = TransportSpec.parse("rdma");

    @AfterEach
    void shouldLeaveNothing() {
        assertEquals(List.of(), Leftovers.ofThisProcess());
    }

    @Test
    void shouldBeFoundAndSayThatItIsEmulatedAndWhetherTimesAreModelled() {
        assertEquals("rdma", Transports.of(SPEC).name());
        assertInstanceOf(Availability.Available.class, Transports.of(SPEC).availability());
        assertEquals(
                Optional.of("emulated by loopback: times of software in shared memory, not of a device"),
                Transports.of(SPEC).remark(SPEC));
        TransportSpec modelled = TransportSpec.parse("rdma?model=roce400g");
        String remark = Transports.of(modelled).remark(modelled).orElseThrow();
        assertTrue(remark.startsWith("emulated by loopback, times modelled"), remark);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            provider=mlx5     | loopback or observed
            order=weak        | strong or placed or adversarial
            model=ndr         | none or roce400g
            signal=flag       | immediate or counter
            depth=3           | a whole number from 4 to 1024
            pairs=0           | a whole number from 1 to 64
            mtu=1500          | 256 or 512 or 1024 or 2048 or 4096
            registration=lazy | cached or staged
            ranges=0          | a whole number from 1 to 1024
            pinned=0          | a whole number from 1 to 1048576
            """)
    void shouldSayWhatAnOptionMayBe(String option, String expected) { // 'observed' is a provider of these tests
        String message = assertThrows(
                IllegalArgumentException.class, () -> Transports.of(TransportSpec.parse("rdma?" + option)))
                .getMessage();
        assertTrue(message.endsWith("expected: " + expected), message);
    }

    @Test
    void shouldNeverClaimDirectAccessAlthoughAllRanksAreOfOneProcess() {
        run(2, transport -> {
            assertEquals(Set.of(), transport.capabilities(1 - transport.rank()));
            Region region = transport.allocate(100);
            assertThrows(
                    UnsupportedOperationException.class, () -> region.directAddress(1 - transport.rank(), 0));
        });
    }

    /** Whoever takes memory away that a peer still writes to: the requester is refused, and both end. */
    @Test
    void shouldEndEveryRankWithTheStatusOfARefusedWrite() {
        CountDownLatch gone = new CountDownLatch(1);
        List<FabricException> thrown = run(2, transport -> {
            Region kept = transport.allocate(4096);
            Region lost = transport.allocate(4096);
            if (transport.rank() == 1) {
                long reference = lost.reference(0);
                assertTrue(reference > 0);
                lost.close();
                gone.countDown();
            } else {
                gone.await();
                assertTrue(transport.put(1, 0, kept.reference(0), lost.reference(0), 4096));
            }
            while (true) {
                transport.progress();
            }
        });
        assertEquals(2, thrown.size(), "all ranks");
        assertEquals(thrown.getFirst().failure(), thrown.getLast().failure());
        assertEquals(Category.PROGRAM_WRONG, thrown.getFirst().failure().category());
        assertEquals(1, thrown.getFirst().failure().peer());
        assertEquals(
                "rank 0: write to rank 1 ended with REMOTE_ACCESS_ERROR over rdma",
                thrown.getFirst().failure().what());
    }

    @Test
    void shouldEndAllWhenTwoRanksHaveOneNumber() {
        Job job = Job.create(3, SPEC, CommunicatorConfig.forRanks(3).withTimeout(Duration.ofSeconds(20)));
        ConcurrentLinkedQueue<FabricException> failures = new ConcurrentLinkedQueue<>();
        List<Thread> ranks = IntStream.of(0, 1, 1)
                .mapToObj(rank -> Thread.ofPlatform().start(() -> {
                    try (Transport transport = job.open(rank)) {
                        assertEquals(rank, transport.rank());
                    } catch (FabricException e) {
                        failures.add(e);
                    }
                }))
                .toList();
        ranks.forEach(RdmaTransportTest::join);
        assertEquals(3, failures.size(), "all ranks that came");
        failures.forEach(e -> assertTrue(e.getMessage().startsWith("two ranks have number 1"), e.getMessage()));
    }

    @Test
    void shouldSayThatQueuesAreTooDeepForSoManyRanks() {
        Job job = Job.create(64, TransportSpec.parse("rdma?depth=1024&pairs=64"));
        FabricException e = assertThrows(FabricException.class, () -> ThreadRanks.run(job, communicator -> {}));
        assertEquals(Category.PROGRAM_WRONG, e.failure().category());
        assertTrue(e.failure().what().contains("depth=1024 needs queues of 1024 requests"), e.failure().what());
    }

    @ParameterizedTest
    @EnumSource(CompletionStatus.class)
    void shouldTellALostLinkFromAWrongProgram(CompletionStatus status) {
        boolean lost = switch (status) {
            case RETRY_EXCEEDED_ERROR, RESPONSE_TIMEOUT_ERROR, WORK_REQUEST_FLUSHED, FATAL_ERROR, GENERAL_ERROR -> true;
            default -> false;
        };
        assertEquals(lost ? Category.LINK_LOST : Category.PROGRAM_WRONG, RdmaFailures.category(status));
    }

    /** What one rank does. */
    @FunctionalInterface
    private interface Body {
        void run(Transport transport) throws InterruptedException;
    }

    /** Runs {@code body} by all ranks; the failures that they ended with. */
    private static List<FabricException> run(int size, Body body) {
        Job job = Job.create(size, SPEC, CommunicatorConfig.forRanks(size).withTimeout(Duration.ofSeconds(20)));
        ConcurrentLinkedQueue<FabricException> thrown = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<Throwable> wrong = new ConcurrentLinkedQueue<>();
        List<Thread> ranks = IntStream.range(0, size).mapToObj(rank -> Thread.ofPlatform().start(() -> {
            try (Transport transport = job.open(rank)) {
                body.run(transport);
            } catch (FabricException e) {
                thrown.add(e);
            } catch (InterruptedException | RuntimeException | Error e) {
                wrong.add(e);
            }
        })).toList();
        ranks.forEach(RdmaTransportTest::join);
        assertEquals(List.of(), List.copyOf(wrong));
        return List.copyOf(thrown);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
