package org.fabricmark.transport.rdma;

import org.fabricmark.transport.rdma.verbs.LocalKey;
import org.fabricmark.transport.rdma.verbs.PostStatus;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.ReceiveRequest;
import org.fabricmark.transport.rdma.verbs.RemoteKey;
import org.fabricmark.transport.rdma.verbs.SendFlag;
import org.fabricmark.transport.rdma.verbs.SendRequest;

/**
 * One queue pair to one peer, and the books that keep it from ever overflowing: places in its send queue, receives at the peer, and
 * what of both is to be given back.
 *
 * <p><b>Places.</b> A request gives its place back when it, or a later one, was signalled and that completion was polled. One in
 * {@code period} is signalled, and any that is posted while no signalled one is under way: whoever posts one request and waits gets its
 * completion without a second request.
 *
 * <p><b>Credits.</b> A write with immediate uses up a receive of the peer, so each signal costs a credit, of which there are
 * {@code depth}. The receiver posts receives anew, {@code batch} at a time, and only then gives their credits back: within the immediate
 * of any signal that goes the other way, or, once half of them have gathered, by a write of no bytes that carries nothing else.
 *
 * <p>Such a write uses up a receive itself and takes no credit, or two ranks that both have none left would wait for each other. It is
 * sent for {@code depth / 2} credits at least; the peer can have earned at most {@code depth} beyond those that it has been told of. So at
 * most two of them are under way, and at most {@code batch - 1} receives that they have used up are not posted again yet: with
 * {@code depth + batch + 1} receives none of them, and no signal, ever meets an empty queue.
 * <p>Thread rule: the rank's thread.
 */
final class RdmaPair {
    private static final RemoteKey NO_KEY = new RemoteKey(0);

    private final QueuePair queuePair;
    private final int number;
    private final int peer;
    private final int depth;
    private final long period;
    private final int batch;
    private final SendRequest request = new SendRequest();
    private final ReceiveRequest receives;

    /** Requests posted ever; how many of these are known to be over; up to which one the last signalled one reaches. */
    private long posted;

    private long over;
    private long signalled;
    private long lastRead;

    private int credits;
    private int used;
    private int earning;
    private int earned;

    RdmaPair(QueuePair queuePair, int number, int peer, int depth) {
        this.queuePair = queuePair;
        this.number = number;
        this.peer = peer;
        this.depth = depth;
        this.period = period(depth);
        this.batch = batch(depth);
        this.credits = depth;
        this.receives = new ReceiveRequest().begin(number);
        ReceiveRequest last = receives;
        for (int i = 1; i < batch; i++) {
            last = last.then(new ReceiveRequest().begin(number));
        }
    }

    /** Every so many requests one is signalled: a power of two, at most half of the queue. */
    private static long period(int depth) {
        return Integer.highestOneBit(Math.max(2, depth / 2)) / 2;
    }

    private static int batch(int depth) {
        return depth / 4;
    }

    /** How many receives must be posted. */
    static int receives(int depth) {
        return Math.ceilDiv(depth + batch(depth) + 1, batch(depth)) * batch(depth);
    }

    QueuePair queuePair() {
        return queuePair;
    }

    int peer() {
        return peer;
    }

    /** Posts all receives, before the first signal can come. */
    boolean prepare() {
        for (int done = 0; done < receives(depth); done += batch) {
            if (queuePair.postReceive(receives) != PostStatus.POSTED) {
                return false;
            }
        }
        return true;
    }

    /** Whether so many requests fit, and so many signals. */
    boolean room(int requests, int signals) {
        return posted + requests - over <= depth && signals <= credits;
    }

    /** How many requests are not known to be over. */
    long underWay() {
        return posted - over;
    }

    /** Number of the last request: it is over when {@link #isOver} says so. */
    long last() {
        return posted;
    }

    boolean isOver(long request) {
        return over >= request;
    }

    private SendRequest begin(RdmaOperation operation) {
        return request.begin(RdmaLayout.id(number, operation, posted));
    }

    /** Begins a write; its local memory and {@link #post} follow. */
    void write(long address, RemoteKey key) {
        begin(RdmaOperation.WRITE).write(address, key);
    }

    /** Begins a write with a signal, which takes a credit, and with it go those that were earned. */
    void writeAndNotify(long address, RemoteKey key, int signal) {
        begin(RdmaOperation.WRITE_AND_NOTIFY).writeWithImmediate(address, key, immediate(signal));
        credits--;
    }

    void segment(long address, int bytes, LocalKey key) {
        request.segment(address, bytes, key);
    }

    void inline() {
        request.flag(SendFlag.INLINE);
    }

    /** Posts a signal without data. */
    boolean notifyPeer(int signal) {
        begin(RdmaOperation.NOTIFY).writeWithImmediate(0, NO_KEY, immediate(signal));
        credits--;
        return post();
    }

    /** Posts what was begun, as a write; after a read that is not over only when it is. */
    boolean post() {
        if (lastRead > over) {
            request.flag(SendFlag.FENCE);
        }
        boolean noneUnderWay = signalled <= over;
        return post(noneUnderWay || posted + 1 - signalled >= period);
    }

    /** Posts a read. */
    boolean read(long address, RemoteKey key, long to, int bytes, LocalKey into) {
        begin(RdmaOperation.READ).read(address, key).segment(to, bytes, into);
        lastRead = posted + 1;
        return post(true);
    }

    private boolean post(boolean signal) {
        if (signal) {
            request.flag(SendFlag.SIGNALED);
            signalled = posted + 1;
        }
        posted++;
        return queuePair.postSend(request) == PostStatus.POSTED;
    }

    /** Whether no completion will tell that request {@code last} is over, unless one is asked for. */
    boolean lacksCompletion(long last) {
        return signalled < last;
    }

    /** A write of no bytes, for its completion, which says that all before it are over. */
    boolean mark() {
        begin(RdmaOperation.MARKER).write(0, NO_KEY);
        return post(true);
    }

    /** Its completion was polled: it and all before it are over. */
    int completed(long id) {
        int more = (int) RdmaLayout.ahead(id, over) + 1;
        over += more;
        return more;
    }

    /**
     * A receive was used up by {@code immediate}.
     *
     * @return false when new ones could not be posted
     */
    boolean received(int immediate) {
        credits += RdmaLayout.credits(immediate);
        if (RdmaLayout.signal(immediate) != RdmaLayout.NO_SIGNAL) {
            earning++;
        }
        if (++used < batch) {
            return true;
        }
        used = 0;
        earned += earning;
        earning = 0;
        return queuePair.postReceive(receives) == PostStatus.POSTED;
    }

    /** Whether the peer is to be told of credits although there is nothing else to tell it. */
    boolean owesCredits() {
        return earned >= depth / 2;
    }

    /** Tells the peer of its credits. */
    boolean giveCredits() {
        begin(RdmaOperation.CREDITS).writeWithImmediate(0, NO_KEY, immediate(RdmaLayout.NO_SIGNAL));
        return post();
    }

    private int immediate(int signal) {
        int given = Math.min(earned, RdmaLayout.MAX_CREDITS);
        earned -= given;
        return RdmaLayout.immediate(signal, given);
    }
}
