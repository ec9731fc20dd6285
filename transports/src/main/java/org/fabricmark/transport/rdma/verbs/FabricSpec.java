package org.fabricmark.transport.rdma.verbs;

import java.util.Locale;
import java.util.Objects;

/**
 * Which fabric devices are to be on, for providers that make it themselves.
 *
 * @param name devices of the same fabric reach each other: letters, digits, hyphens
 * @param scope who can be on it
 * @param order how much order there is beyond the specification
 * @param seed of everything random
 * @param model what times are made to look like, or {@link CostModel#NONE}
 * @param losses which packets do not arrive, or {@link PacketLoss#NONE}
 */
public record FabricSpec(
        String name, Scope scope, MemoryOrder order, long seed, CostModel model, PacketLoss losses) {
    /** Who can be on a fabric. */
    public enum Scope {
        /** Threads of this process. Any native memory can be registered. */
        PROCESS,
        /** Processes of this host. Only memory of {@link Context#allocate} can be registered. */
        HOST
    }

    /** When the bytes of writes can be seen by those who look without a completion. */
    public enum MemoryOrder {
        /** At once, byte after byte, one write after another: more than any device promises. */
        STRONG,
        /**
         * The bytes of one write in any order, but those of an aligned word of 8 bytes together; one write after another. What devices do,
         * if they are not told to relax.
         */
        PLACED,
        /** In any order until something completes that says so: what the specification promises, and no more. */
        ADVERSARIAL;

        /** {@code strong}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public FabricSpec {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(order, "order");
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(losses, "losses");
        if (!name.matches("[A-Za-z0-9-]{1,100}")) {
            throw VerbsException.invalid("fabric '" + name + "': letters, digits and hyphens, at most 100");
        }
    }

    /** One that loses nothing. */
    public FabricSpec(String name, Scope scope, MemoryOrder order, long seed, CostModel model) {
        this(name, scope, order, seed, model, PacketLoss.NONE);
    }

    /** For threads of this process, as fast as it goes. */
    public static FabricSpec ofProcess(String name) {
        return new FabricSpec(name, Scope.PROCESS, MemoryOrder.STRONG, 0, CostModel.NONE);
    }

    /** For processes of this host, as fast as it goes. */
    public static FabricSpec ofHost(String name) {
        return new FabricSpec(name, Scope.HOST, MemoryOrder.STRONG, 0, CostModel.NONE);
    }

    /** The same with another order. */
    public FabricSpec with(MemoryOrder other, long otherSeed) {
        return new FabricSpec(name, scope, other, otherSeed, model, losses);
    }

    /** The same with another model. */
    public FabricSpec with(CostModel other) {
        return new FabricSpec(name, scope, order, seed, other, losses);
    }

    /** The same with losses. */
    public FabricSpec with(PacketLoss other) {
        return new FabricSpec(name, scope, order, seed, model, other);
    }
}
