package org.fabricmark.transport.rdma;

import java.lang.foreign.MemorySegment;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.transport.RegistrationCounters;
import org.fabricmark.transport.rdma.verbs.AccessFlag;
import org.fabricmark.transport.rdma.verbs.MemoryRegion;
import org.fabricmark.transport.rdma.verbs.ProtectionDomain;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.VerbsException.Reason;

/**
 * Keeps private memory registered after it was used, because registering is what costs: on a network card pinning, and filling its
 * translation table. The least recently used ranges go when there are too many of them or too many bytes; those in use never go.
 *
 * <p><b>What is taken.</b> Memory that nobody else can give back while it is used: of an arena confined to this thread. Then it cannot end
 * within a call, and its end is seen: a range belongs to its scope, and is looked up by scope and address. Memory that is mapped at the
 * same address later has another scope, so it does not find what is left of the former. Shared memory could be closed by another thread in the
 * middle of a transfer; automatic and global scopes look alike, and behind the latter may be memory of a C library that is freed without a word. All these are
 * refused, so that they are copied.
 *
 * <p><b>What goes.</b> A range whose scope has ended goes when one more range is to be registered, or when its turn comes: each lookup looks at one
 * other range too. A range that grows takes in those of the same scope that it overlaps.
 *
 * <p>Only the owner's requests use these registrations: peers are given no key. Exactly the bytes asked for are registered, not their pages:
 * what else is on a page belongs to somebody else, who may register or unmap it.
 *
 * <p>Thread rule: the rank's thread. A hit allocates nothing.
 */
final class RegistrationCache implements AutoCloseable {
    private static final Set<AccessFlag> LOCAL = EnumSet.of(AccessFlag.LOCAL_WRITE);

    private final Thread owner = Thread.currentThread();
    private final Thread stranger = Thread.ofPlatform().unstarted(() -> {});
    private final ProtectionDomain domain;
    private final int mostRanges;
    private final long mostBytes;
    private final RegistrationIndex index = new RegistrationIndex();
    private int retired;
    private int turn;
    private long time;
    private long bytes;
    private long lookups;
    private long hits;
    private long registrations;
    private long evictions;
    private long invalidations;
    private long refusals;

    /**
     * @param mostRanges how many are registered at most
     * @param mostBytes of all of them
     */
    RegistrationCache(ProtectionDomain domain, int mostRanges, long mostBytes) {
        this.domain = domain;
        this.mostRanges = mostRanges;
        this.mostBytes = mostBytes;
    }

    /**
     * Finds {@code length} bytes from the beginning of {@code memory} registered, or registers them, and keeps them so until
     * {@link #release}.
     *
     * @return null when they cannot be registered, or not beside what is in use
     */
    Registration acquire(MemorySegment memory, long length) {
        if (!registrable(memory) || length > mostBytes) {
            refusals++;
            return null;
        }
        lookups++;
        MemorySegment.Scope scope = memory.scope();
        long from = memory.address();
        Registration found = index.find(scope, from, from + length);
        if (found == null) {
            found = register(scope, from, from + length);
            if (found == null) {
                refusals++;
                return null;
            }
        } else {
            hits++;
        }
        found.use(++time);
        lookAtOneMore();
        return found;
    }

    private boolean registrable(MemorySegment memory) {
        return memory.isNative() && !memory.isReadOnly() && memory.isAccessibleBy(owner)
                && !memory.isAccessibleBy(stranger) && memory.scope().isAlive();
    }

    private Registration register(MemorySegment.Scope scope, long from, long to) {
        dropAll(each -> !each.alive());
        long first = from;
        long end = to;
        for (int i = 0; i < index.size(); i++) {
            Registration each = index.get(i);
            if (each.overlaps(scope, first, end)) {
                first = Math.min(first, each.address());
                end = Math.max(end, each.end());
            }
        }
        if (end - first > mostBytes) { // the two overlap then
            first = from;
            end = to;
        } else {
            retireWithin(scope, first, end);
        }
        if (!makeRoom(end - first)) {
            return null;
        }
        MemoryRegion region = register(AddressSpace.segment(first, end - first));
        if (region == null) {
            return null;
        }
        registrations++;
        bytes += end - first;
        Registration made = new Registration(scope, first, end, region);
        index.add(made);
        return made;
    }

    /** Registers; gives up idle ranges while the device has no more keys. */
    private MemoryRegion register(MemorySegment memory) {
        while (true) {
            try {
                return domain.register(memory, memory.address(), LOCAL);
            } catch (VerbsException e) {
                if (e.reason() != Reason.ENOMEM) {
                    throw e;
                }
                if (!evict()) {
                    return null;
                }
            }
        }
    }

    private boolean makeRoom(long more) {
        while (index.size() + retired >= mostRanges || bytes + more > mostBytes) {
            if (!evict()) {
                return false;
            }
        }
        return true;
    }

    /** Gives up what has not been used for longest. */
    boolean evict() {
        Registration least = index.leastRecentlyUsed();
        if (least == null) {
            return false;
        }
        index.remove(least);
        drop(least);
        evictions++;
        return true;
    }

    /** What a longer range takes in. */
    private void retireWithin(MemorySegment.Scope scope, long from, long to) {
        for (int i = index.size() - 1; i >= 0; i--) {
            Registration each = index.get(i);
            if (each.overlaps(scope, from, to)) {
                index.remove(i);
                drop(each);
            }
        }
    }

    private void lookAtOneMore() {
        turn = turn + 1 < index.size() ? turn + 1 : 0;
        Registration each = index.get(turn);
        if (!each.alive()) {
            index.remove(turn);
            drop(each);
            invalidations++;
        }
    }

    private void dropAll(Predicate<Registration> those) {
        for (int i = index.size() - 1; i >= 0; i--) {
            Registration each = index.get(i);
            if (those.test(each)) {
                index.remove(i);
                drop(each);
                invalidations++;
            }
        }
    }

    private void drop(Registration each) {
        if (each.inUse()) {
            each.retire();
            retired++;
        } else {
            deregister(each);
        }
    }

    private void deregister(Registration each) {
        each.deregister();
        bytes -= each.bytes();
    }

    /** Its user needs it no more. */
    void release(Registration each) {
        each.release();
        if (each.retired() && !each.inUse()) {
            retired--;
            deregister(each);
        }
    }

    /** Deregisters {@code each} although it is used: transfers may not be over, and its memory may go. */
    void revoke(Registration each) {
        if (!each.retired()) {
            index.remove(each);
            each.retire();
            retired++;
            invalidations++;
        }
        each.deregister(); // closing twice does nothing
        release(each);
    }

    /** Memory from {@code from} to {@code to} is about to be given back. */
    void forget(long from, long to) {
        dropAll(each -> each.touches(from, to));
    }

    RegistrationCounters counters() {
        return new RegistrationCounters(lookups, hits, registrations, evictions, invalidations, refusals, bytes);
    }

    /** Deregisters everything, used or not. */
    @Override
    public void close() {
        for (int i = index.size() - 1; i >= 0; i--) {
            Registration each = index.get(i);
            index.remove(i);
            deregister(each);
        }
    }
}
