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
 * read the other's. Round trip: side 0 writes, side 1 answers. Stream: both sides write a message and read the other's, in turns of
 * {@value #BURST_BYTES} bytes at most, as far as the system takes and gives bytes; its time is that of the slower side. Side 0 decides when
 * to stop. The result is the lowest decile, of messages or of chunks, as for {@link ExchangeProbe}.
 *
 * <p>Thread rule: one thread for each object.
 */
public final class SocketProbe implements AutoCloseable {
    /** How long a probe runs beside a case. */
    public static final long NANOS = 20_000_000;

    /**
     * Of a message that is sent while another is received, so much is written before the next read: more only lies in the kernel's
     * buffers, and leaves the caches there. Messages of 64 MiB each way without pacing, plain C: 3.1 GB/s by 512 KiB, 2.1 by 1 MiB and
     * more, 2.3 by 64 KiB.
     */
    private static final int BURST_BYTES = 512 * 1024;

    private static final int CHUNK = 16;
    private static final int MOST_CHUNKS = 8192;
    private static final int WORD = Long.BYTES;
    private static final long STOP = 1;
    private static final int POLLS_PER_LOOK = 1 << 12;

    /** The other side has died when it does not answer for so long. */
    private static final long PATIENCE_NANOS = 30_000_000_000L;

    private final ByteChannel end;
    private final int side;
    private final Runnable check;
    private final ByteBuffer out = ByteBuffer.allocateDirect(WORD).order(ByteOrder.nativeOrder());
    private final ByteBuffer in = ByteBuffer.allocateDirect(WORD).order(ByteOrder.nativeOrder());
    private final double[] chunks = new double[MOST_CHUNKS];
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
        if (++idlePolls % POLLS_PER_LOOK == 0) {
            look();
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
        Thread.yield();
    }

    /**
     * Sends messages of {@code bytes} bytes and receives as many, {@code times} times; the other side must do the same now.
     *
     * @param bothWays whether side 1 sends too; if not, side 0 sends and hears when the last has come
     * @return the time of a message, in nanoseconds: of one each way, or of one and the word that it has come
     */
    public double stream(int bytes, int times, boolean bothWays) {
        ProbeSocket.block(end, false);
        boolean sends = bothWays || side == 0;
        boolean receives = bothWays || side == 1;
        ByteBuffer outgoing = ByteBuffer.allocateDirect(sends ? bytes : WORD);
        ByteBuffer incoming = ByteBuffer.allocateDirect(receives ? bytes : WORD);
        long[] nanos = new long[times];
        try {
            step(0, false); // both begin together
            for (int i = 0; i < times; i++) {
                long start = System.nanoTime();
                outgoing.clear();
                incoming.clear();
                if (!sends) {
                    read(incoming);
                    write(outgoing);
                } else if (!receives) {
                    write(outgoing);
                    read(incoming);
                } else {
                    both(outgoing, incoming);
                }
                long mine = System.nanoTime() - start;
                step(mine, false);
                nanos[i] = Math.max(mine, in.getLong(0));
            }
            Arrays.sort(nanos);
            return nanos[times / 10];
        } catch (IOException e) {
            throw new UncheckedIOException("the probe of a socket's stream has failed", e);
        }
    }

    private void both(ByteBuffer outgoing, ByteBuffer incoming) throws IOException {
        int bytes = outgoing.capacity();
        while (outgoing.position() < bytes || incoming.hasRemaining()) {
            outgoing.limit(Math.min(bytes, outgoing.position() + BURST_BYTES));
            int moved = outgoing.hasRemaining() ? end.write(outgoing) : 0;
            int came = incoming.hasRemaining() ? end.read(incoming) : 0;
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
