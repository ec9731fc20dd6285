package org.fabricmark.transport.shm;

import java.util.List;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.conformance.CollectiveConformance;
import org.fabricmark.transport.conformance.CommunicatorConformance;
import org.fabricmark.transport.conformance.StagedConformance;
import org.fabricmark.transport.conformance.TransportConformance;
import org.junit.jupiter.api.Nested;

/** Shared memory against the conformance kit: with direct access, and without it, when lowered schedules run. */
class ShmConformanceTest {
    private static final TransportSpec DIRECT = TransportSpec.parse("shm");
    private static final TransportSpec LOWERED = TransportSpec.parse("shm?direct=no");
    private static final TransportSpec NOT_INLINE = TransportSpec.parse("shm?inline=0");

    @Nested
    class Transport extends TransportConformance {
        @Override
        protected TransportSpec transport() {
            return DIRECT;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class TransportWithoutDirectAccess extends TransportConformance {
        @Override
        protected TransportSpec transport() {
            return LOWERED;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class Communicator extends CommunicatorConformance {
        @Override
        protected TransportSpec transport() {
            return DIRECT;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class Collectives extends CollectiveConformance {
        @Override
        protected TransportSpec transport() {
            return DIRECT;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class CollectivesLowered extends CollectiveConformance {
        @Override
        protected TransportSpec transport() {
            return LOWERED;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class TransportNotInline extends TransportConformance {
        @Override
        protected TransportSpec transport() {
            return NOT_INLINE;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class Staging extends StagedConformance {
        @Override
        protected TransportSpec transport() {
            return DIRECT;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }
}
