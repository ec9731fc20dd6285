package org.fabricmark.bootstrap;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.TransportSpec;

/** The main class of ranks in tests. What it has to do is one word; {@code rank:word} is for one rank, the others then loop. */
public final class RankForTests {
    /** Every rank calls barriers until the job ends. */
    static final String LOOP = "loop";

    private RankForTests() {}

    /** A rank; or, with an argument, a launcher of so many ranks that loop until it is killed. */
    public static void main(String[] arguments) {
        if (arguments.length > 0) {
            launch(Integer.parseInt(arguments[0]));
        } else {
            System.exit(ChildRank.run(RankForTests::task));
        }
    }

    private static void launch(int size) {
        Job job = job(size, Duration.ofSeconds(30));
        try (ProcessRanks ranks = ProcessRanks.start(job, 1, RankForTests.class, LOOP, (rank, line) -> {})) {
            ThreadRanks.run(ranks.job(), 1, communicator -> {
                communicator.barrier(); // all ranks are there
                System.out.println("running");
                loop(communicator);
            });
        }
    }

    static Job job(int size, Duration timeout) {
        return Job.create(size, TransportSpec.parse("shm"), new CommunicatorConfig(timeout, Waiting.YIELD));
    }

    static void loop(Communicator communicator) {
        while (true) {
            communicator.barrier();
        }
    }

    private static RankTask task(Job job, String work) {
        String own = work.startsWith(Thread.currentThread().getName() + ":") ? work.split(":")[1]
                : work.contains(":") ? LOOP : work;
        switch (own) {
            case "never-attach" -> hang();
            case "exit-early" -> Runtime.getRuntime().halt(3);
            case "refuse" -> throw new IllegalArgumentException("no such work");
            default -> {
                // begins when it has attached
            }
        }
        return communicator -> attached(communicator, own);
    }

    private static void attached(Communicator communicator, String own) {
        communicator.barrier();
        System.out.println("pid " + ProcessHandle.current().pid());
        switch (own) {
            case LOOP -> loop(communicator);
            case "end" -> communicator.barrier();
            case "throw" -> throw new IllegalStateException("the rank's own\tfault");
            case "hang" -> hang();
            case "allocate" -> allocateTooMuch(communicator);
            case "out-of-memory" -> fillTheHeap();
            default -> throw new IllegalArgumentException(own);
        }
    }

    /** Half a tebibyte on every rank. */
    static void allocateTooMuch(Communicator communicator) {
        communicator.allocate(1L << 39);
    }

    private static void fillTheHeap() {
        List<byte[]> kept = new ArrayList<>();
        while (true) {
            kept.add(new byte[16 << 20]);
        }
    }

    private static void hang() {
        while (true) {
            LockSupport.park();
        }
    }
}
