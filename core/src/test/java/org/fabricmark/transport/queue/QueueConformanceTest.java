package org.fabricmark.transport.queue;

import java.util.List;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.conformance.CollectiveConformance;
import org.fabricmark.transport.conformance.CommunicatorConformance;
import org.fabricmark.transport.conformance.StagedConformance;
import org.fabricmark.transport.conformance.TransportConformance;
import org.junit.jupiter.api.Nested;

/** The kit against a transport with the manners of a network: it keeps the kit and the engine honest about them. */
class QueueConformanceTest {
    private static final TransportSpec SPEC = TransportSpec.parse("queue");

    @Nested
    class Transport extends TransportConformance {
        @Override
        protected TransportSpec transport() {
            return SPEC;
        }

        @Override
        protected List<String> leftBehind() {
            return QueueFabric.jobs();
        }
    }

    @Nested
    class Communicator extends CommunicatorConformance {
        @Override
        protected TransportSpec transport() {
            return SPEC;
        }

        @Override
        protected List<String> leftBehind() {
            return QueueFabric.jobs();
        }
    }

    @Nested
    class Collectives extends CollectiveConformance {
        @Override
        protected TransportSpec transport() {
            return SPEC;
        }

        @Override
        protected List<String> leftBehind() {
            return QueueFabric.jobs();
        }
    }

    @Nested
    class Staging extends StagedConformance {
        @Override
        protected TransportSpec transport() {
            return SPEC;
        }

        @Override
        protected List<String> leftBehind() {
            return QueueFabric.jobs();
        }
    }
}
