package org.fabricmark.schedule.verify;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Names accesses to memory, and knows when each is certain to be over.
 *
 * <p>An access is a {@code long}. One by a channel itself is over with its event: actor and time. One by a wire is over
 * later, at a time that others can only infer: the source of a put has been read when its channel has flushed, or when the
 * destination has consumed a bump behind it; its target is written when the destination has consumed such a bump; both sides
 * of a get are over when its channel has flushed.
 */
final class Accesses {
    private enum Kind {
        PUT_READ,
        PUT_WRITE,
        GET
    }

    /** A put or get under way. {@code wire} is null for a get; {@code flushed} is the issuer's time, or 0 when not yet. */
    static final class Transfer {
        private final int id;
        private final int issuer;
        private final Wire wire;
        private final long place;
        private int flushed;

        private Transfer(int id, int issuer, Wire wire, long place) {
            this.id = id;
            this.issuer = issuer;
            this.wire = wire;
            this.place = place;
        }

        void flushed(int time) {
            flushed = time;
        }

        boolean isGet() {
            return wire == null;
        }

        long read() {
            return name(isGet() ? Kind.GET : Kind.PUT_READ);
        }

        long write() {
            return name(isGet() ? Kind.GET : Kind.PUT_WRITE);
        }

        private long name(Kind kind) {
            return ~((long) id << 2 | kind.ordinal());
        }
    }

    /**
     * The ordered path (source, destination, channel). Places count its puts from 1. Calls under way at the same time share the
     * path, but in no order that could be relied on: each has its own here.
     */
    static final class Wire {
        private List<Consumer> consumers = List.of();
        private long puts;

        /** Place of the latest put. */
        long puts() {
            return puts;
        }

        /** The destination's {@code actor} has, at {@code time}, consumed a bump that follows the put at {@code place}. */
        void consumed(int actor, int time, long place) {
            if (place == 0) {
                return; // no put to be covered
            }
            for (Consumer consumer : consumers) {
                if (consumer.actor == actor) {
                    consumer.add(time, place);
                    return;
                }
            }
            Consumer consumer = new Consumer(actor);
            consumer.add(time, place);
            if (consumers.isEmpty()) {
                consumers = new ArrayList<>(1);
            }
            consumers.add(consumer);
        }

        /** Whether a bump behind the put at {@code place} has been consumed at all. */
        boolean covers(long place) {
            return consumers.stream().anyMatch(c -> c.first(place) >= 0);
        }
    }

    /** What one channel of the destination consumed from a wire; both arrays ascend. */
    private static final class Consumer {
        private final int actor;
        private int[] times = new int[1];
        private long[] places = new long[1];
        private int size;

        Consumer(int actor) {
            this.actor = actor;
        }

        void add(int time, long place) {
            if (size > 0 && places[size - 1] >= place) {
                return; // an earlier event already covers as much
            }
            if (size == times.length) {
                times = Arrays.copyOf(times, 2 * size);
                places = Arrays.copyOf(places, 2 * size);
            }
            times[size] = time;
            places[size++] = place;
        }

        /** Index of the first event that covers the put at {@code place}, or -1. */
        int first(long place) {
            int at = Arrays.binarySearch(places, 0, size, place);
            int index = at >= 0 ? at : ~at;
            return index < size ? index : -1;
        }
    }

    private static final Kind[] KINDS = Kind.values();

    private final Clocks clocks;
    private final List<Transfer> transfers = new ArrayList<>();

    Accesses(Clocks clocks) {
        this.clocks = clocks;
    }

    /** The access of {@code actor} in its present event. */
    long now(int actor) {
        return (long) actor << 32 | clocks.now(actor);
    }

    /** A put that {@code issuer} now hands to {@code wire}. */
    Transfer put(int issuer, Wire wire) {
        return add(issuer, wire, ++wire.puts);
    }

    /** A get that {@code issuer} now issues. */
    Transfer get(int issuer) {
        return add(issuer, null, 0);
    }

    private Transfer add(int issuer, Wire wire, long place) {
        Transfer transfer = new Transfer(transfers.size(), issuer, wire, place);
        transfers.add(transfer);
        return transfer;
    }

    /** Whether {@code access} is over before the present event of {@code actor}, in every interleaving. */
    boolean over(long access, int actor) {
        if (access >= 0) {
            return clocks.knows(actor, (int) (access >>> 32), (int) access);
        }
        Transfer transfer = transfers.get((int) (~access >>> 2));
        return switch (KINDS[(int) (~access & 3)]) {
            case PUT_WRITE -> delivered(transfer, actor);
            case PUT_READ -> flushKnown(transfer, actor) || delivered(transfer, actor);
            case GET -> flushKnown(transfer, actor);
        };
    }

    /** As {@link #over}, for the delivery of a put on {@code wire}, before which all earlier puts there are delivered. */
    boolean overOnWire(long access, int issuer, Wire wire) {
        if (access < 0) {
            Transfer transfer = transfers.get((int) (~access >>> 2));
            if (transfer.wire == wire) {
                return true;
            }
        }
        return over(access, issuer);
    }

    private boolean flushKnown(Transfer transfer, int actor) {
        return transfer.flushed > 0 && clocks.knows(actor, transfer.issuer, transfer.flushed);
    }

    private boolean delivered(Transfer transfer, int actor) {
        for (Consumer consumer : transfer.wire.consumers) {
            int index = consumer.first(transfer.place);
            if (index >= 0 && clocks.knows(actor, consumer.actor, consumer.times[index])) {
                return true;
            }
        }
        return false;
    }

    /** Whether two accesses are of one channel, so that the later one stands for both. */
    static boolean sameChannel(long first, long second) {
        return first >= 0 && second >= 0 && first >>> 32 == second >>> 32;
    }

    /** The access in words; {@code actors} gives those of an actor. */
    String describe(long access, IntFunction<String> actors) {
        if (access >= 0) {
            return actors.apply((int) (access >>> 32));
        }
        Transfer transfer = transfers.get((int) (~access >>> 2));
        return switch (KINDS[(int) (~access & 3)]) {
            case PUT_READ -> "the wire reading for a put of ";
            case PUT_WRITE -> "the wire writing for a put of ";
            case GET -> "a get of ";
        } + actors.apply(transfer.issuer);
    }
}
