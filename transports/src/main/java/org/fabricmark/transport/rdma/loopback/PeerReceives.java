package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;

/**
 * Receives of a neighbour's queue pair: a requester takes the next one, fills its memory, and completes it. A queue pair with a
 * connection has one requester; datagrams come from many, who take turns by compare-and-set, as do all who draw from a shared queue.
 *
 * <p>Thread rule: the requester's thread, while it is inside.
 */
final class PeerReceives {
    private static final int NO_SLOT = LoopbackLayout.NO_SLOT;
    private static final long NO_RECEIVE = -1;

    private final PeerQueuePair peer;
    private final boolean manyRequesters;
    private final ResolvedKey key = new ResolvedKey();

    PeerReceives(PeerQueuePair peer, boolean manyRequesters) {
        this.peer = peer;
        this.manyRequesters = manyRequesters;
    }

    /**
     * Gives the next receive to {@code entry}, unless it has one.
     *
     * @param needed bytes that it must have room for; a smaller one is left. Not asked of a shared queue
     * @return false when none is posted
     */
    boolean take(SendEntry entry, long needed) {
        if (entry.receive >= 0) {
            return true;
        }
        long line = peer.line();
        long shared = AddressSpace.getLong(line + LoopbackLayout.PAIR_SHARED);
        if (shared == 0) {
            return takeOwn(entry, line, needed);
        }
        int slot = takeShared(peer.neighbour().address(shared));
        if (slot == NO_SLOT) {
            return false;
        }
        entry.receiveSlot = slot;
        entry.receive = manyRequesters
                ? AddressSpace.getAndAddLong(line + LoopbackLayout.PAIR_USED, 1)
                : next(line);
        // Now, not when it completes: should this message never end, its owner finds here what it had taken.
        AddressSpace.setInt(ringEntry(entry.receive) + LoopbackLayout.ENTRY_SLOT, slot);
        return true;
    }

    /** Takes back the last receive that was given, of a queue pair with one requester and receives of its own. */
    void giveBack(SendEntry entry) {
        AddressSpace.setLong(peer.line() + LoopbackLayout.PAIR_USED, entry.receive);
        entry.receive = NO_RECEIVE;
    }

    private boolean takeOwn(SendEntry entry, long line, long needed) {
        entry.receiveSlot = NO_SLOT;
        if (!manyRequesters) {
            if (AddressSpace.getLong(line + LoopbackLayout.PAIR_USED) == AddressSpace
                    .getLongAcquire(line + LoopbackLayout.PAIR_POSTED)) {
                return false;
            }
            entry.receive = next(line);
            return true;
        }
        while (true) {
            long used = AddressSpace.getLongAcquire(line + LoopbackLayout.PAIR_USED);
            if (used == AddressSpace.getLongAcquire(line + LoopbackLayout.PAIR_POSTED)) {
                return false;
            }
            if (room(ringEntry(used) + LoopbackLayout.ENTRY_PIECES) < needed) {
                return false;
            }
            if (AddressSpace.compareAndSetLong(line + LoopbackLayout.PAIR_USED, used, used + 1)) {
                entry.receive = used;
                return true;
            }
        }
    }

    private static long room(long list) {
        long room = 0;
        for (int i = 0; i < AddressSpace.getInt(list + LoopbackLayout.PIECES_COUNT); i++) {
            room += AddressSpace.getInt(list + LoopbackLayout.PIECES_FIRST + (long) i * LoopbackLayout.PIECE_BYTES
                    + LoopbackLayout.PIECE_LENGTH);
        }
        return room;
    }

    private static long next(long line) {
        long used = AddressSpace.getLong(line + LoopbackLayout.PAIR_USED);
        AddressSpace.setLong(line + LoopbackLayout.PAIR_USED, used + 1);
        return used;
    }

    private int takeShared(long shared) {
        while (true) {
            long used = AddressSpace.getLongAcquire(shared + LoopbackLayout.SHARED_USED);
            long left = AddressSpace.getLongAcquire(shared + LoopbackLayout.SHARED_POSTED) - used;
            if (left <= 0) {
                return NO_SLOT;
            }
            int entries = AddressSpace.getInt(shared + LoopbackLayout.SHARED_ENTRIES);
            int slot = AddressSpace.getInt(shared + LoopbackLayout.SHARED_ORDER + (used & entries - 1) * Integer.BYTES);
            if (AddressSpace.compareAndSetLong(shared + LoopbackLayout.SHARED_USED, used, used + 1)) {
                tellLimit(shared, left - 1);
                return slot;
            }
        }
    }

