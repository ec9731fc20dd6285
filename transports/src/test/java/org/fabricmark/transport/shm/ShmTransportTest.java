package org.fabricmark.transport.shm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is special to shared memory. */
@Timeout(60)
class ShmTransportTest {
    private static final TransportSpec SPEC = TransportSpec.parse("shm");

    @TempDir
    private Path directory;

    @Test
    void shouldBeFoundAndSayWhetherItWorks() {
        assertEquals("shm", Transports.of(SPEC).name());
        assertInstanceOf(Availability.Available.class, Transports.of(SPEC).availability());
        String message = assertThrows(
                IllegalArgumentException.class, () -> Transports.of(TransportSpec.parse("shm?inline=49")))
                .getMessage();
        assertTrue(message.contains("a whole number from 0 to 48"), message);
    }

    @Test
    void shouldCallItselfByTheOptionsThatAreNotDefault() {
        Job job = Job.create(1, TransportSpec.parse("shm?inline=48&direct=no"));
        try (Transport transport = job.open(0)) {
            assertEquals("shm?direct=no", transport.name());
        }
    }

    @Test
    void shouldHaveNoNamesOfFilesOnceAllRanksAreAttached() {
        ThreadRanks.run(Job.create(2, TransportSpec.parse("shm?dir=" + directory)), comm -> {
            comm.allocate(100_000);
            comm.barrier();
            comm.barrier();
            try (var files = Files.list(directory)) {
                assertEquals(List.of(), files.toList());
            }
        });
    }

    @Test
    void shouldSayWhereItCannotMakeItsFiles() {
        Job job = Job.create(1, TransportSpec.parse("shm?dir=" + directory.resolve("absent")));
        FabricException e = assertThrows(FabricException.class, () -> job.open(0));
        assertEquals(Category.NO_ROOM, e.failure().category());
        assertTrue(e.getMessage().contains(directory.resolve("absent").toString()), e.getMessage());
    }

    @Test
    void shouldSayHowMuchMemoryIsMissingAndWhatWouldHelp() {
        FabricException e = assertThrows(
                FabricException.class, () -> ThreadRanks.run(Job.create(2, SPEC), comm -> comm.allocate(1L << 39)));
        assertTrue(
                e.getMessage().matches("needs 1048576 MiB in \\S+, \\d+ MiB free: .*docker run --shm-size=.*"),
                e.getMessage());
    }

    @Test
    void shouldEndAllWhenTwoRanksHaveOneNumber() {
        Job job = Job.create(
                3, SPEC, CommunicatorConfig.forRanks(3).withTimeout(Duration.ofSeconds(20)));
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
        ranks.forEach(ShmTransportTest::join);
        assertEquals(3, failures.size(), "all ranks that came");
        failures.forEach(e -> {
            assertEquals(Category.PROGRAM_WRONG, e.failure().category(), e.getMessage());
            assertTrue(e.getMessage().startsWith("two ranks have number 1"), e.getMessage());
        });
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
