package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.Device;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.VerbsProvider;

/**
 * A provider under test.
 *
 * @param provider which
 * @param scope who can be on its fabrics
 * @param order how much order they keep beyond the specification
 * @param model whose times they imitate
 * @param leftBehind what ended contexts have left in the system: files, mappings, sockets, threads
 */
public record Subject(
        VerbsProvider provider,
        FabricSpec.Scope scope,
        FabricSpec.MemoryOrder order,
        CostModel model,
        Supplier<List<String>> leftBehind) {
    private static final AtomicInteger FABRICS = new AtomicInteger();

    public Subject {
        Objects.requireNonNull(provider, "provider");
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(leftBehind, "leftBehind");
    }

    /** A fabric that nobody else is on. */
    FabricSpec fabric(long seed) {
        String name = "kit-" + ProcessHandle.current().pid() + "-" + FABRICS.incrementAndGet();
        return new FabricSpec(name, scope, order, seed, model);
    }

    /** The device that programs on {@code fabric} open. */
    Device device(FabricSpec fabric) {
        return provider.devices(fabric).getFirst();
    }

    @Override
    public String toString() {
        return provider.name() + ", " + scope.name().toLowerCase(Locale.ROOT) + " scope, order " + order.label()
                + (model.delays() ? ", model " + model.name() : "");
    }
}
