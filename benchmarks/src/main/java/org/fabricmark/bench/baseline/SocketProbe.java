package org.fabricmark.bench.baseline;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ByteChannel;
import java.util.Arrays;

/**
 * How fast two sides exchange bytes over a socket: the limit of every call over one. Two threads, called sides 0 and 1, run the same
 * method at the same time, each on an object of its own over its end of a connection.
 *
 * <p>Busy, a side calls {@code read} until something is there; blocking, it sleeps in the call. Exchange: both sides write 8 bytes and
 * read the other's. Round trip: side 0 writes, side 1 answers. Stream: both sides write a message and read the other's, in bursts of
 * a length that suits it, as far as the system takes and gives bytes; its time is that of the slower side. Side 0 decides when
 * to stop. The result is the lowest decile, of messages or of chunks, as for {@link ExchangeProbe}.
 *
 * <p>Thread rule: one thread for each object.
 */
public final class SocketProbe implements AutoCloseable {
    /** How long a probe of the exchange runs beside a case. */
    public static final long NANOS = 20_000_000;

    /**
     * The optimising compiler takes a method on after some thousands of calls, and a message has one {@code write}. Until it has, the
     * sides meet in the kernel at other moments, and messages of 1 MiB each way took 430 us, afterwards 175; exchanges of 8 bytes 8.0 and 5.1.
     */
    private static final long WARMUP_NANOS = 150_000_000;

    /** Such a message often comes in several reads; code that has not seen that would be compiled without it, and again later. */
    private static final int WARMUP_MESSAGE = 256 * 1024;

    /** How long a probe of a stream does, if that is enough for {@link #LEAST_MESSAGES}. */
    public static final long STREAM_NANOS = 10_000_000;

    /** Fewer messages beside a case could all have met with something else. */
    public static final int LEAST_MESSAGES = 3;

    /**
     * Of a message that is sent while another is received, so much is written before the next read: more only lies in the kernel's
     * buffers, and leaves the caches there; less costs calls, and meets the other side's. Which is best depends on the message, so each has its
     * turn. Microseconds by 512 KiB, 1 MiB, 2 MiB: messages of 1 MiB 175, 118, 118; of 4 MiB 780, 690, 660; of 16 MiB 4,300, 4,040, 4,300.
     */
    private static final int[] BURSTS = {1024 * 1024, 512 * 1024, 2 * 1024 * 1024};

    private static final int CHUNK = 16;
    private static final int MOST_CHUNKS = 8192;
    private static final int WORD = Long.BYTES;
    private static final long STOP = 1;
    private static final int POLLS_PER_LOOK = 1 << 12;

    /**
     * As ranks do that poll sockets: on two cores of which something else has one, both sides share the other, and an exchange would take as
     * long as the system leaves it to the one that waits.
     */
    private static final int POLLS_PER_YIELD = 64;

    /** The other side has died when it does not answer for so long. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final ByteChannel end;
    private final int side;
    private final Runnable check;
    private final ByteBuffer out = ByteBuffer.allocateDirect(WORD).order(ByteOrder.nativeOrder());
    private final ByteBuffer in = ByteBuffer.allocateDirect(WORD).order(ByteOrder.nativeOrder());
    private final double[] chunks = new double[MOST_CHUNKS];
    private ByteBuffer outgoing = ByteBuffer.allocateDirect(WORD);
    private ByteBuffer incoming = ByteBuffer.allocateDirect(WORD);
    private int burst = BURSTS[0];
    private int idlePolls;
    private long idleSince;

    /**
     * @param end of the connection, closed with this object
     * @param side 0 or 1
     * @param check called now and then during long waits; ends them by an exception when the other side is known to have failed
     */
    public SocketProbe(ByteChannel end, int side, Runnable check) {
        this.end = end;
        this.side = side;
        this.check = check;
    }

    /** Lets the compiler do its work, or the first figures are the interpreter's; the other side must do the same now. */
    public void warmUp() {
        messages(WARMUP_MESSAGE, 1, WARMUP_NANOS / 3, true);
        messages(WORD, 1, WARMUP_NANOS, true);
    }

    /**
     * Exchanges 8 bytes for about {@code nanos}, polling; the other side must do the same now.
     *
     * @return on side 0 the time of an exchange in nanoseconds; on side 1 nothing of use
     */
    public double exchange(long nanos) {
        return words(nanos, false, false);
    }

    /** As {@link #exchange}, asleep while it waits. */
    double blockingExchange(long nanos) {
        return words(nanos, false, true);
    }

    /** As {@link #exchange}, for 8 bytes there and back. */
    double roundTrip(long nanos, boolean blocking) {
        return words(nanos, true, blocking);
    }

