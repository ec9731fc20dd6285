package org.fabricmark.transport.netty;

import java.time.Duration;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.Communicator;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.TransportSpec;

/** One of two ranks, in a process of its own: makes barriers until that fails, and prints why. */
final class LonelyRank {
    private LonelyRank() {}

    /** @param arguments name of the job, rank, address to listen at, deadline in milliseconds */
    public static void main(String[] arguments) {
        Job job = new Job(
                arguments[0],
                2,
                TransportSpec.parse("netty?host=" + arguments[2]),
                CommunicatorConfig.forRanks(2).withTimeout(Duration.ofMillis(Long.parseLong(arguments[3]))));
        try (Communicator communicator = job.attach(Integer.parseInt(arguments[1]))) {
            communicator.barrier();
            System.out.println("together");
            while (true) {
                communicator.barrier();
            }
        } catch (FabricException e) {
            System.out.println(e.failure().category() + " " + e.failure().peer() + " " + e.failure().what());
        }
    }
}
