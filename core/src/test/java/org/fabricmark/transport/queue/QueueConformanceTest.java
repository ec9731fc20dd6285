package org.fabricmark.transport.queue;

import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.conformance.CollectiveConformance;
import org.fabricmark.transport.conformance.CommunicatorConformance;
import org.fabricmark.transport.conformance.StagedConformance;
import org.fabricmark.transport.conformance.LifetimeConformance;
import org.fabricmark.transport.conformance.TimingConformance;
import org.fabricmark.transport.conformance.NonBlockingConformance;
import org.fabricmark.transport.conformance.TransportConformance;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** The kit against a transport with the manners of a network: it keeps the kit and the engine honest about them. */
class QueueConformanceTest {
    private static final TransportSpec SPEC = TransportSpec.parse("queue");
    private static final TransportSpec NARROW = TransportSpec.parse("queue?depth=1");
    private static final TransportSpec JITTERY = TransportSpec.parse("queue?jitter=4");
    private static final TransportSpec LATE = TransportSpec.parse("queue?fault=delay@1/4");

    @Nested
    class Transport extends TransportConformance {
        Transport() {
            super(SPEC, QueueFabric::jobs);
        }
    }

    @Nested
    class Communicator extends CommunicatorConformance {
        Communicator() {
            super(SPEC, QueueFabric::jobs);
        }
    }

    @Nested
    class Collectives extends CollectiveConformance {
        Collectives() {
            super(SPEC, QueueFabric::jobs);
        }
    }

    @Nested
    class Staging extends StagedConformance {
        Staging() {
            super(SPEC, QueueFabric::jobs);
        }
    }

    @Nested
    class NonBlocking extends NonBlockingConformance {
        NonBlocking() {
            super(SPEC, QueueFabric::jobs);
        }
    }

    @Nested
    class TransportNarrow extends TransportConformance {
        TransportNarrow() {
            super(NARROW, QueueFabric::jobs);
        }
    }

    @Nested
    class TransportJittery extends TransportConformance {
        TransportJittery() {
            super(JITTERY, QueueFabric::jobs);
        }
    }

    @Nested
    @Tag("slow")
    class CollectivesJittery extends CollectiveConformance {
        CollectivesJittery() {
            super(JITTERY, QueueFabric::jobs);
        }
    }

    @Nested
    class TransportLate extends TransportConformance {
        TransportLate() {
            super(LATE, QueueFabric::jobs);
        }
    }

    @Nested
    @Tag("slow")
    class CollectivesLate extends CollectiveConformance {
        CollectivesLate() {
            super(LATE, QueueFabric::jobs);
        }
    }

    @Nested
    class Timing extends TimingConformance {
        Timing() {
            super(SPEC, QueueFabric::jobs);
        }
    }

    @Nested
    class TimingJittery extends TimingConformance {
        TimingJittery() {
            super(JITTERY, QueueFabric::jobs);
        }
    }

    @Nested
    class Lifetime extends LifetimeConformance {
        Lifetime() {
            super(SPEC, QueueFabric::jobs);
        }
    }
}
