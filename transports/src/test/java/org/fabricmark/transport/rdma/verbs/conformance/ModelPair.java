package org.fabricmark.transport.rdma.verbs.conformance;

import static org.fabricmark.transport.rdma.verbs.CompletionStatus.LOCAL_ACCESS_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.LOCAL_LENGTH_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.LOCAL_PROTECTION_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.REMOTE_ACCESS_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.REMOTE_INVALID_REQUEST_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.REMOTE_OPERATION_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.RNR_RETRY_EXCEEDED_ERROR;
import static org.fabricmark.transport.rdma.verbs.CompletionStatus.WORK_REQUEST_FLUSHED;

import java.io.ByteArrayOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.CompletionOpcode;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendOpcode;

/**
 * The reference model of one queue pair of a reliable connection that never waits for a receive: executes each request at once, and
 * notes which completions must come. Faults are looked for in the specification's order.
 */
final class ModelPair {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Set<AccessFlag> access;
    private final boolean shares;
    private final Deque<ModelRequest.Receive> receives;
    private final Deque<Expected> sendCompletions = new ArrayDeque<>();
    private final Deque<Expected> receiveCompletions = new ArrayDeque<>();
    private final List<Runnable> undetermined = new ArrayList<>();
    private ModelPair peer;
    private boolean error;

    /**
     * @param access what it takes from its peer
     * @param shared receives that other pairs draw from too, or null
     */
    ModelPair(Set<AccessFlag> access, Deque<ModelRequest.Receive> shared) {
        this.access = access;
        this.shares = shared != null;
        this.receives = shares ? shared : new ArrayDeque<>();
    }

    void connect(ModelPair other) {
        peer = other;
    }

    /** In error, or its peer: both must be reset before they are of use again. */
    boolean broken() {
        return error || peer.error;
    }

    /** After RESET and connecting again. */
    void reset() {
        error = false;
        if (!shares) {
            receives.clear();
        }
    }

    /** Receives that are posted and were not used yet. */
    Deque<ModelRequest.Receive> receives() {
        return receives;
    }

    /** Whether some message may meet a receive that is wrong. */
    boolean hasWrongReceive() {
        return receives.stream().anyMatch(ModelRequest.Receive::wrong);
    }

    void receive(ModelRequest.Receive receive) {
        if (error && !shares) {
            receiveCompletions.add(Expected.ended(receive.id(), WORK_REQUEST_FLUSHED));
        } else {
            receives.add(receive);
        }
    }

    /** Completions of its send queue that must come, in this order; whoever has met one takes it out. */
    Deque<Expected> sendCompletions() {
        return sendCompletions;
    }

    /** The same for receives. */
    Deque<Expected> receiveCompletions() {
        return receiveCompletions;
    }

    /** Takes memory as it is where the specification does not say what is in it. */
    void settle() {
        undetermined.forEach(Runnable::run);
        undetermined.clear();
    }

    void execute(ModelRequest request) {
        if (error) {
            sendCompletions.add(Expected.ended(request.id(), WORK_REQUEST_FLUSHED));
            return;
        }
        boolean scatters = request.operation().scatters();
        if (!scatters && !request.has(SendFlag.INLINE)
                && !request.pieces().stream().allMatch(ModelRequest.Piece::readable)) {
            fail(request, LOCAL_PROTECTION_ERROR);
            return;
        }
        CompletionStatus remote = request.remote() == null ? null : refusal(request);
        if (remote != null) {
            if (request.operation().consumesReceive()) {
                peer.receiveCompletions.add(Expected.ended(
                        peer.receives.remove().id(), LOCAL_ACCESS_ERROR, LOCAL_PROTECTION_ERROR, WORK_REQUEST_FLUSHED));
            }
            failBoth(request, remote);
        } else if (request.operation().consumesReceive()) {
            meetReceive(request);
        } else if (scatters) {
            fetch(request);
        } else {
            write(request);
            succeed(request, -1);
        }
    }

    /** Why the peer does not let it in, or null. */
    private CompletionStatus refusal(ModelRequest request) {
        SendOpcode operation = request.operation();
        AccessFlag right = operation.atomic()
                ? AccessFlag.REMOTE_ATOMIC
                : operation == SendOpcode.RDMA_READ ? AccessFlag.REMOTE_READ : AccessFlag.REMOTE_WRITE;
        if (request.bytes() == 0) {
            return null;
        }
        if (!peer.access.contains(right) || operation.atomic() && request.remoteOffset() % Long.BYTES != 0) {
            return REMOTE_INVALID_REQUEST_ERROR;
        }
        boolean allowed = !request.wrongKey()
                && request.remote().allows(request.remoteOffset(), request.bytes(), right);
        return allowed ? null : REMOTE_ACCESS_ERROR;
    }

