package org.fabricmark.bench.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.harness.MemoryNeeds;
import org.fabricmark.transport.Medium;
import org.fabricmark.transport.Transports;

/**
 * Refuses, before anything is started, what this machine has no room for.
 *
 * @param sharedMemory bytes that can still be used in /dev/shm; empty where there is none
 * @param memory bytes of main memory that can still be used; empty where it is not known
 * @param threads threads that the control group still allows; empty where it sets no limit
 */
record Preflight(OptionalLong sharedMemory, OptionalLong memory, OptionalLong threads) {
    private static final Path SHARED_MEMORY = Path.of("/dev/shm");
    private static final Path MEMORY = Path.of("/proc/meminfo");
    private static final Path GROUP = Path.of("/sys/fs/cgroup");

    /** What a JVM for a rank takes besides shared memory: 80 MiB were measured. */
    private static final long PROCESS_BYTES = 128L * 1024 * 1024;

    /** Its threads: 16 were measured on 2 cores; collectors and compilers depend on the cores. */
    private static final int PROCESS_THREADS = 20 + Runtime.getRuntime().availableProcessors();

    private static final double GIB = 1024.0 * 1024 * 1024;
    private static final double MIB = 1024.0 * 1024;

    /** What there is now. */
    static Preflight ofThisMachine() throws IOException {
        OptionalLong shared = Files.isDirectory(SHARED_MEMORY)
                ? OptionalLong.of(Files.getFileStore(SHARED_MEMORY).getUsableSpace()) : OptionalLong.empty();
        OptionalLong memory = available();
        // What the group uses for cached files could be taken back, and is not told apart here.
        OptionalLong group = groupRoom("memory");
        if (group.isPresent()) {
            memory = OptionalLong.of(Math.min(group.getAsLong(), memory.orElse(Long.MAX_VALUE)));
        }
        return new Preflight(shared, memory, groupRoom("pids"));
    }

    private static OptionalLong available() throws IOException {
        if (!Files.isReadable(MEMORY)) {
            return OptionalLong.empty();
        }
        try (Stream<String> lines = Files.lines(MEMORY, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith("MemAvailable:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
                    .findFirst();
        }
    }

    /** What the limit of a controller of the control group leaves; empty without a limit. */
    private static OptionalLong groupRoom(String controller) throws IOException {
        Path limit = GROUP.resolve(controller + ".max");
        Path use = GROUP.resolve(controller + ".current");
        if (!Files.isReadable(limit) || !Files.isReadable(use)) {
            return OptionalLong.empty();
        }
        String most = Files.readString(limit, StandardCharsets.UTF_8).strip();
        if (!most.matches("[0-9]+")) {
            return OptionalLong.empty(); // "max"
        }
        long used = Long.parseLong(Files.readString(use, StandardCharsets.UTF_8).strip());
        return OptionalLong.of(Math.max(0, Long.parseLong(most) - used));
    }

    /**
     * Checks the job that needs most.
     *
     * @throws Misuse if there is no room for it
     */
    void require(List<BenchmarkCase> cases) {
        requireThreads(cases);
        // A schedule for a message beyond memory would only overflow, so the largest message is looked at first.
        BenchmarkCase largest = cases.stream().max((a, b) -> Long.compare(a.bytes(), b.bytes())).orElseThrow();
        if (largest.bytes() > memory.orElse(Long.MAX_VALUE)) {
            throw new Misuse("a message of %s does not fit in memory, of which %s are free; use smaller sizes"
                    .formatted(size(largest.bytes()), size(memory.getAsLong())));
        }
        MemoryNeeds needs;
        try {
            needs = MemoryNeeds.of(cases);
            List<BenchmarkCase> sharing = cases.stream().filter(Preflight::sharesMemory).toList();
            long shared = sharing.isEmpty() ? 0 : MemoryNeeds.of(sharing).sharedBytes();
            require(shared, needs.bytes(), needs.ranks());
        } catch (ArithmeticException overflow) {
            throw new Misuse("these sizes do not fit in any memory; use smaller sizes or fewer ranks");
        }
        requireProcesses(needs.bytes(), mostProcesses(cases));
    }

    /** A rank is a thread; one that is a process has the threads of a JVM. */
    private void requireThreads(List<BenchmarkCase> cases) {
        int ranks = cases.stream().mapToInt(BenchmarkCase::ranks).max().orElseThrow();
        int processes = mostProcesses(cases);
        if (Math.max(ranks, (long) processes * PROCESS_THREADS) > threads.orElse(Long.MAX_VALUE)) {
            throw new Misuse("--ranks '%d': the control group allows %d more threads%s; use fewer ranks".formatted(
                    ranks, threads.getAsLong(), processes == 0 ? "" : ", and a process takes " + PROCESS_THREADS));
        }
    }

    /** The most processes that a job starts: all ranks but the first. */
    private static int mostProcesses(List<BenchmarkCase> cases) {
        return cases.stream().filter(BenchmarkCase::inProcesses).mapToInt(each -> each.ranks() - 1).max().orElse(0);
    }

    private void requireProcesses(long bytes, int processes) {
        if (bytes + processes * PROCESS_BYTES > memory.orElse(Long.MAX_VALUE)) {
            throw new Misuse(
                    "%d processes need %s of memory beside their data of %s, of which %s are free; use fewer ranks"
                            .formatted(processes, size(processes * PROCESS_BYTES), size(bytes),
                                    size(memory.getAsLong())));
        }
    }

    private static boolean sharesMemory(BenchmarkCase subject) {
        return Transports.of(subject.transport()).medium(subject.transport()) == Medium.MEMORY;
    }

    private void require(long sharedBytes, long bytes, int ranks) {
        if (sharedBytes > sharedMemory.orElse(Long.MAX_VALUE)) {
            throw new Misuse(
                    ("%d ranks need %s in %s, where %s are free; use smaller sizes or fewer ranks, or give it more"
                            + " room (docker run --shm-size=...)")
                            .formatted(ranks, size(sharedBytes), SHARED_MEMORY, size(sharedMemory.getAsLong())));
        }
        if (bytes > memory.orElse(Long.MAX_VALUE)) {
            throw new Misuse("%d ranks need %s of memory, of which %s are free; use smaller sizes or fewer ranks"
                    .formatted(ranks, size(bytes), size(memory.getAsLong())));
        }
    }

    private static String size(long bytes) {
        return bytes >= GIB ? String.format(Locale.ROOT, "%.1f GiB", bytes / GIB)
                : String.format(Locale.ROOT, "%.0f MiB", Math.ceil(bytes / MIB));
    }
}
