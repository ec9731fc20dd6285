package org.fabricmark.bench.primitive.verbs;

import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.OptionalInt;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.SendOpcode;

/**
 * Both ranks in turn. As in perftest, a rank that has posted a signalled request takes its completion before it waits for the peer; and a
 * plain write is seen by its last byte, which each write changes.
 */
final class PingPong implements Rounds {
    private static final VarHandle BYTE = ValueLayout.JAVA_BYTE.varHandle();

    private final Completions completions;
    private final Waiting waiting;
    private final Lane lane;
    private boolean polls;
    private long sourceByte;
    private long landingByte;
    private byte sent;
    private byte received;
    private long awaited;

    PingPong(Completions completions, Waiting waiting) {
        this.completions = completions;
        this.waiting = waiting;
        this.lane = completions.lanes()[0];
    }

    @Override
    public void prepare(VerbsPrimitive primitive, int bytes) {
        polls = primitive.opcode() == SendOpcode.RDMA_WRITE;
        sourceByte = lane.place().source() + bytes - 1;
        landingByte = lane.place().landing() + bytes - 1;
        sent = 0;
        received = 0;
        awaited = 0;
        if (polls) {
            BYTE.setVolatile(AddressSpace.ALL, landingByte, (byte) 0);
        }
    }

    @Override
    public void lead() {
        ping();
        await();
    }

    @Override
    public void answer() {
        await();
        ping();
    }

    private void ping() {
        if (polls) {
            BYTE.set(AddressSpace.ALL, sourceByte, ++sent);
        }
        if (lane.post()) {
            awaitCompletion();
        }
    }

    private void awaitCompletion() {
        if (completions.takeSends() && lane.underWay() == 0) {
            return;
        }
        waiting.begin();
        while (lane.underWay() > 0) {
            if (!completions.takeSends()) {
                waiting.again();
            }
        }
    }

    private void await() {
        waiting.begin();
        if (polls) {
            byte next = ++received;
            while ((byte) BYTE.getAcquire(AddressSpace.ALL, landingByte) != next) {
                waiting.again();
            }
        } else {
            awaited++;
            while (completions.messages() < awaited) {
                if (!completions.takeReceives()) {
                    waiting.again();
                }
            }
        }
    }

    /** What the last byte of what has landed here must be, where it is polled; else empty. */
    OptionalInt lastByte() {
        return polls ? OptionalInt.of(received & 0xff) : OptionalInt.empty();
    }
}
