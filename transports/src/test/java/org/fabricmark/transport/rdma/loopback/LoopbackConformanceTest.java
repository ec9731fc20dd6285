package org.fabricmark.transport.rdma.loopback;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.fabricmark.transport.rdma.verbs.CostModel;
import org.fabricmark.transport.rdma.verbs.FabricSpec;
import org.fabricmark.transport.rdma.verbs.FabricSpec.MemoryOrder;
import org.fabricmark.transport.rdma.verbs.conformance.AtomicsConformance;
import org.fabricmark.transport.rdma.verbs.conformance.DataPathConformance;
import org.fabricmark.transport.rdma.verbs.conformance.DatagramConformance;
import org.fabricmark.transport.rdma.verbs.conformance.ErrorsConformance;
import org.fabricmark.transport.rdma.verbs.conformance.EventsConformance;
import org.fabricmark.transport.rdma.verbs.conformance.LossConformance;
import org.fabricmark.transport.rdma.verbs.conformance.MemoryConformance;
import org.fabricmark.transport.rdma.verbs.conformance.ModelConformance;
import org.fabricmark.transport.rdma.verbs.conformance.ObjectsConformance;
import org.fabricmark.transport.rdma.verbs.conformance.OrderingConformance;
import org.fabricmark.transport.rdma.verbs.conformance.OverflowConformance;
import org.fabricmark.transport.rdma.verbs.conformance.ProcessConformance;
import org.fabricmark.transport.rdma.verbs.conformance.QueuesConformance;
import org.fabricmark.transport.rdma.verbs.conformance.ReadinessConformance;
import org.fabricmark.transport.rdma.verbs.conformance.SharedReceiveConformance;
import org.fabricmark.transport.rdma.verbs.conformance.StatesConformance;
import org.fabricmark.transport.rdma.verbs.conformance.Subject;
import org.fabricmark.transport.rdma.verbs.conformance.TransitionsConformance;
import org.fabricmark.transport.rdma.verbs.conformance.WindowsConformance;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The emulation against the conformance kit: for threads with every order of memory and with a cost model, and for processes. */
@ParameterizedClass(name = "{0}")
@MethodSource("subjects")
class LoopbackConformanceTest {
    @Parameter
    private Subject subject;

    /** Order and times are the requester's own affair, the same wherever its peer is: all of them for threads, one for processes. */
    static List<Subject> subjects() {
        return Stream.concat(
                Arrays.stream(MemoryOrder.values())
                        .map(order -> subject(FabricSpec.Scope.PROCESS, order, CostModel.NONE)),
                Stream.of(
                        subject(FabricSpec.Scope.PROCESS, MemoryOrder.STRONG, CostModel.ROCE_400G),
                        subject(FabricSpec.Scope.HOST, MemoryOrder.STRONG, CostModel.NONE)))
                .toList();
    }

    private static Subject subject(FabricSpec.Scope scope, MemoryOrder order, CostModel model) {
        return new Subject(new LoopbackProvider(), scope, order, model, Leftovers::ofThisProcess);
    }

    private Subject subject() {
        return subject;
    }

    @Nested
    class Objects extends ObjectsConformance {
        Objects() {
            super(subject());
        }
    }

    @Nested
    class Memory extends MemoryConformance {
        Memory() {
            super(subject());
        }
    }

    @Nested
    class Transitions extends TransitionsConformance {
        Transitions() {
            super(subject());
        }
    }

    @Nested
    class States extends StatesConformance {
        States() {
            super(subject());
        }
    }

    @Nested
    class DataPath extends DataPathConformance {
        DataPath() {
            super(subject());
        }
    }

    @Nested
    class Queues extends QueuesConformance {
        Queues() {
            super(subject());
        }
    }

    @Nested
    class Overflow extends OverflowConformance {
        Overflow() {
            super(subject());
        }
    }

    @Nested
    class Atomics extends AtomicsConformance {
        Atomics() {
            super(subject());
        }
    }

    @Nested
    class Datagram extends DatagramConformance {
        Datagram() {
            super(subject());
        }
    }

    @Nested
    class Errors extends ErrorsConformance {
        Errors() {
            super(subject());
        }
    }

    @Nested
    class Readiness extends ReadinessConformance {
        Readiness() {
            super(subject());
        }
    }

    @Nested
    class Ordering extends OrderingConformance {
        Ordering() {
            super(subject());
        }
    }

    @Nested
    class Events extends EventsConformance {
        Events() {
            super(subject());
        }
    }

    @Nested
    class SharedReceive extends SharedReceiveConformance {
        SharedReceive() {
            super(subject());
        }
    }

    @Nested
    class Loss extends LossConformance {
        Loss() {
            super(subject());
        }
    }

    @Nested
    class Windows extends WindowsConformance {
        Windows() {
            super(subject());
        }
    }

    @Nested
    class Model extends ModelConformance {
        Model() {
            super(subject());
        }
    }

    @Nested
    class Process extends ProcessConformance {
        Process() {
            super(subject());
        }
    }
}
