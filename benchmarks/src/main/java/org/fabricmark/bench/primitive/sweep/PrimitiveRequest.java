package org.fabricmark.bench.primitive.sweep;

import java.util.List;
import org.fabricmark.bench.primitive.RankPair;
import org.fabricmark.bench.primitive.verbs.Queues;
import org.fabricmark.transport.TransportSpec;

/**
 * What is to be measured: every combination that exists.
 *
 * @param tests primitives
 * @param transports transports, options included
 * @param launches how rank 1 is started: whether as a process
 * @param queues how requests of verbs are queued
 * @param sizes bytes of a message, where the primitive has a choice
 * @param sizesChosen whether a user has said them
 * @param effort how much is measured
 * @param start how rank 1 is started, otherwise
 */
public record PrimitiveRequest(List<PrimitiveTest> tests, List<TransportSpec> transports, List<Boolean> launches,
        List<Queues> queues, List<Long> sizes, boolean sizesChosen, Effort effort, RankPair.Start start) {
    public PrimitiveRequest {
        tests = List.copyOf(tests);
        transports = List.copyOf(transports);
        launches = List.copyOf(launches);
        queues = List.copyOf(queues);
        sizes = List.copyOf(sizes);
    }

    /** The transports that have {@code test}. */
    List<TransportSpec> transports(PrimitiveTest test) {
        return transports.stream().filter(test::existsOver).toList();
    }

    /** How requests of {@code test} are queued; of those that differ only in what it does not use, one. */
    List<Queues> queues(PrimitiveTest test) {
        return test.verbs().map(verbs -> queues.stream().map(each -> each.usedBy(verbs)).distinct().toList())
                .orElse(List.of(Queues.DEFAULT));
    }

    List<Long> sizes(PrimitiveTest test) {
        return test.sizes(sizes, sizesChosen);
    }

    /** How many rows there will be. */
    public int rows() {
        return tests.stream().mapToInt(test -> transports(test).size() * launches.size() * queues(test).size()
                * sizes(test).size()).sum();
    }
}
