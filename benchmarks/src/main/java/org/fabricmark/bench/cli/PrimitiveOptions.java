package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.fabricmark.bench.cli.argument.CountList;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.PrimitiveNames;
import org.fabricmark.bench.primitive.sweep.PrimitiveTest;
import org.fabricmark.bench.primitive.verbs.Queues;
import org.fabricmark.bench.primitive.verbs.VerbsPrimitive;
import picocli.CommandLine.Option;

/** Primitives instead of collectives, and how requests of verbs are queued: comma lists make a matrix. */
final class PrimitiveOptions {
    /** Options that are about primitives only. */
    static final List<String> QUEUEING = List.of("--tx-depth", "--qps", "--inline", "--cq-mod", "--post-list");

    @Option(names = "--primitive", paramLabel = "LIST", converter = PrimitiveNames.Converter.class,
            description = "Measure primitives between 2 ranks instead of collectives, or all of them. Of verbs, over rdma:"
                    + " write-lat, write-bw, read-lat, read-bw, send-lat, send-bw, atomic-lat, atomic-bw, rate. Over every"
                    + " transport: put-lat, put-bw, notify, put-rate. Sizes are 2 to 8M unless said otherwise.")
    PrimitiveNames names;

    @Option(names = "--tx-depth", paramLabel = "LIST", converter = CountList.FromOne.class,
            description = "With --primitive, streams: requests under way on a queue pair. Default: 128.")
    private CountList depth;

    @Option(names = "--qps", paramLabel = "LIST", converter = CountList.FromOne.class,
            description = "With --primitive, streams: queue pairs that take turns. Default: 1.")
    private CountList pairs;

    @Option(names = "--inline", paramLabel = "LIST", converter = CountList.AutoOrFromZero.class,
            description = "With --primitive: bytes up to which data travel within the request; auto: 220 for latencies, 0 for"
                    + " streams. Default: auto.")
    private CountList inline;

    @Option(names = "--cq-mod", paramLabel = "LIST", converter = CountList.AutoOrFromOne.class,
            description = "With --primitive: one request in so many is signalled; auto: 100, and 1 for latencies and above 8K."
                    + " Default: auto.")
    private CountList signalEvery;

    @Option(names = "--post-list", paramLabel = "LIST", converter = CountList.FromOne.class,
            description = "With --primitive, streams: requests that are posted at once. Default: 1.")
    private CountList postList;

    /** Whether primitives are measured. */
    boolean chosen() {
        return names != null;
    }

    /** Every combination. @throws Misuse for one that is impossible, or an option that nothing chosen uses */
    List<Queues> queues() {
        requireUse(depth, "--tx-depth", VerbsPrimitive::streams, "streams of verbs, as write-bw is");
        requireUse(pairs, "--qps", VerbsPrimitive::streams, "streams of verbs, as write-bw is");
        requireUse(postList, "--post-list", VerbsPrimitive::streams, "streams of verbs, as write-bw is");
        requireUse(inline, "--inline", VerbsPrimitive::gathers, "writes and sends of verbs, as write-lat is");
        requireUse(signalEvery, "--cq-mod", each -> each.pattern() != VerbsPrimitive.Pattern.REQUEST,
                "primitives of verbs that do not await each completion");
        List<Queues> all = new ArrayList<>();
        for (OptionalInt oneDepth : values(depth, Queues.USUAL_DEPTH)) {
            for (OptionalInt onePairs : values(pairs, 1)) {
                for (OptionalInt oneInline : values(inline)) {
                    for (OptionalInt onePeriod : values(signalEvery)) {
                        for (OptionalInt oneList : values(postList, 1)) {
                            all.add(queues(oneDepth.getAsInt(), onePairs.getAsInt(), oneInline, onePeriod,
                                    oneList.getAsInt()));
                        }
                    }
                }
            }
        }
        return all;
    }

    private static Queues queues(int depth, int pairs, OptionalInt inline, OptionalInt signalEvery, int postList) {
        try {
            return new Queues(depth, pairs, inline, signalEvery, postList);
        } catch (IllegalArgumentException impossible) {
            throw new Misuse(impossible.getMessage());
        }
    }

    private void requireUse(CountList given, String option, Predicate<VerbsPrimitive> uses,
            String who) {
        if (given != null && names.tests().stream().map(PrimitiveTest::verbs)
                .noneMatch(verbs -> verbs.filter(uses).isPresent())) {
            throw new Misuse(option + ": is for " + who + "; none is chosen");
        }
    }

    private static List<OptionalInt> values(CountList given) {
        return given == null ? List.of(OptionalInt.empty()) : given.counts();
    }

    private static List<OptionalInt> values(CountList given, int usual) {
        return given == null ? List.of(OptionalInt.of(usual)) : given.counts();
    }
}
