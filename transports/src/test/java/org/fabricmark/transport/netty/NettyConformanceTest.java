package org.fabricmark.transport.netty;

import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.conformance.CollectiveConformance;
import org.fabricmark.transport.conformance.CommunicatorConformance;
import org.fabricmark.transport.conformance.TransportConformance;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** Sockets against the conformance kit: every way to them, of both kinds; by default one of each, the rest is slow. */
class NettyConformanceTest {
    /** The interface case by case. */
    abstract static class Interface extends TransportConformance {
        Interface(String spec) {
            super(TransportSpec.parse(spec), Leftovers::ofThisProcess);
        }
    }

    /** Lifetimes and failures as users meet them. */
    abstract static class Communicators extends CommunicatorConformance {
        Communicators(String spec) {
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
    class NioTcpInterface extends Interface {
        NioTcpInterface() {
            super("netty?io=nio");
        }
    }

    @Nested
    class NioTcpCommunicators extends Communicators {
        NioTcpCommunicators() {
            super("netty?io=nio");
        }
    }

    @Nested
    @Tag("slow")
    class NioTcpCollectives extends Collectives {
        NioTcpCollectives() {
            super("netty?io=nio");
        }
    }

    @Nested
    class EpollTcpInterface extends Interface {
        EpollTcpInterface() {
            super("netty?io=epoll");
        }
    }

    @Nested
    @Tag("slow")
    class EpollTcpCommunicators extends Communicators {
        EpollTcpCommunicators() {
            super("netty?io=epoll");
        }
    }

    @Nested
    class EpollTcpCollectives extends Collectives {
        EpollTcpCollectives() {
            super("netty?io=epoll");
        }
    }

    @Nested
    class IoUringTcpInterface extends Interface {
        IoUringTcpInterface() {
            super("netty?io=io_uring");
        }
    }

    @Nested
    @Tag("slow")
    class IoUringTcpCommunicators extends Communicators {
        IoUringTcpCommunicators() {
            super("netty?io=io_uring");
        }
    }

    @Nested
    @Tag("slow")
    class IoUringTcpCollectives extends Collectives {
        IoUringTcpCollectives() {
            super("netty?io=io_uring");
        }
    }

    @Nested
    @Tag("slow")
    class NioUnixInterface extends Interface {
        NioUnixInterface() {
            super("netty?io=nio&socket=unix");
        }
    }

    @Nested
    @Tag("slow")
    class NioUnixCommunicators extends Communicators {
        NioUnixCommunicators() {
            super("netty?io=nio&socket=unix");
        }
    }

    @Nested
    @Tag("slow")
    class NioUnixCollectives extends Collectives {
        NioUnixCollectives() {
            super("netty?io=nio&socket=unix");
        }
    }

    @Nested
    class EpollUnixInterface extends Interface {
        EpollUnixInterface() {
            super("netty?io=epoll&socket=unix");
        }
    }

    @Nested
    @Tag("slow")
    class EpollUnixCommunicators extends Communicators {
        EpollUnixCommunicators() {
            super("netty?io=epoll&socket=unix");
        }
    }

    @Nested
    @Tag("slow")
    class EpollUnixCollectives extends Collectives {
        EpollUnixCollectives() {
            super("netty?io=epoll&socket=unix");
        }
    }

    @Nested
    @Tag("slow")
    class IoUringUnixInterface extends Interface {
        IoUringUnixInterface() {
            super("netty?io=io_uring&socket=unix");
        }
    }

    @Nested
    @Tag("slow")
    class IoUringUnixCommunicators extends Communicators {
        IoUringUnixCommunicators() {
            super("netty?io=io_uring&socket=unix");
        }
    }

    @Nested
    @Tag("slow")
    class IoUringUnixCollectives extends Collectives {
        IoUringUnixCollectives() {
            super("netty?io=io_uring&socket=unix");
        }
    }

    @Nested
    class SeveralConnectionsInterface extends Interface {
        SeveralConnectionsInterface() {
            super("netty?connections=3&copy=0");
        }
    }

    @Nested
    @Tag("slow")
    class SeveralConnectionsCommunicators extends Communicators {
        SeveralConnectionsCommunicators() {
            super("netty?connections=3&copy=0");
        }
    }

    @Nested
    @Tag("slow")
    class SeveralConnectionsCollectives extends Collectives {
        SeveralConnectionsCollectives() {
            super("netty?connections=3&copy=0");
        }
    }
}
