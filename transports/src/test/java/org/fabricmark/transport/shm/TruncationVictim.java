package org.fabricmark.transport.shm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.ThreadRanks;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.communicator.Plan;
import org.fabricmark.communicator.PlanRequest;
import org.fabricmark.communicator.Window;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.TransportSpec;

/**
 * A process of its own with two ranks that reduce for ever in a window whose file somebody truncates. It prints the mapping of the
 * window, then, in one line, what ended it; exit status 1 for a failure, the JVM's own if that is what ends.
 */
final class TruncationVictim {
    private static final long WINDOW = 3 << 20;
    private static final Duration MOST = Duration.ofSeconds(20);

    private TruncationVictim() {}

    public static void main(String[] arguments) {
        Job job = Job.create(
                2, TransportSpec.parse("shm"), new CommunicatorConfig(Duration.ofSeconds(2), Waiting.YIELD));
        try {
            ThreadRanks.run(job, TruncationVictim::reduce);
            System.out.println("nothing happened");
        } catch (RuntimeException | Error e) {
            System.out.println(String.valueOf(e).replace('\n', ' '));
            System.exit(1);
        }
    }

    private static void reduce(Communicator comm) throws IOException {
        Window window = comm.allocate(WINDOW);
        long count = WINDOW / 2 / DataType.FLOAT.bytes();
        Plan plan = comm.plan(
                PlanRequest.of(
                        Algorithms.named(Collective.ALL_REDUCE, "two-shot").orElseThrow(),
                        DataType.FLOAT, ReduceOp.SUM, count, window.at(0), window.at(WINDOW / 2)));
        plan.execute();
        comm.barrier();
        if (comm.rank() == 0) {
            System.out.println(mapping(window.address()));
        }
        long until = System.nanoTime() + MOST.toNanos();
        while (comm.rank() == 1 || System.nanoTime() < until) { // rank 0 ends both, by leaving
            plan.execute();
        }
    }

    /** The mapping that holds {@code address}, as the system names it; empty where it does not say. */
    private static String mapping(long address) throws IOException {
        Path maps = Path.of("/proc/self/maps");
        if (!Files.isReadable(maps)) {
            return "";
        }
        try (Stream<String> lines = Files.lines(maps)) {
            return lines.map(line -> line.substring(0, line.indexOf(' ')))
                    .filter(range -> Long.parseUnsignedLong(range.split("-")[0], 16) <= address
                            && address < Long.parseUnsignedLong(range.split("-")[1], 16))
                    .findFirst()
                    .orElse("");
        }
    }
}
