package org.fabricmark.transport.rdma.loopback;

import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.MemoryWindow;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.WindowBinding;

/** A memory window: a key of its own into a region. */
final class LoopbackMemoryWindow implements MemoryWindow {
    private static final int INDEX = ~0xff;

    private final LoopbackProtectionDomain domain;
    private final Type type;
    private int key;
    private LoopbackMemoryRegion region;
    private LoopbackQueuePair tiedTo;
    private boolean closed;

    LoopbackMemoryWindow(LoopbackProtectionDomain domain, Type type) {
        this.domain = domain;
        this.type = type;
        key = domain.context().keys().take();
    }

    @Override
    public Type type() {
        return type;
    }

    @Override
    public LoopbackProtectionDomain protectionDomain() {
        return domain;
    }

    @Override
    public RemoteKey remoteKey() {
        return new RemoteKey(key);
    }

    /** Whether it opens something of {@code wanted} now; a peer may have invalidated it. */
    boolean opens(LoopbackMemoryRegion wanted) {
        return region == wanted && domain.context().keys().isOpen(key);
    }

    /** Executes a bind that was posted to {@code pair}. */
    CompletionStatus bind(LoopbackQueuePair pair, WindowBinding binding) {
        boolean allowed = !closed && pair.protectionDomain() == domain
                && (type == Type.TYPE_1 ? unbinds(binding) || fits(binding) : mayBindOnce(binding) && fits(binding));
        if (!allowed) {
            return CompletionStatus.MEMORY_WINDOW_BIND_ERROR;
        }
        KeyTable keys = domain.context().keys();
        if (type == Type.TYPE_1) {
            shut();
            key = keys.another(key);
        } else {
            key = binding.key().value();
            tiedTo = pair;
        }
        if (!unbinds(binding)) {
            region = (LoopbackMemoryRegion) binding.region();
            int kind = KeyTable.WINDOW | (type == Type.TYPE_1 ? 0 : KeyTable.TIED);
            boolean zeroBased = binding.access().contains(AccessFlag.ZERO_BASED);
            keys.open(
                    key, AccessFlag.bits(binding.access()) | kind, zeroBased ? 0 : binding.address(), binding.length(),
                    region.place() + binding.address() - region.address(), domain.number(),
                    type == Type.TYPE_1 ? 0 : pair.number().value());
        }
        return CompletionStatus.SUCCESS;
    }

    private boolean unbinds(WindowBinding binding) {
        return type == Type.TYPE_1 && binding.length() == 0;
    }

    /** A window of type 2 must be free, and be given another variant of its own key. */
    private boolean mayBindOnce(WindowBinding binding) {
        return binding.key() != null && binding.length() > 0 && !domain.context().keys().isOpen(key)
                && (binding.key().value() & INDEX) == (key & INDEX) && binding.key().value() != key;
    }

    private boolean fits(WindowBinding binding) {
        if (!(binding.region() instanceof LoopbackMemoryRegion target) || target.closed()
                || target.protectionDomain() != domain
                || !target.access().contains(AccessFlag.MEMORY_WINDOW_BIND)
                || target.access().contains(AccessFlag.ZERO_BASED)) {
            return false;
        }
        boolean changes = binding.access().contains(AccessFlag.REMOTE_WRITE)
                || binding.access().contains(AccessFlag.REMOTE_ATOMIC);
        boolean zeroBasedOfType1 = type == Type.TYPE_1 && binding.access().contains(AccessFlag.ZERO_BASED);
        long offset = binding.address() - target.address();
        return (!changes || target.access().contains(AccessFlag.LOCAL_WRITE)) && !zeroBasedOfType1
                && binding.length() <= target.length()
                && Long.compareUnsigned(offset, target.length() - binding.length()) <= 0;
    }

    /** Executes a local invalidate that was posted to {@code pair}. */
    CompletionStatus invalidate(LoopbackQueuePair pair) {
        if (type != Type.TYPE_2B || tiedTo != pair || !domain.context().keys().isOpen(key)) {
            return CompletionStatus.LOCAL_QP_OPERATION_ERROR;
        }
        shut();
        return CompletionStatus.SUCCESS;
    }

    private void shut() {
        if (domain.context().keys().isOpen(key)) {
            domain.context().keys().shut(key);
            StoreLoadOrder.rarely();
            domain.context().awaitQuiet();
        }
        region = null;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            shut();
            domain.context().keys().giveBack(key);
            domain.context().windows().remove(this);
            domain.forget(this);
        }
    }
}
