package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.List;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendOpcode;
import org.fabricmark.transport.rdma.verbs.SendRequest;

/**
 * A work request in words of the model.
 *
 * @param id what its completion names
 * @param operation null for a request that is malformed
 * @param pieces local memory
 * @param remote the peer's memory, where there is any
 * @param remoteOffset into it
 * @param wrongKey whether its remote key is one that nobody has
 * @param operand of atomics; the immediate of others
 * @param swap of a compare-and-swap
 * @param flags as posted
 */
record ModelRequest(
        long id,
        SendOpcode operation,
        List<Piece> pieces,
        ModelMemory remote,
        int remoteOffset,
        boolean wrongKey,
        long operand,
        long swap,
        Set<SendFlag> flags) {
    /**
     * A piece of local memory.
     *
     * @param wrongKey whether its key is one that nobody has
     */
    record Piece(ModelMemory memory, int offset, int length, boolean wrongKey) {
        boolean readable() {
            return length == 0 || !wrongKey && memory.allows(offset, length, null);
        }

        boolean writable() {
            return length == 0 || !wrongKey && memory.allows(offset, length, AccessFlag.LOCAL_WRITE);
        }

        long address() {
            return memory.real().at(offset);
        }

        LocalKey key() {
            return wrongKey ? DataPathConformance.NO_LOCAL_KEY : memory.real().localKey();
        }

        @Override
        public String toString() {
            return memory + "[" + offset + ", " + length + (wrongKey ? ", wrong key]" : "]");
        }
    }

    /**
     * A receive.
     *
     * @param wrong whether it cannot take every message
     */
    record Receive(long id, List<Piece> pieces, boolean wrong) {
        int bytes() {
            return pieces.stream().mapToInt(Piece::length).sum();
        }

        ReceiveRequest real() {
            ReceiveRequest request = new ReceiveRequest().begin(id);
            pieces.forEach(each -> request.segment(each.address(), each.length(), each.key()));
            return request;
        }
    }

    int bytes() {
        return pieces.stream().mapToInt(Piece::length).sum();
    }

    boolean has(SendFlag flag) {
        return flags.contains(flag);
    }

    SendRequest real() {
        SendRequest request = new SendRequest().begin(id);
        if (operation != null) {
            choose(request);
        }
        pieces.forEach(each -> request.segment(each.address(), each.length(), each.key()));
        flags.forEach(request::flag);
        return request;
    }

    private void choose(SendRequest request) {
        long address = remote == null ? 0 : remote.real().at(remoteOffset);
        RemoteKey key = wrongKey || remote == null ? DataPathConformance.NO_REMOTE_KEY : remote.real().remoteKey();
        switch (operation) {
            case SEND -> request.send();
            case SEND_WITH_IMM -> request.sendWithImmediate((int) operand);
            case RDMA_WRITE -> request.write(address, key);
            case RDMA_WRITE_WITH_IMM -> request.writeWithImmediate(address, key, (int) operand);
            case RDMA_READ -> request.read(address, key);
            case FETCH_AND_ADD -> request.fetchAndAdd(address, key, operand);
            case COMPARE_AND_SWAP -> request.compareAndSwap(address, key, operand, swap);
            default -> throw new IllegalStateException("not modelled: " + operation);
        }
    }
}
