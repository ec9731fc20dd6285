package org.fabricmark.transport.shm;

import java.util.List;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.conformance.CollectiveConformance;
import org.fabricmark.transport.conformance.CommunicatorConformance;
import org.fabricmark.transport.conformance.StagedConformance;
import org.fabricmark.transport.conformance.NonBlockingConformance;
import org.fabricmark.transport.conformance.LifetimeConformance;
import org.fabricmark.transport.conformance.TimingConformance;
import org.fabricmark.transport.conformance.TransportConformance;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Shared memory against the conformance kit, with each of its options, and with operations that are late. */
class ShmConformanceTest {
    private static final TransportSpec DIRECT = TransportSpec.parse("shm");
    private static final TransportSpec LOWERED = TransportSpec.parse("shm?direct=no");
    private static final TransportSpec NOT_INLINE = TransportSpec.parse("shm?inline=0");
    private static final TransportSpec LOWERED_NOT_INLINE = TransportSpec.parse("shm?direct=no&inline=0");
    private static final TransportSpec LITTLE_INLINE = TransportSpec.parse("shm?direct=no&inline=8");
    private static final TransportSpec ELSEWHERE = TransportSpec.parse("shm?dir=/tmp");
    private static final TransportSpec LATE = TransportSpec.parse("shm?fault=delay@1/4");

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

    @Nested
    class NonBlocking extends NonBlockingConformance {
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
    class CollectivesNotInline extends CollectiveConformance {
        @Override
        protected TransportSpec transport() {
            return LOWERED_NOT_INLINE;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class TransportLittleInline extends TransportConformance {
        @Override
        protected TransportSpec transport() {
            return LITTLE_INLINE;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class CollectivesLittleInline extends CollectiveConformance {
        @Override
        protected TransportSpec transport() {
            return LITTLE_INLINE;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class TransportInAnotherDirectory extends TransportConformance {
        @Override
        protected TransportSpec transport() {
            return ELSEWHERE;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class TransportLate extends TransportConformance {
        @Override
        protected TransportSpec transport() {
            return LATE;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    @Tag("slow")
    class CollectivesLate extends CollectiveConformance {
        @Override
        protected TransportSpec transport() {
            return LATE;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class CommunicatorLate extends CommunicatorConformance {
        @Override
        protected TransportSpec transport() {
            return LATE;
        }

        @Override
        protected List<String> leftBehind() {
            return Leftovers.ofThisProcess();
        }
    }

    @Nested
    class Timing extends TimingConformance {
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
    class NonBlockingLowered extends NonBlockingConformance {
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
    class TimingNotInline extends TimingConformance {
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
    class Lifetime extends LifetimeConformance {
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