    private void meetReceive(ModelRequest request) {
        ModelRequest.Receive receive = peer.receives.poll();
        if (receive == null) {
            if (request.remote() != null) { // its packets but the last one have been executed
                undetermined.add(() -> request.remote().accept(request.remoteOffset(), request.bytes()));
            }
            fail(request, RNR_RETRY_EXCEEDED_ERROR);
            return;
        }
        boolean write = request.operation() == SendOpcode.RDMA_WRITE_WITH_IMM;
        if (write) {
            write(request);
        } else if (receive.bytes() < request.bytes()) {
            receive.pieces().forEach(
                    each -> undetermined.add(() -> each.memory().accept(each.offset(), each.length())));
            peer.receiveCompletions.add(Expected.ended(receive.id(), LOCAL_LENGTH_ERROR));
            failBoth(request, REMOTE_INVALID_REQUEST_ERROR);
            return;
        } else if (request.bytes() > 0 && !receive.pieces().stream().allMatch(ModelRequest.Piece::writable)) {
            receive.pieces().forEach(
                    each -> undetermined.add(() -> each.memory().accept(each.offset(), each.length())));
            peer.receiveCompletions.add(Expected.ended(receive.id(), LOCAL_PROTECTION_ERROR));
            failBoth(request, REMOTE_OPERATION_ERROR);
            return;
        } else {
            scatter(gather(request.pieces()), receive.pieces());
        }
        boolean immediate = write || request.operation() == SendOpcode.SEND_WITH_IMM;
        peer.receiveCompletions.add(Expected.done(
                receive.id(), write ? CompletionOpcode.RECV_RDMA_WITH_IMM : CompletionOpcode.RECV, request.bytes(),
                immediate ? (Integer) (int) request.operand() : null));
        succeed(request, -1);
    }

    /** A read or an atomic: the peer's side first. */
    private void fetch(ModelRequest request) {
        int bytes = request.bytes();
        byte[] brought = bytes == 0
                ? new byte[0]
                : Arrays.copyOfRange(
                        request.remote().bytes(), request.remoteOffset(), request.remoteOffset() + bytes);
        if (request.operation().atomic()) {
            long old = (long) LONG.get(brought, 0);
            long fresh = request.operation() == SendOpcode.FETCH_AND_ADD
                    ? old + request.operand()
                    : old == request.operand() ? request.swap() : old;
            LONG.set(request.remote().bytes(), request.remoteOffset(), fresh);
        }
        if (!request.pieces().stream().allMatch(ModelRequest.Piece::writable)) {
            request.pieces().forEach(
                    each -> undetermined.add(() -> each.memory().accept(each.offset(), each.length())));
            fail(request, LOCAL_PROTECTION_ERROR);
            return;
        }
        scatter(brought, request.pieces());
        succeed(request, bytes);
    }

    private static void write(ModelRequest request) {
        byte[] bytes = gather(request.pieces());
        if (bytes.length > 0) {
            System.arraycopy(bytes, 0, request.remote().bytes(), request.remoteOffset(), bytes.length);
        }
    }

    private static byte[] gather(List<ModelRequest.Piece> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.stream().filter(each -> each.length() > 0)
                .forEach(each -> all.write(each.memory().bytes(), each.offset(), each.length()));
        return all.toByteArray();
    }

    private static void scatter(byte[] bytes, List<ModelRequest.Piece> pieces) {
        int done = 0;
        for (ModelRequest.Piece each : pieces) {
            int length = Math.min(each.length(), bytes.length - done);
            if (length > 0) {
                System.arraycopy(bytes, done, each.memory().bytes(), each.offset(), length);
                done += length;
            }
        }
    }

    private void succeed(ModelRequest request, int bytes) {
        if (request.has(SendFlag.SIGNALED)) {
            sendCompletions.add(Expected.done(request.id(), request.operation().completion(), bytes, null));
        }
    }

    private void failBoth(ModelRequest request, CompletionStatus status) {
        fail(request, status);
        peer.flush();
    }

    private void fail(ModelRequest request, CompletionStatus status) {
        sendCompletions.add(Expected.ended(request.id(), status));
        flush();
    }

    /** Comes into error; its receives are flushed, unless others need them. */
    private void flush() {
        error = true;
        if (!shares) {
            receives.forEach(each -> receiveCompletions.add(Expected.ended(each.id(), WORK_REQUEST_FLUSHED)));
            receives.clear();
        }
    }
}
