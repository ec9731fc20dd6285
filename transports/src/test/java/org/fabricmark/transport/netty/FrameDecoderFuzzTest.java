package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The decoder against bytes that nobody should send: whatever comes, it does what the frames say, or refuses them; it never
 * touches memory that peers may not touch.
 */
@Timeout(300)
class FrameDecoderFuzzTest {
    private static final long SEED = Long.getLong("fabricmark.seed", System.nanoTime());
    private static final int PEER = 1;
    private static final int SIZE = 3;
    private static final int SIGNALS = 4;
    private static final int REGION_BYTES = 4096;
    private static final int MOST_INPUT = 8192;
    private static final int MOST_WIRE = 255;
    private static final int FEW = 5_000;
    private static final int MANY = 1_000_000;

    private final Arena arena = Arena.ofConfined();
    private final MemorySegment staging = arena.allocate(MOST_INPUT, Long.BYTES);
    private final NettyMemory memory = new NettyMemory(0, SIZE);
    private final NettyRegion region = memory.allocate(REGION_BYTES);
    private final NettySignalTable signals = memory.allocateSignals(SIGNALS);
    private long refused;
    private long frames;

    @AfterEach
    void free() {
        memory.closeAll();
        arena.close();
        System.out.println("fabricmark.seed=" + SEED + " frames=" + frames + " refused=" + refused);
    }

    /** Counts what comes through, and checks again what it was given. */
    private final class Witness implements FrameSink {
        @Override
        public long landing(long place, long bytes) throws WireException {
            return within(memory.check(place, bytes), bytes);
        }

        private long within(long address, long bytes) {
            frames++;
            assertTrue(
                    bytes > 0
                            && address >= region.address()
                            && address + bytes <= region.address() + REGION_BYTES,
                    () -> "bytes outside the region, seed " + SEED);
            return address;
        }

        @Override
        public void check(long signal, long total) throws WireException {
            memory.checkSignal(PEER, signal, total);
        }

        @Override
        public void raise(long signal, long total) {
            frames++;
            memory.raise(signal, total);
        }

        @Override
        public void request(int channel, long from, long to, long bytes) throws WireException {
            within(memory.check(from, bytes), bytes);
        }

        @Override
        public long reply(int channel, long to, long bytes, long rest) throws WireException {
            return within(memory.check(to, bytes), bytes);
        }

        @Override
        public void replied() {
            frames++;
        }

        @Override
        public void stage(long number, boolean leaving) {
            frames++;
        }

        @Override
        public void wire(int channel) throws WireException {
            if (channel > MOST_WIRE) {
                throw new WireException("a frame of channel " + channel);
            }
        }

        @Override
        public void sign(long question, boolean answer) {
            frames++;
        }

        @Override
        public void abort(byte[] record, boolean decided) throws WireException {
            frames++;
            assertEquals("netty", FailureRecord.decode(record, "netty").transport());
        }
    }

    @Test
    void shouldSurviveWhateverComes() {
        fuzz(FEW, new Random(SEED));
    }

    @Test
    @Tag("stress")
    void shouldSurviveAMillionInputs() {
        fuzz(MANY, new Random(SEED));
        assertTrue(refused > MANY / 4, "most inputs are wrong somewhere: " + refused);
        assertTrue(frames > MANY, "and right before: " + frames);
    }

    private void fuzz(int inputs, Random random) {
        for (int i = 0; i < inputs; i++) {
            byte[] input = random.nextInt(8) == 0 ? noise(random) : mutated(valid(random), random);
            try {
                feed(input, random);
            } catch (WireException e) {
                refused++;
            }
        }
    }

    /** Gives {@code input} to a new decoder in pieces of any length, directly to their place where that is possible. */
    private void feed(byte[] input, Random random) throws WireException {
        FrameDecoder decoder = new FrameDecoder(new Witness());
        int kept = 0;
        for (int at = 0; at < input.length;) {
            int bytes = 1 + random.nextInt(Math.min(input.length - at, MOST_INPUT - kept));
            if (decoder.rest() > 0 && random.nextBoolean()) {
                int direct = (int) Math.min(bytes, decoder.rest());
                long offset = decoder.target() - region.address();
                MemorySegment.copy(input, at, region.segment(), ValueLayout.JAVA_BYTE, offset, direct);
                decoder.landed(direct);
                at += direct;
                continue;
            }
            MemorySegment.copy(input, at, staging, ValueLayout.JAVA_BYTE, kept, bytes);
            at += bytes;
            long end = staging.address() + kept + bytes;
            long next = decoder.decode(staging.address(), end);
            kept = (int) (end - next);
            MemorySegment.copy(staging, next - staging.address(), staging, 0, kept);
        }
    }

