package org.fabricmark.engine;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.Capability;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Region;
import org.fabricmark.transport.SignalTable;
import org.fabricmark.transport.Transport;

/**
 * One rank of several without the others: everything arrives at once, so that every program runs to its end, and what it loads,
 * stores, puts and gets touches real memory of all ranks without any check. Bands of known bytes lie before, between and behind
 * the parts of every region: a program that leaves its buffers is seen by them, or ends the JVM.
 */
final class RecklessTransport implements Transport {
    private static final long BAND = 4096;
    private static final byte BAND_BYTE = 0x3c;
    private static final MemorySegment UNTOUCHED =
            MemorySegment.ofArray(new byte[(int) BAND + 128]).fill(BAND_BYTE);

    private final Arena arena = Arena.ofConfined();
    private final List<GuardedRegion> regions = new ArrayList<>();
    private final int rank;
    private final int size;
    private final boolean direct;

    RecklessTransport(int rank, int size, boolean direct) {
        this.rank = rank;
        this.size = size;
        this.direct = direct;
    }

    /** @throws AssertionError when a band has been written */
    void checkBands() {
        regions.forEach(GuardedRegion::checkBands);
    }

    @Override
    public int rank() {
        return rank;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public String name() {
        return "reckless";
    }

    @Override
    public Set<Capability> capabilities(int peer) {
        return direct || peer == rank ? Set.of(Capability.values()) : Set.of();
    }

    @Override
    public Region allocate(long bytes) {
        GuardedRegion region = new GuardedRegion(bytes, regions.size());
        regions.add(region);
        return region;
    }

    @Override
    public SignalTable allocateSignals(int signals) {
        return new SignalTable() {
            @Override
            public int signals() {
                return signals;
            }

            @Override
            public long outgoing(int peer, int signal) {
                return checked(peer, signal);
            }

            @Override
            public long incoming(int peer, int signal) {
                return checked(peer, signal);
            }

            private long checked(int peer, int signal) {
                if (peer < 0 || peer >= size || peer == rank || signal < 0 || signal >= signals) {
                    throw new AssertionError("the binder asked for signal " + signal + " of rank " + peer);
                }
                return (long) signal * size + peer;
            }

            @Override
            public void close() {
                // nothing was allocated
            }
        };
    }

    private long address(int owner, long reference) {
        return regions.get((int) (reference >>> 32)).part(owner) + (int) reference;
    }

    @Override
    public boolean put(int peer, int channel, long from, long to, long bytes) {
        copy(address(rank, from), address(peer, to), bytes);
        return true;
    }

    private static void copy(long from, long to, long bytes) {
        MemorySegment.copy(AddressSpace.ALL, from, AddressSpace.ALL, to, bytes);
    }

    @Override
    public boolean putAndNotify(
            int peer, int channel, long from, long to, long bytes, long signal, long total, boolean soleBump) {
        return put(peer, channel, from, to, bytes);
    }

    @Override
    public boolean notifyPeer(int peer, int channel, long signal, long total) {
        return true;
    }

    @Override
    public boolean get(int peer, int channel, long from, long to, long bytes) {
        copy(address(peer, from), address(rank, to), bytes);
        return true;
    }

    @Override
    public boolean flushed(int channel) {
        return true;
    }

    @Override
    public boolean arrived(long signal, long total) {
        return true;
    }

    @Override
    public boolean drained() {
        return true;
    }

    @Override
    public void progress() {
        // nothing is ever under way
    }

    @Override
    public int pollsPerProgress() {
        return 1;
    }

    @Override
    public void abort(Failure failure) {
        // there is nobody to tell
    }

    @Override
    public Optional<Failure> aborted() {
        return Optional.empty();
    }

    @Override
    public void close() {
        arena.close();
    }

    private final class GuardedRegion implements Region {
        private final MemorySegment memory;
        private final long bytes;
        private final long stride;
        private final int number;

        GuardedRegion(long bytes, int number) {
            this.bytes = bytes;
            this.number = number;
            this.stride = BAND + (bytes + 127 & -128);
            this.memory = arena.allocate(BAND + size * stride, 128).fill(BAND_BYTE);
            for (int owner = 0; owner < size; owner++) {
                memory.asSlice(BAND + owner * stride, bytes).fill((byte) owner);
            }
        }

        void checkBands() {
            long at = 0;
            for (int owner = 0; owner <= size; owner++) {
                long end = BAND + owner * stride;
                if (memory.asSlice(at, end - at).mismatch(UNTOUCHED.asSlice(0, end - at)) >= 0) {
                    throw new AssertionError("bytes before the part of rank " + owner + " in region " + number + " of "
                            + bytes + " bytes were written");
                }
                at = end + bytes;
            }
        }

        long part(int owner) {
            return memory.address() + BAND + owner * stride;
        }

        @Override
        public long bytes() {
            return bytes;
        }

        @Override
        public MemorySegment segment() {
            return memory.asSlice(BAND + rank * stride, bytes);
        }

        @Override
        public long address() {
            return part(rank);
        }

        @Override
        public long reference(long offset) {
            return (long) number << 32 | offset;
        }

        @Override
        public long directAddress(int peer, long offset) {
            if (!direct && peer != rank) {
                throw new AssertionError("the binder asked for an address in rank " + peer);
            }
            return part(peer) + offset;
        }

        @Override
        public void close() {
            // the arena closes with the transport
        }
    }
}
