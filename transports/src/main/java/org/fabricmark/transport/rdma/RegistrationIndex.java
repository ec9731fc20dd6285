package org.fabricmark.transport.rdma;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Registrations by address, which may overlap: memory can have a second scope. They lie in the order of their first bytes; beside each
 * is how far those up to it reach, so that a search knows when to stop.
 *
 * <pre>
 *   entries    [10,20)   [15,40)   [18,25)   [50,60)
 *   reach         20        40        40        60
 *
 *   who holds [30,35)? the last that begins at 30 or before is [18,25): 40 is beyond 35, so go on; [15,40) does. [42,45)? 40 is not beyond 45: none.
 * </pre>
 *
 * <p>Looking up allocates nothing. Thread rule: the rank's thread.
 */
final class RegistrationIndex {
    private Registration[] entries = new Registration[16];
    private long[] reach = new long[16];
    private int size;

    int size() {
        return size;
    }

    Registration get(int place) {
        return entries[place];
    }

    /** One that holds these bytes of {@code scope}, or null. */
    Registration find(MemorySegment.Scope scope, long from, long to) {
        for (int i = upTo(from) - 1; i >= 0 && reach[i] >= to; i--) {
            if (entries[i].holds(scope, from, to)) {
                return entries[i];
            }
        }
        return null;
    }

    /** How many begin at {@code address} or before. */
    private int upTo(long address) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (entries[middle].address() <= address) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    void add(Registration entry) {
        if (size == entries.length) {
            entries = Arrays.copyOf(entries, 2 * size);
            reach = Arrays.copyOf(reach, 2 * size);
        }
        int place = upTo(entry.address());
        System.arraycopy(entries, place, entries, place + 1, size - place);
        entries[place] = entry;
        size++;
        sumUp(place);
    }

    void remove(int place) {
        size--;
        System.arraycopy(entries, place + 1, entries, place, size - place);
        entries[size] = null;
        sumUp(place);
    }

    void remove(Registration entry) {
        for (int place = upTo(entry.address()) - 1; place >= 0; place--) {
            if (entries[place] == entry) {
                remove(place);
                return;
            }
        }
    }

    private void sumUp(int from) {
        for (int i = from; i < size; i++) {
            reach[i] = i == 0 ? entries[i].end() : Math.max(reach[i - 1], entries[i].end());
        }
    }

    /** The one that nobody has used for the longest time, of those that nobody uses now; null when there is none. */
    Registration leastRecentlyUsed() {
        Registration least = null;
        for (int i = 0; i < size; i++) {
            Registration each = entries[i];
            if (!each.inUse() && (least == null || each.lastUse() < least.lastUse())) {
                least = each;
            }
        }
        return least;
    }
}