    private double words(long nanos, boolean answering, boolean blocking) {
        ProbeSocket.block(end, blocking);
        try {
            long start = System.nanoTime();
            long chunkStart = start;
            int count = 0;
            boolean stop = false;
            while (!stop) {
                for (int i = 0; i < CHUNK - 1; i++) {
                    step(0, answering);
                }
                boolean last = side == 0 && (count == MOST_CHUNKS - 1 || System.nanoTime() - start >= nanos);
                stop = step(last ? STOP : 0, answering) || last;
                long now = System.nanoTime();
                chunks[count++] = (double) (now - chunkStart) / CHUNK;
                chunkStart = now;
            }
            return lowestDecile(count);
        } catch (IOException e) {
            throw new UncheckedIOException("the probe of a socket has failed", e);
        }
    }

    private double lowestDecile(int count) {
        Arrays.sort(chunks, 0, count);
        return chunks[count / 10];
    }

    /** @return on side 1, whether side 0 stops after this one */
    private boolean step(long word, boolean answering) throws IOException {
        if (side == 0 || !answering) {
            write(out.clear().putLong(0, word));
        }
        read(in.clear());
        if (side == 1 && answering) {
            write(out.clear().putLong(0, 0));
        }
        return side == 1 && in.getLong(0) == STOP;
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            moved(end.write(bytes));
        }
    }

    private void read(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            moved(end.read(bytes));
        }
    }

    private void moved(int bytes) throws IOException {
        if (bytes < 0) {
            throw new IOException("the other side has ended");
        }
        if (bytes > 0) {
            idlePolls = 0;
            return;
        }
        if (++idlePolls % POLLS_PER_YIELD == 0) {
            Thread.yield();
            if (idlePolls % POLLS_PER_LOOK == 0) {
                look();
            }
        }
    }

    private void look() throws IOException {
        check.run();
        if (Thread.currentThread().isInterrupted()) {
            throw new IOException("interrupted");
        }
        long now = System.nanoTime();
        if (idlePolls == POLLS_PER_LOOK) {
            idleSince = now;
        } else if (now - idleSince > PATIENCE_NANOS) {
            throw new IOException("the other side does not answer");
        }
    }

    /**
     * Sends messages of {@code bytes} bytes and receives as many, {@code least} times and until {@code nanos} have passed; the other side
     * must do the same now. Messages that are longer than the shortest burst do so for each of the bursts. The messages' memory is kept for the
     * next call.
     *
     * @param bothWays whether side 1 sends too; if not, side 0 sends and hears when the last has come
     * @return the time of a message, in nanoseconds, the same on both sides: of one each way, or of one and the word that it has come
     */
    public double stream(int bytes, int least, long nanos, boolean bothWays) {
        int bursts = bothWays && bytes > BURSTS[1] ? BURSTS.length : 1;
        double shortest = Double.MAX_VALUE;
        for (int i = 0; i < bursts; i++) {
            burst = BURSTS[i];
            shortest = Math.min(shortest, messages(bytes, (least + bursts - 1) / bursts, nanos / bursts, bothWays));
        }
        return shortest;
    }

    private double messages(int bytes, int least, long nanos, boolean bothWays) {
        ProbeSocket.block(end, false);
        boolean sends = bothWays || side == 0;
        boolean receives = bothWays || side == 1;
        outgoing = room(outgoing, sends ? bytes : WORD);
        incoming = room(incoming, receives ? bytes : WORD);
        int count = 0;
        boolean stop = false;
        try {
            step(0, false); // both begin together
            for (long start = System.nanoTime(); !stop;) {
                long before = System.nanoTime();
                message(bytes, sends, receives);
                long mine = System.nanoTime() - before;
                boolean last = side == 0
                        && count + 1 >= least
                        && (before + mine - start >= nanos || count + 1 == MOST_CHUNKS);
                step(last ? ~mine : mine, false);
                long others = in.getLong(0);
                stop = last || others < 0;
                chunks[count++] = Math.max(mine, others < 0 ? ~others : others);
            }
            return lowestDecile(count);
        } catch (IOException e) {
            throw new UncheckedIOException("the probe of a socket's stream has failed", e);
        }
    }

    private void message(int bytes, boolean sends, boolean receives) throws IOException {
        if (!sends) {
            read(incoming.clear().limit(bytes));
            write(outgoing.clear().limit(WORD));
        } else if (!receives) {
            write(outgoing.clear().limit(bytes));
            read(incoming.clear().limit(WORD));
        } else {
            both(outgoing.clear().limit(bytes), incoming.clear().limit(bytes));
        }
    }

    private static ByteBuffer room(ByteBuffer memory, int bytes) {
        return memory.capacity() >= bytes ? memory : ByteBuffer.allocateDirect(bytes);
    }

    private void both(ByteBuffer from, ByteBuffer to) throws IOException {
        int bytes = from.limit();
        while (from.position() < bytes || to.hasRemaining()) {
            from.limit(Math.min(bytes, from.position() + burst));
            int moved = from.hasRemaining() ? end.write(from) : 0;
            int came = to.hasRemaining() ? end.read(to) : 0;
            moved(came < 0 ? came : moved + came);
        }
    }

    /** Runs {@code task} on side 0 only, whose figures count. */
    void leads(Runnable task) {
        if (side == 0) {
            task.run();
        }
    }

    @Override
    public void close() {
        try {
            end.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
