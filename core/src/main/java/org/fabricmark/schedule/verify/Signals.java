package org.fabricmark.schedule.verify;

import java.util.Iterator;
import org.agrona.collections.Long2ObjectHashMap;
import org.fabricmark.schedule.Slice;

/** Bumps on their way: a queue for each (bank, source, destination, index), small because there can be millions. */
final class Signals {
    /**
     * A bump and what it carries: the knowledge of its sender, its place on the wire, its depth in the chain of messages, and
     * the data of a put that travels {@linkplain Delivery#IN_SIGNAL in the signal}.
     */
    static final class Bump {
        final int call;
        final int sender;
        final int time;
        final int[] known;
        final Accesses.Wire wire;
        final long place;
        final int depth;
        final Slice target;
        final Strip data;

        /** The bump behind this one in its queue. */
        private Bump next;

        Bump(Channel channel, int time, int[] known, Accesses.Wire wire, int depth, Slice target, Strip data) {
            this.call = channel.call.number();
            this.sender = channel.actor;
            this.time = time;
            this.known = known;
            this.wire = wire;
            this.place = wire.puts();
            this.depth = depth;
            this.target = target;
            this.data = data;
        }
    }

    /** The queue of one signal. */
    static final class Queue {
        private Bump first;
        private Bump last;
        private int size;
        private final int source;
        private final int destination;
        private final int index;
        private int writer = -1;
        private int writerCall = -1;
        private int reader = -1;
        private int readerCall = -1;
        private Channel waiting;

        Queue(int source, int destination, int index) {
            this.source = source;
            this.destination = destination;
            this.index = index;
        }

        /** Whether {@code channel} is the only one that bumps it in {@code call}. */
        boolean soleWriter(int call, int channel) {
            boolean sole = writerCall != call || writer == channel;
            writerCall = call;
            writer = channel;
            return sole;
        }

        /** Whether {@code channel} is the only one that awaits it in {@code call}. */
        boolean soleReader(int call, int channel) {
            boolean sole = readerCall != call || reader == channel;
            readerCall = call;
            reader = channel;
            return sole;
        }

        void add(Bump bump) {
            if (size++ == 0) {
                first = bump;
            } else {
                last.next = bump;
            }
            last = bump;
        }

        int size() {
            return size;
        }

        Bump take() {
            Bump bump = first;
            first = bump.next;
            size--;
            return bump;
        }

        void wait(Channel channel) {
            waiting = channel;
        }

        /** The channel that waits here, which now waits no longer; or null. */
        Channel wake() {
            Channel woken = waiting;
            waiting = null;
            return woken;
        }

        String describe() {
            return "signal " + index + " from rank " + source + " to rank " + destination;
        }
    }

    private final Long2ObjectHashMap<Queue> queues = new Long2ObjectHashMap<>();
    private final int ranks;
    private final int indices;

    Signals(int ranks, int indices) {
        this.ranks = ranks;
        this.indices = indices;
    }

    Queue queue(int bank, int source, int destination, int index) {
        long key = (((long) bank * ranks + source) * ranks + destination) * indices + index;
        Queue queue = queues.get(key);
        if (queue == null) {
            queue = new Queue(source, destination, index);
            queues.put(key, queue);
        }
        return queue;
    }

    /** A queue in which a bump was left, or null. */
    Queue leftOver() {
        Iterator<Queue> all = queues.values().iterator();
        while (all.hasNext()) {
            Queue queue = all.next();
            if (queue.size() > 0) {
                return queue;
            }
        }
        return null;
    }
}
