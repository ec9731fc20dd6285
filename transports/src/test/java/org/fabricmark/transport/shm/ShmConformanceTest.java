package org.fabricmark.transport.shm;

import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.conformance.CollectiveConformance;
import org.fabricmark.transport.conformance.CommunicatorConformance;
import org.fabricmark.transport.conformance.LifetimeConformance;
import org.fabricmark.transport.conformance.NonBlockingConformance;
import org.fabricmark.transport.conformance.StagedConformance;
import org.fabricmark.transport.conformance.TimingConformance;
import org.fabricmark.transport.conformance.TransportConformance;
import org.fabricmark.transport.host.Leftovers;
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
        Transport() {
            super(DIRECT, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class TransportWithoutDirectAccess extends TransportConformance {
        TransportWithoutDirectAccess() {
            super(LOWERED, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class Communicator extends CommunicatorConformance {
        Communicator() {
            super(DIRECT, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class Collectives extends CollectiveConformance {
        Collectives() {
            super(DIRECT, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class CollectivesLowered extends CollectiveConformance {
        CollectivesLowered() {
            super(LOWERED, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class TransportNotInline extends TransportConformance {
        TransportNotInline() {
            super(NOT_INLINE, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class Staging extends StagedConformance {
        Staging() {
            super(DIRECT, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class NonBlocking extends NonBlockingConformance {
        NonBlocking() {
            super(DIRECT, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class CollectivesNotInline extends CollectiveConformance {
        CollectivesNotInline() {
            super(LOWERED_NOT_INLINE, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class TransportLittleInline extends TransportConformance {
        TransportLittleInline() {
            super(LITTLE_INLINE, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class CollectivesLittleInline extends CollectiveConformance {
        CollectivesLittleInline() {
            super(LITTLE_INLINE, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class TransportInAnotherDirectory extends TransportConformance {
        TransportInAnotherDirectory() {
            super(ELSEWHERE, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class TransportLate extends TransportConformance {
        TransportLate() {
            super(LATE, Leftovers::ofThisProcess);
        }
    }

    @Nested
    @Tag("slow")
    class CollectivesLate extends CollectiveConformance {
        CollectivesLate() {
            super(LATE, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class CommunicatorLate extends CommunicatorConformance {
        CommunicatorLate() {
            super(LATE, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class Timing extends TimingConformance {
        Timing() {
            super(DIRECT, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class NonBlockingLowered extends NonBlockingConformance {
        NonBlockingLowered() {
            super(LOWERED, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class TimingNotInline extends TimingConformance {
        TimingNotInline() {
            super(NOT_INLINE, Leftovers::ofThisProcess);
        }
    }

    @Nested
    class Lifetime extends LifetimeConformance {
        Lifetime() {
            super(DIRECT, Leftovers::ofThisProcess);
        }
    }
}
