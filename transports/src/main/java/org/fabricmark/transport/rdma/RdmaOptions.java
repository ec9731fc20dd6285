package org.fabricmark.transport.rdma;

import java.util.Arrays;
import java.util.List;
import org.fabricmark.transport.TransportOption;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.rdma.anatomy.RdmaAnatomy;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.FabricSpec.MemoryOrder;
import org.fabricmark.transport.rdma.verbs.FabricSpec.Scope;
import org.fabricmark.transport.rdma.verbs.PathMtu;
import org.fabricmark.transport.rdma.verbs.VerbsProvider;
import org.fabricmark.transport.rdma.verbs.VerbsProviders;

/**
 * The options of {@code rdma}.
 *
 * @param provider who makes the verbs work
 * @param order how much order an emulation keeps beyond the specification
 * @param seed of everything random in an emulation
 * @param model what hardware an emulation takes its times from
 * @param counters whether signals are counters that peers write, instead of immediates
 * @param depth work requests of a queue
 * @param pairs queue pairs between two ranks
 * @param inlineBytes largest put that travels within its work request
 * @param mtu bytes of a packet
 * @param cache of registrations of private memory
 */
record RdmaOptions(
        String provider, MemoryOrder order, int seed, CostModel model, boolean counters, int depth, int pairs,
        int inlineBytes, PathMtu mtu, Cache cache) {
    /**
     * How private memory of threads is kept registered.
     *
     * @param on or whether it is copied
     * @param ranges how many at most
     * @param bytes of all of them at most
     */
    record Cache(boolean on, int ranges, long bytes) {}

    static final int LEAST_DEPTH = 4;
    static final int MOST_DEPTH = 1024;
    private static final String COUNTER = "counter";
    private static final String CACHED = "cached";
    private static final int MIB_SHIFT = 20;

    private static final TransportOption PROVIDER = new TransportOption(
            "provider", new TransportOption.Choice(VerbsProviders.all().stream().map(VerbsProvider::name).toList()),
            "loopback", "who makes the verbs work; loopback: an emulation within this host");
    private static final TransportOption ORDER = new TransportOption(
            "order",
            new TransportOption.Choice(Arrays.stream(MemoryOrder.values()).map(MemoryOrder::label).toList()),
            MemoryOrder.STRONG.label(),
            "when bytes of a write can be seen before its completion; strong: at once; placed: write after write; "
                    + "adversarial: as late and as shuffled as the specification allows");
    private static final TransportOption SEED = new TransportOption(
            "seed", new TransportOption.Whole(0, 999_999_999), "0", "of what order=adversarial shuffles");
    private static final TransportOption MODEL = new TransportOption(
            "model", new TransportOption.Choice(CostModel.all().stream().map(CostModel::name).toList()),
            CostModel.NONE.name(), "hardware whose times are imitated; times are then modelled, not measured");
    private static final TransportOption SIGNAL = new TransportOption(
            "signal", new TransportOption.Choice(List.of("immediate", COUNTER)), "immediate",
            "immediate: a write with immediate, as the specification promises; counter: a second write of a counter, "
                    + "which relies on more");
    private static final TransportOption DEPTH = new TransportOption(
            "depth", new TransportOption.Whole(LEAST_DEPTH, MOST_DEPTH), "128",
            "work requests of a send queue, and signals that can be under way to a peer");
    private static final TransportOption PAIRS = new TransportOption(
            "pairs", new TransportOption.Whole(1, 64), "1",
            "queue pairs between two ranks; a schedule's channels are spread over them");
    private static final TransportOption INLINE = new TransportOption(
            "inline", new TransportOption.Whole(0, 4096), "64",
            "largest put, in bytes, that travels within its work request, as far as the device allows");
    private static final TransportOption MTU = new TransportOption(
            "mtu",
            new TransportOption.Choice(
                    Arrays.stream(PathMtu.values()).map(mtu -> Integer.toString(mtu.bytes())).toList()),
            Integer.toString(PathMtu.MTU_4096.bytes()), "bytes of a packet, at most the port's");
    private static final TransportOption REGISTRATION = new TransportOption(
            "registration", new TransportOption.Choice(List.of(CACHED, "staged")), CACHED,
            "private memory of threads; cached: registered where it is, and kept registered for later calls; staged: "
                    + "copied. Of processes it is always copied");
    private static final TransportOption RANGES = new TransportOption(
            "ranges", new TransportOption.Whole(1, 1024), "1024",
            "how many ranges of private memory a rank keeps registered");
    private static final TransportOption PINNED = new TransportOption(
            "pinned", new TransportOption.Whole(1, 1 << 20), "4096",
            "how many MiB of private memory a rank keeps registered");

    static final List<TransportOption> ALL = List.of(
            PROVIDER, ORDER, SEED, MODEL, SIGNAL, DEPTH, PAIRS, INLINE, MTU, REGISTRATION, RANGES, PINNED);

    static RdmaOptions of(TransportSpec spec) {
        return new RdmaOptions(
                spec.value(PROVIDER),
                Arrays.stream(MemoryOrder.values()).filter(order -> order.label().equals(spec.value(ORDER)))
                        .findFirst().orElseThrow(),
                spec.whole(SEED),
                CostModel.named(spec.value(MODEL)),
                spec.value(SIGNAL).equals(COUNTER),
                spec.whole(DEPTH),
                spec.whole(PAIRS),
                spec.whole(INLINE),
                PathMtu.ofBytes(spec.whole(MTU)),
                new Cache(
                        spec.value(REGISTRATION).equals(CACHED), spec.whole(RANGES),
                        (long) spec.whole(PINNED) << MIB_SHIFT));
    }

    /** What of them decides which requests are posted; where the device allows less, it is less. */
    RdmaAnatomy.Terms terms() {
        return new RdmaAnatomy.Terms(mtu, depth, pairs, inlineBytes, RdmaEndpoint.LONGEST_PIECE, counters);
    }

    VerbsProvider verbs() {
        return VerbsProviders.named(provider);
    }

    FabricSpec fabric(String name, Scope scope) {
        return new FabricSpec(name, scope, order, seed, model);
    }
}
