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
import java.util.Optional;
import java.util.Random;
import org.fabricmark.memory.AddressSpace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The channel holds what it is given until a test takes it, as a system whose buffers are full would. */
class OutboundTest {
    private static final int RING_BYTES = 64 * 1024;
    private static final int WINDOW_BYTES = 4 << 20;
    private static final int WIRE = 3;
    private static final int HALF_MIB = 512 * 1024;

    private final Arena arena = Arena.ofConfined();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Outbound.Sources sources = new Outbound.Sources();
    private Outbound outbound = new Outbound(
            channel, Optional.empty(), sources, arena.allocate(RING_BYTES, Long.BYTES).address(), RING_BYTES);
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

    /** A system that takes what {@link #takes} says, and else refuses. */
    private final class Past implements SocketCalls {
        private final int takes;
        private int calls;

        Past(int takes) {
            this.takes = takes;
        }

        @Override
        public int send(long address, int bytes) {
            calls++;
            if (takes <= 0) {
                return takes;
            }
            int taken = Math.min(takes, bytes);
            sent.writeBytes(AddressSpace.segment(address, taken).toArray(ValueLayout.JAVA_BYTE));
            return taken;
        }

        @Override
        public int receive(long address, int room) {
            throw new AssertionError("nothing is read here");
        }
    }

    private void use(Past past) {
        outbound = new Outbound(
                channel, Optional.of(past), sources, arena.allocate(RING_BYTES, Long.BYTES).address(), RING_BYTES);
    }

    @Test
    void shouldSendShortFramesPastTheChannel() {
        Past past = new Past(Integer.MAX_VALUE);
        use(past);
        for (int i = 0; i < 100; i++) { // more than the ring holds
            put(1024, true);
            put(8, true);
            outbound.flush();
            assertTrue(outbound.empty());
        }
        assertEquals(0, withChannel());
        assertEquals(100, past.calls);
        assertArrayEquals(expected.toByteArray(), sent.toByteArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {SocketCalls.ASK_CHANNEL, 0, 1, NettyLayout.HEADER_BYTES + 7})
    void shouldLeaveToTheChannelWhatTheSystemDoesNotTake(int takes) {
        use(new Past(takes));
        put(512, true);
        outbound.flush();
        assertEquals(NettyLayout.HEADER_BYTES + 512 - Math.max(0, takes), withChannel());
        put(8, true);
        outbound.flush(); // behind the rest, so by the channel
        takeAll();
        assertTrue(outbound.empty());
        assertArrayEquals(expected.toByteArray(), sent.toByteArray());
    }

    @Test
    void shouldNotOvertakeLongDataThatTheChannelHas() {
        Past past = new Past(Integer.MAX_VALUE);
        use(past);
        put(HALF_MIB, false);
        outbound.flush();
        put(8, true);
        outbound.flush();
        assertEquals(0, past.calls);
        takeAll();
        assertArrayEquals(expected.toByteArray(), sent.toByteArray());
    }
}