    private static byte[] noise(Random random) {
        byte[] input = new byte[1 + random.nextInt(200)];
        random.nextBytes(input);
        return input;
    }

    private static byte[] mutated(byte[] input, Random random) {
        for (int flips = random.nextInt(4); flips > 0; flips--) {
            input[random.nextInt(input.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return input;
    }

    /** Some frames as a true peer would send them now. */
    private byte[] valid(Random random) {
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        long[] next = signals.totals.clone();
        for (int count = 1 + random.nextInt(6); count > 0; count--) {
            input.writeBytes(frame(random, next));
        }
        return input.toByteArray();
    }

    private byte[] frame(Random random, long[] next) {
        int length = 1 + random.nextInt(600);
        long place = region.reference(random.nextInt(REGION_BYTES - length));
        int index = random.nextInt(SIGNALS) * SIZE + PEER;
        return switch (random.nextInt(6)) {
            case 0 -> frame(NettyLayout.BUMP, 0, 0, NettyLayout.signalName(0, index), ++next[index], random);
            case 1 -> frame(NettyLayout.PUT, length, place, NettyLayout.NO_SIGNAL, 0, random);
            case 2 -> frame(
                    NettyLayout.PUT, length, place, NettyLayout.signalName(0, index), ++next[index], random);
            case 3 -> frame(NettyLayout.REQUEST, 0, place, random.nextLong(), length, random);
            case 4 -> frame(NettyLayout.REPLY, length, place, NettyLayout.NO_SIGNAL, 0, random);
            default -> abort(random);
        };
    }

    private static byte[] frame(int kind, int length, long place, long signal, long total, Random random) {
        byte[] data = new byte[length];
        random.nextBytes(data);
        return join(RoguePeer.frame(kind, length, place, signal, total), data);
    }

    private static byte[] abort(Random random) {
        byte[] record = FailureRecord.encode(
                Failure.of(Category.RANK_FAILED, random.nextInt(), "netty", "because ".repeat(random.nextInt(100))));
        return join(RoguePeer.frame(NettyLayout.ABORT, record.length, 0, NettyLayout.NO_SIGNAL, 0), record);
    }

    private static byte[] join(byte[] header, byte[] data) {
        return ByteBuffer.allocate(header.length + data.length).put(header).put(data).array();
    }

    @Test
    void shouldPutTogetherFramesThatComeInPieces() throws WireException {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            List<byte[]> sent = new ArrayList<>();
            ByteArrayOutputStream input = new ByteArrayOutputStream();
            for (int i = 0; i < 4; i++) { // to four places that do not overlap
                byte[] data = new byte[1 + random.nextInt(1000)];
                random.nextBytes(data);
                sent.add(data);
                input.writeBytes(join(
                        RoguePeer.frame(
                                NettyLayout.PUT, data.length, region.reference(1024L * i),
                                NettyLayout.signalName(0, PEER), signals.totals[PEER] + i + 1),
                        data));
            }
            long before = signals.totals[PEER];
            feed(input.toByteArray(), random);
            assertEquals(before + 4, signals.totals[PEER], "seed " + SEED);
            for (int i = 0; i < 4; i++) {
                assertEquals(
                        -1,
                        region.segment().asSlice(1024L * i, sent.get(i).length)
                                .mismatch(MemorySegment.ofArray(sent.get(i))),
                        "seed " + SEED);
            }
        }
    }

    @Test
    void shouldWriteNumbersInTheOrderThatIsDocumented() {
        long at = staging.address();
        NettyLayout.header(at, NettyLayout.PUT, 0x0102, 0x03040506, 0x0708090a0b0c0d0eL, 1, 2);
        ByteBuffer bytes = staging.asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(NettyLayout.PUT, bytes.getShort(0));
        assertEquals(0x0102, bytes.getShort(2));
        assertEquals(0x03040506, bytes.getInt(4));
        assertEquals(0x0708090a0b0c0d0eL, bytes.getLong(8));
        assertEquals(1, bytes.getLong(16));
        assertEquals(2, bytes.getLong(24));
        assertEquals(List.of(1, 258, 0x03040506), List.of(
                NettyLayout.kind(at), NettyLayout.channel(at), NettyLayout.length(at)));
        assertEquals(0x0708090a0b0c0d0eL, NettyLayout.place(at));
    }
}
