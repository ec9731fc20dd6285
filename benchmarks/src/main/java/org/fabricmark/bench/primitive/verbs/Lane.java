package org.fabricmark.bench.primitive.verbs;

import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;

/**
 * One queue pair of a rank, with memory that it sends from and memory that it lands in, and its requests, made once for a stretch of
 * rounds and posted again and again.
 *
 * <p>Completions name the lane, and for requests that are made anew each time also how many had been posted:
 *
 * <pre>
 *   id   | requests posted, or 0: so many more as are signalled by one | lane |      negative: the fence of lane -1 - id
 *        63                                                            16     0
 * </pre>
 *
 * <p>Thread rule: the rank's thread.
 */
final class Lane {
    private static final int LANE_BITS = 16;
    private static final long LANE_MASK = (1L << LANE_BITS) - 1;

    /** What belongs to one queue pair, at both ranks. */
    record Place(long source, long landing, LocalKey key, long peerSource, long peerLanding, RemoteKey peerKey) {}

    private final int index;
    private final QueuePair pair;
    private final Place place;
    private final ReceiveRequest receive;
    private final SendRequest plain = new SendRequest();
    private final SendRequest signalled = new SendRequest();
    private final SendRequest fence = new SendRequest();
    private VerbsPrimitive primitive;
    private int bytes;
    private boolean inline;
    private int period;
    private long posted;
    private long completed;
    private long swapped;

    Lane(int index, QueuePair pair, Place place, int landingBytes) {
        this.index = index;
        this.pair = pair;
        this.place = place;
        this.receive = new ReceiveRequest().begin(index).segment(place.landing(), landingBytes, place.key());
    }

    static int lane(long id) {
        return (int) (id & LANE_MASK);
    }

    /** A stretch of rounds begins. */
    void prepare(VerbsPrimitive next, int size, Queues queues, int mostInline) {
        primitive = next;
        bytes = size;
        inline = next.gathers() && size <= Math.min(mostInline, queues.inline(next));
        period = queues.signalEvery(next, size);
        posted = 0;
        completed = 0;
        fill(plain.begin(index));
        fill(signalled.begin(index)).flag(SendFlag.SIGNALED);
        swapped = 0;
    }

    private SendRequest fill(SendRequest request) {
        switch (primitive.opcode()) {
            case SEND -> request.send();
            case RDMA_WRITE -> request.write(place.peerLanding, place.peerKey);
            case RDMA_WRITE_WITH_IMM -> request.writeWithImmediate(place.peerLanding, place.peerKey, index);
            case RDMA_READ -> request.read(place.peerSource, place.peerKey);
            case FETCH_AND_ADD -> request.fetchAndAdd(place.peerLanding, place.peerKey, 1);
            case COMPARE_AND_SWAP -> {
                request.compareAndSwap(place.peerLanding, place.peerKey, swapped, swapped + 1);
                swapped++;
            }
            default -> throw new IllegalStateException(primitive.opcode() + " is not measured");
        }
        request.segment(primitive.opcode().scatters() ? place.landing : place.source, bytes, place.key);
        return inline ? request.flag(SendFlag.INLINE) : request;
    }

    /** Whether the next request is to be signalled. */
    private boolean signalNext() {
        return (posted + 1) % period == 0;
    }

    /** Posts the next request. @return whether it is signalled */
    boolean post() {
        boolean signal = signalNext();
        if (primitive.opcode().atomic()) {
            post(make(plain, signal));
        } else {
            posted++;
            post(signal ? signalled : plain);
        }
        return signal;
    }

    /** Posts as many requests as the list has places, at once. */
    void post(SendRequest[] list, int depth) {
        for (int i = 0; i < list.length; i++) {
            // The last one also where otherwise nothing under way would be signalled when the queue is full.
            boolean last = i == list.length - 1 && posted + 1 - completed + list.length > depth;
            make(list[i], signalNext() || last);
            if (i > 0) {
                list[i - 1].then(list[i]);
            }
        }
        post(list[0]);
    }

    private SendRequest make(SendRequest request, boolean signal) {
        posted++;
        fill(request.begin(posted << LANE_BITS | index));
        return signal ? request.flag(SendFlag.SIGNALED) : request;
    }

    private void post(SendRequest first) {
        if (pair.postSend(first) != PostStatus.POSTED) {
            throw new IllegalStateException("queue pair " + pair.number() + " in " + pair.state() + " does not take "
                    + pair.badSend().opcode() + " with " + (posted - completed) + " requests under way");
        }
    }

    /** Posts what comes after everything of this stretch and is seen by the peer in the same order. */
    void fence() {
        post(fence.begin(-1 - index).writeWithImmediate(place.peerLanding, place.peerKey, index)
                .flag(SendFlag.SIGNALED));
    }

    /** Posts a place for a message. */
    void postReceive() {
        if (pair.postReceive(receive) != PostStatus.POSTED) {
            throw new IllegalStateException("queue pair " + pair.number() + " in " + pair.state()
                    + " does not take a receive");
        }
    }

    /** A request of the path has completed, and with it all before it. */
    void completed(long id) {
        long count = id >>> LANE_BITS;
        completed = count == 0 ? completed + period : count;
    }

    /** Requests that may still be under way. */
    long underWay() {
        return posted - completed;
    }

    long posted() {
        return posted;
    }

    Place place() {
        return place;
    }

    int index() {
        return index;
    }
}
