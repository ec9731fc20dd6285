package org.fabricmark.bench.primitive.verbs;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.rdma.verbs.Context;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.DeviceAttributes;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.FabricSpec.MemoryOrder;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.VerbsProvider;
import org.fabricmark.transport.rdma.verbs.VerbsProviders;

/**
 * Whose devices are measured, and on which fabric they are: what the options of the transport {@code rdma} say about it.
 *
 * @param provider name of the provider
 * @param order how much order there is beyond the specification
 * @param seed of everything random
 * @param model what times are made to look like
 */
public record Fabric(String provider, MemoryOrder order, long seed, CostModel model) {
    /** The transport whose providers these are. */
    public static final String TRANSPORT = "rdma";

    private static final String PROVIDER = "provider";
    private static final String ORDER = "order";
    private static final String SEED = "seed";
    private static final String MODEL = "model";
    private static final String USUAL = "loopback";
    private static final List<String> KNOWN = List.of(PROVIDER, ORDER, SEED, MODEL);

    /**
     * Reads the options of the transport.
     *
     * @throws IllegalArgumentException for an option that only collectives have, a value that does not exist, or a provider that does
     *     not work here
     */
    public static Fabric of(TransportSpec transport) {
        Map<String, String> given = new LinkedHashMap<>(transport.given());
        given.keySet().removeAll(KNOWN);
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("option '" + given.keySet().iterator().next() + "' of transport '"
                    + TRANSPORT + "': primitives of verbs have only " + String.join(", ", KNOWN));
        }
        Map<String, String> options = transport.given();
        try {
            Fabric fabric = new Fabric(options.getOrDefault(PROVIDER, USUAL),
                    order(options.getOrDefault(ORDER, MemoryOrder.STRONG.label())),
                    Long.parseLong(options.getOrDefault(SEED, "0")),
                    CostModel.named(options.getOrDefault(MODEL, CostModel.NONE.name())));
            if (fabric.chosen().availability() instanceof Availability.Absent(String reason)) {
                throw new IllegalArgumentException("provider '" + fabric.provider + "' does not work here: " + reason);
            }
            return fabric;
        } catch (VerbsException refused) {
            throw new IllegalArgumentException(refused.getMessage(), refused);
        }
    }

    private static MemoryOrder order(String label) {
        for (MemoryOrder each : MemoryOrder.values()) {
            if (each.label().equals(label)) {
                return each;
            }
        }
        throw new IllegalArgumentException("option '" + ORDER + "' is '" + label + "'; expected: strong or placed or"
                + " adversarial");
    }

    private VerbsProvider chosen() {
        return VerbsProviders.named(provider);
    }

    /** The device that a rank opens. */
    Device device(String name, boolean processes) {
        FabricSpec base = processes ? FabricSpec.ofHost(name) : FabricSpec.ofProcess(name);
        return chosen().devices(base.with(order, seed).with(model)).getFirst();
    }

    /**
     * Refuses queues that its devices do not have.
     *
     * @throws IllegalArgumentException naming the limit
     */
    public void require(Queues queues) {
        try (Context context = device("limits-" + ProcessHandle.current().pid(), false).open()) {
            DeviceAttributes limits = context.attributes();
            require("--inline", queues.inline().orElse(0), limits.maxInlineData(), "bytes inline");
            require("--tx-depth", queues.depth(), limits.maxRequests() - VerbsEnd.FOR_FENCES, "requests in a queue");
            require("--qps", queues.pairs(), limits.maxQueuePairs() / 2, "queue pairs for a rank");
            require("--qps", queues.pairs(),
                    limits.maxCompletions() / VerbsEnd.completions(queues, limits),
                    "queue pairs of this depth with one completion queue");
        }
    }

    private void require(String option, int value, int most, String what) {
        if (value > most) {
            throw new IllegalArgumentException(
                    option + " '" + value + "': " + provider + " has at most " + most + " " + what);
        }
    }

    /** Whether times say something about software only. */
    public boolean emulated() {
        return chosen().emulated();
    }

    /** Whether times are made to look like those of a device. */
    public boolean modelled() {
        return model.delays();
    }

    /** For a header: {@code loopback (emulated), modelled as roce400g}. */
    public String words() {
        return provider + (emulated() ? " (emulated: software only, no device)" : "")
                + (modelled() ? "; times are modelled as " + model.name() + ", not measured" : "")
                + (order == MemoryOrder.STRONG ? "" : "; memory order " + order.label() + ", seed " + seed);
    }

    String text() {
        return provider + " " + order.name().toLowerCase(Locale.ROOT) + " " + seed + " " + model.name();
    }

    static Fabric parse(String[] words, int at) {
        return new Fabric(words[at], order(words[at + 1]), Long.parseLong(words[at + 2]),
                CostModel.named(words[at + 3]));
    }
}
