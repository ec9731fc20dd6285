package org.fabricmark.transport.rdma;

import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.conformance.CollectiveConformance;
import org.fabricmark.transport.conformance.CommunicatorConformance;
import org.fabricmark.transport.conformance.LifetimeConformance;
import org.fabricmark.transport.conformance.NonBlockingConformance;
import org.fabricmark.transport.conformance.PrivateMemoryConformance;
import org.fabricmark.transport.conformance.StagedConformance;
import org.fabricmark.transport.conformance.TimingConformance;
import org.fabricmark.transport.conformance.TransportConformance;
import org.fabricmark.transport.host.Leftovers;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Verbs against the conformance kit: each form of a signal, each order that keeps its promise, short queues and several pairs. */
class RdmaConformanceTest {
    /** The interface case by case. */
    abstract static class Interface extends TransportConformance {
        Interface(String spec) {
            super(TransportSpec.parse(spec), Leftovers::ofThisProcess);
        }
    }

    /** Every algorithm with data. */
    abstract static class Collectives extends CollectiveConformance {
        Collectives(String spec) {
            super(TransportSpec.parse(spec), Leftovers::ofThisProcess);
        }
    }

    @Nested
    class StrongInterface extends Interface {
        StrongInterface() {
            super("rdma");
        }
    }

    @Nested
    class StrongCommunicators extends CommunicatorConformance {
        StrongCommunicators() {
            super(TransportSpec.parse("rdma"), Leftovers::ofThisProcess);
        }
    }

    @Nested
    class StrongCollectives extends Collectives {
        StrongCollectives() {
            super("rdma");
        }
    }

    @Nested
    class StrongNonBlocking extends NonBlockingConformance {
        StrongNonBlocking() {
            super(TransportSpec.parse("rdma"), Leftovers::ofThisProcess);
        }
    }

    /** Calls on private memory. */
    abstract static class OnPrivateMemory extends PrivateMemoryConformance {
        OnPrivateMemory(String spec, boolean registers) {
            super(TransportSpec.parse(spec), Leftovers::ofThisProcess, registers);
        }
    }

    @Nested
    class Registered extends OnPrivateMemory {
        Registered() {
            super("rdma", true);
        }
    }

    /** Hardly anything stays registered, and no put travels within its request. */
    @Nested
    class RegisteredFewAtATime extends OnPrivateMemory {
        RegisteredFewAtATime() {
            super("rdma?ranges=2&pinned=1&inline=0&depth=8&pairs=2", true);
        }
    }

    @Nested
    class RegisteredAdversarial extends OnPrivateMemory {
        RegisteredAdversarial() {
            super("rdma?order=adversarial&seed=7&inline=0", true);
        }
    }

    @Nested
    class CopiedAlthoughItCouldBeRegistered extends OnPrivateMemory {
        CopiedAlthoughItCouldBeRegistered() {
            super("rdma?registration=staged", false);
        }
    }

    @Nested
    class UnregisteredStaging extends StagedConformance {
        UnregisteredStaging() {
            super(TransportSpec.parse("rdma?registration=staged"), Leftovers::ofThisProcess);
        }
    }

    @Nested
    class StrongStaging extends StagedConformance {
        StrongStaging() {
            super(TransportSpec.parse("rdma"), Leftovers::ofThisProcess);
        }
    }

    @Nested
    class StrongTiming extends TimingConformance {
        StrongTiming() {
            super(TransportSpec.parse("rdma"), Leftovers::ofThisProcess);
        }
    }

    @Nested
    class Lifetime extends LifetimeConformance {
        Lifetime() {
            super(TransportSpec.parse("rdma"), Leftovers::ofThisProcess);
        }
    }

    @Nested
    class ShortQueuesInterface extends Interface {
        ShortQueuesInterface() {
            super("rdma?depth=4&pairs=3&inline=0");
        }
    }

    @Nested
    class ShortQueuesCollectives extends Collectives {
        ShortQueuesCollectives() {
            super("rdma?depth=5&pairs=2&inline=0");
        }
    }

    @Nested
    class CounterInterface extends Interface {
        CounterInterface() {
            super("rdma?signal=counter");
        }
    }

    @Nested
    @Tag("slow")
    class CounterCollectives extends Collectives {
        CounterCollectives() {
            super("rdma?signal=counter");
        }
    }

    @Nested
    class PlacedInterface extends Interface {
        PlacedInterface() {
            super("rdma?order=placed&seed=3");
        }
    }

    @Nested
    @Tag("slow")
    class PlacedCounterCollectives extends Collectives {
        PlacedCounterCollectives() {
            super("rdma?order=placed&signal=counter&seed=3");
        }
    }

    @Nested
    class AdversarialInterface extends Interface {
        AdversarialInterface() {
            super("rdma?order=adversarial&seed=3");
        }
    }

    @Nested
    class AdversarialCommunicators extends CommunicatorConformance {
        AdversarialCommunicators() {
            super(TransportSpec.parse("rdma?order=adversarial&seed=4"), Leftovers::ofThisProcess);
        }
    }

    @Nested
    class AdversarialCollectives extends Collectives {
        AdversarialCollectives() {
            super("rdma?order=adversarial&seed=5&inline=0");
        }
    }

    @Nested
    @Tag("slow")
    class AdversarialTiming extends TimingConformance {
        AdversarialTiming() {
            super(TransportSpec.parse("rdma?order=adversarial&seed=6&depth=8"), Leftovers::ofThisProcess);
        }
    }

    @Nested
    class ModelledInterface extends Interface {
        ModelledInterface() {
            super("rdma?model=roce400g");
        }
    }

    @Nested
    @Tag("slow")
    class ModelledCollectives extends Collectives {
        ModelledCollectives() {
            super("rdma?model=roce400g");
        }
    }
}
