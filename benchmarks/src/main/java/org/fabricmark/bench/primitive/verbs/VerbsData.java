package org.fabricmark.bench.primitive.verbs;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.SendOpcode;

/**
 * What is sent in a stretch of rounds, and whether it has arrived; outside of what is timed. Sources differ from stretch to stretch,
 * between the ranks, between neighbours, and from what was in the landing place before.
 *
 * <p>Thread rule: the rank's thread.
 */
final class VerbsData {
    private static final byte POISON = (byte) 0xa5;

    private final VerbsEnd end;
    private final int rank;

    VerbsData(VerbsEnd end, int rank) {
        this.end = end;
        this.rank = rank;
    }

    /** Writes what this rank sends, and what it must no longer find. */
    void write(VerbsPrimitive primitive, int bytes, long stretch) {
        for (Lane lane : end.lanes()) {
            MemorySegment source = end.memory(lane, false, bytes);
            for (long at = 0; at < bytes; at++) {
                source.set(ValueLayout.JAVA_BYTE, at, value(rank, lane, stretch, at));
            }
            end.memory(lane, true, bytes).fill(primitive.atomic() ? 0 : POISON);
        }
    }

    /**
     * How many bytes that have landed here are wrong.
     *
     * @param last what the last byte must be, if it was changed by each write; else -1
     */
    long wrong(VerbsPrimitive primitive, int bytes, long stretch, int last) {
        if (primitive.atomic()) {
            return 0; // the sum says it
        }
        boolean here = rank == (primitive.opcode() == SendOpcode.RDMA_READ ? 0 : 1)
                || primitive.pattern() == VerbsPrimitive.Pattern.PING_PONG;
        long wrong = 0;
        for (Lane lane : end.lanes()) {
            if (here && lane.index() < used(primitive)) {
                wrong += wrong(lane, bytes, stretch, last);
            }
        }
        return wrong;
    }

    private int used(VerbsPrimitive primitive) {
        return primitive.streams() ? end.lanes().size() : 1;
    }

    private long wrong(Lane lane, int bytes, long stretch, int last) {
        MemorySegment landed = end.memory(lane, true, bytes);
        long wrong = 0;
        for (long at = 0; at < bytes; at++) {
            byte expected = last >= 0 && at == bytes - 1 ? (byte) last : value(1 - rank, lane, stretch, at);
            wrong += landed.get(ValueLayout.JAVA_BYTE, at) == expected ? 0 : 1;
        }
        return wrong;
    }

    /** Rank 1: what the operations of the stretch have made of its words, all together. */
    long sum() {
        long sum = 0;
        for (Lane lane : end.lanes()) {
            sum += AddressSpace.getLongAcquire(lane.place().landing());
        }
        return sum;
    }

    private static byte value(int rank, Lane lane, long stretch, long at) {
        long mixed = (at + 1) * 0x9e37_79b9_7f4a_7c15L + stretch * 0x85eb_ca6bL + rank + 31L * lane.index();
        byte value = (byte) (mixed >>> 29 ^ mixed);
        return value == POISON ? (byte) 1 : value;
    }
}
