package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The channel holds what it is given until a test takes it, as a system whose buffers are full would. */
class OutboundTest {
    private static final int RING_BYTES = 64 * 1024;
    private static final int WINDOW_BYTES = 4 << 20;
    private static final int WIRE = 3;
    private static final int HALF_MIB = 512 * 1024;

    private final Arena arena = Arena.ofConfined();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Outbound.Sources sources = new Outbound.Sources();
    private final Outbound outbound = new Outbound(
            channel, sources, arena.allocate(RING_BYTES, Long.BYTES).address(), RING_BYTES);
    private final MemorySegment window = arena.allocate(WINDOW_BYTES, Long.BYTES);
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream expected = new ByteArrayOutputStream();

    OutboundTest() {
        byte[] data = new byte[WINDOW_BYTES];
        new Random(1).nextBytes(data);
        MemorySegment.copy(data, 0, window, ValueLayout.JAVA_BYTE, 0, data.length);
    }

    @AfterEach
    void close() {
        takeAll();
        channel.close();
        arena.close();
    }

    /** Adds a put of {@code bytes} bytes of the window, copied or gathered. */
    private void put(int bytes, boolean copied) {
        long from = window.address();
        while (!outbound.room(1, copied ? bytes : 0)) {
            assertTrue(take(), "no room, and nothing with the channel");
            outbound.flush();
        }
        if (copied) {
            outbound.addCopy(NettyLayout.PUT, WIRE, from, bytes, 0, NettyLayout.NO_SIGNAL, 0);
        } else {
            outbound.addView(NettyLayout.PUT, WIRE, from, bytes, 0, NettyLayout.NO_SIGNAL, 0);
        }
        MemorySegment header = arena.allocate(NettyLayout.HEADER_BYTES, Long.BYTES);
        NettyLayout.header(header.address(), NettyLayout.PUT, WIRE, bytes, 0, NettyLayout.NO_SIGNAL, 0);
        expected.writeBytes(header.toArray(ValueLayout.JAVA_BYTE));
        expected.writeBytes(window.asSlice(0, bytes).toArray(ValueLayout.JAVA_BYTE));
    }

    /** The system takes all that the channel has. */
    private void takeAll() {
        boolean more = true;
        while (more) {
            more = take();
        }
    }

    /** The system takes the oldest piece; false when there is none. */
    private boolean take() {
        ByteBuf piece = channel.readOutbound();
        if (piece == null) {
            return false;
        }
        byte[] bytes = new byte[piece.readableBytes()];
        piece.readBytes(bytes);
        sent.writeBytes(bytes);
        piece.release();
        return true;
    }

    private long withChannel() {
        return channel.outboundMessages().stream().mapToLong(piece -> ((ByteBuf) piece).readableBytes()).sum();
    }

    @Test
    void shouldGiveTheChannelABurstAndKeepWhatIsBehindIt() {
        put(WINDOW_BYTES, false);
        outbound.flush();
        assertEquals(Outbound.BURST, withChannel());
        assertFalse(outbound.waiting());
        outbound.flush();
        assertEquals(Outbound.BURST, withChannel());
        assertFalse(outbound.empty());
    }

    @Test
    void shouldLetTwoFramesOf512KibLeaveTogether() {
        put(HALF_MIB, false);
        put(HALF_MIB, false);
        outbound.flush();
        assertEquals(2 * (HALF_MIB + NettyLayout.HEADER_BYTES), withChannel());
    }

    @Test
    void shouldGiveTheChannelMoreWhenTheSystemHasHalfOfABurst() {
        int bytes = Outbound.BURST * 3 / 8;
        for (int i = 0; i < 3; i++) {
            put(bytes, false);
        }
        outbound.flush();
        assertEquals(2 * (bytes + NettyLayout.HEADER_BYTES), withChannel());
        take(); // a header
        assertFalse(outbound.waiting(), "three quarters of a burst are still there");
        take();
        assertTrue(outbound.waiting(), "three eighths are");
        outbound.flush();
        assertEquals(2 * (bytes + NettyLayout.HEADER_BYTES), withChannel());
    }

    @Test
    void shouldSendEachByteOnceAndInOrderHoweverTheSystemTakesThem() {
        Random random = new Random(2);
        for (int round = 0; round < 40; round++) {
            int length = 1 + random.nextInt(round % 4 == 0 ? WINDOW_BYTES : 1024);
            put(length, length <= 1024);
            outbound.flush();
            assertTrue(withChannel() <= Outbound.BURST);
            for (int taken = random.nextInt(4); taken > 0; taken--) {
                take();
            }
        }
        while (!outbound.empty()) {
            take();
            outbound.flush();
        }
        assertArrayEquals(expected.toByteArray(), sent.toByteArray());
    }

    @Test
    void shouldKeepTheSourceUntilTheSystemHasTheLastPiece() {
        put(2 * Outbound.BURST, false);
        do {
            assertFalse(sources.free(WIRE));
            outbound.flush();
            takeAll();
        } while (!outbound.empty());
        assertTrue(sources.free(WIRE));
        assertArrayEquals(expected.toByteArray(), sent.toByteArray());
    }
}