    private void tellLimit(long shared, long left) {
        long limit = AddressSpace.getLong(shared + LoopbackLayout.SHARED_LIMIT);
        if (left < limit && AddressSpace.compareAndSetLong(shared + LoopbackLayout.SHARED_LIMIT, limit, 0)) {
            AddressSpace.setLongRelease(shared + LoopbackLayout.SHARED_REACHED, 1);
            peer.attention();
        }
    }

    /**
     * Finds the memory of the receive that {@code entry} was given, after {@code skipped} bytes that are not the message's.
     *
     * @return SUCCESS, or why the message cannot go there
     */
    CompletionStatus resolve(SendEntry entry, long skipped) {
        Pieces to = entry.remote;
        to.clear();
        long list = pieces(entry);
        int count = AddressSpace.getInt(list + LoopbackLayout.PIECES_COUNT);
        int domain = AddressSpace.getInt(peer.line() + LoopbackLayout.PAIR_RECEIVE_DOMAIN);
        long left = entry.bytes + skipped;
        for (int i = 0; i < count && left > 0; i++) {
            long piece = list + LoopbackLayout.PIECES_FIRST + (long) i * LoopbackLayout.PIECE_BYTES;
            long length = AddressSpace.getInt(piece + LoopbackLayout.PIECE_LENGTH);
            if (length == 0) {
                continue;
            }
            // What is registered is checked for the whole piece, as devices do that fetch its translation at once.
            long address = key.address(
                    peer.neighbour(), AddressSpace.getInt(piece + LoopbackLayout.PIECE_KEY), domain, KeyTable.OWN,
                    AddressSpace.getLong(piece), length, AccessFlag.LOCAL_WRITE.bit());
            if (address < 0) {
                return CompletionStatus.LOCAL_PROTECTION_ERROR;
            }
            to.add(address, Math.min(length, left));
            left -= Math.min(length, left);
        }
        return left > 0 ? CompletionStatus.LOCAL_LENGTH_ERROR : CompletionStatus.SUCCESS;
    }

    private long pieces(SendEntry entry) {
        if (entry.receiveSlot == NO_SLOT) {
            return ringEntry(entry.receive) + LoopbackLayout.ENTRY_PIECES;
        }
        long shared = peer.neighbour().address(AddressSpace.getLong(peer.line() + LoopbackLayout.PAIR_SHARED));
        int entries = AddressSpace.getInt(shared + LoopbackLayout.SHARED_ENTRIES);
        return shared + LoopbackLayout.SHARED_ORDER + LoopbackLayout.lines(entries * Integer.BYTES)
                + (long) entry.receiveSlot * AddressSpace.getInt(shared + LoopbackLayout.SHARED_STRIDE);
    }

    private long ringEntry(long sequence) {
        long line = peer.line();
        long ring = peer.neighbour().address(AddressSpace.getLong(line + LoopbackLayout.PAIR_RING));
        int entries = AddressSpace.getInt(line + LoopbackLayout.PAIR_RING_ENTRIES);
        return ring + (sequence & entries - 1) * AddressSpace.getInt(line + LoopbackLayout.PAIR_RING_STRIDE);
    }

    /**
     * Completes the receive that {@code entry} was given; its owner sees that, and all that was written before.
     *
     * @param flags one bit for each completion flag; {@code solicited} above them
     */
    void complete(
            SendEntry entry, CompletionStatus status, CompletionOpcode opcode, long bytes, int flags, int extra,
            int source) {
        long at = ringEntry(entry.receive);
        AddressSpace.setInt(at + LoopbackLayout.ENTRY_STATUS, status.ordinal());
        AddressSpace.setInt(
                at + LoopbackLayout.ENTRY_OPCODE,
                opcode.ordinal() | flags << Byte.SIZE | (entry.solicited ? ReceiveQueue.SOLICITED : 0));
        AddressSpace.setInt(at + LoopbackLayout.ENTRY_BYTES, (int) bytes);
        AddressSpace.setInt(at + LoopbackLayout.ENTRY_EXTRA, extra);
        AddressSpace.setInt(at + LoopbackLayout.ENTRY_SOURCE, source);
        AddressSpace.setLongRelease(at + LoopbackLayout.ENTRY_SEQUENCE, entry.receive + 1);
    }
}
