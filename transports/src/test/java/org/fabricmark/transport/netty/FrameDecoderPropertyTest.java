package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** What holds for every stream of bytes; a counterexample is shrunk to the shortest. */
class FrameDecoderPropertyTest {
    private static final int REGION_BYTES = 1024;
    private static final int STAGING_BYTES = 4096;
    private static final int PEER = 1;

    /** A put of {@code data} to {@code offset}, with a bump behind it or without. */
    record Put(int offset, byte[] data, boolean bumps) {
        byte[] bytes(long total) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(RoguePeer.frame(
                    NettyLayout.PUT,
                    data.length,
                    NettyLayout.reference(0, offset),
                    bumps ? NettyLayout.signalName(0, PEER) : NettyLayout.NO_SIGNAL,
                    bumps ? total : 0));
            out.writeBytes(data);
            return out.toByteArray();
        }
    }

    @Provide
    Arbitrary<List<Put>> puts() {
        return Combinators.combine(
                Arbitraries.integers().between(0, REGION_BYTES - 64),
                Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(64),
                Arbitraries.of(true, false))
                .as(Put::new)
                .list()
                .ofMaxSize(12);
    }

    /** The receiving side of one connection. */
    private static final class Receiver implements AutoCloseable, FrameSink {
        private final Arena arena = Arena.ofConfined();
        private final MemorySegment staging = arena.allocate(STAGING_BYTES, Long.BYTES);
        private final NettyMemory memory = new NettyMemory(0, 2);
        private final NettyRegion region = memory.allocate(REGION_BYTES);
        private final NettySignalTable signals = memory.allocateSignals(1);
        private final FrameDecoder decoder = new FrameDecoder(this);
        private int kept;

        void take(byte[] bytes) throws WireException {
            MemorySegment.copy(bytes, 0, staging, ValueLayout.JAVA_BYTE, kept, bytes.length);
            long end = staging.address() + kept + bytes.length;
            long next = decoder.decode(staging.address(), end);
            assertTrue(next >= staging.address() && next <= end);
            kept = (int) (end - next);
            MemorySegment.copy(staging, next - staging.address(), staging, 0, kept);
        }

        byte[] window() {
            return region.segment().toArray(ValueLayout.JAVA_BYTE);
        }

        @Override
        public void wire(int channel) throws WireException {
            if (channel != 0) {
                throw new WireException("a frame of channel " + channel);
            }
        }

        @Override
        public long landing(long place, long bytes) throws WireException {
            return memory.check(place, bytes);
        }

        @Override
        public void check(long signal, long total) throws WireException {
            memory.checkSignal(PEER, signal, total);
        }

        @Override
        public void raise(long signal, long total) {
            memory.raise(signal, total);
        }

        @Override
        public void request(int channel, long from, long to, long bytes) throws WireException {
            memory.check(from, bytes);
        }

        @Override
        public long reply(int channel, long to, long bytes, long rest) throws WireException {
            throw new WireException("a reply that was not asked for");
        }

        @Override
        public void replied() {
            throw new AssertionError("nothing was asked for");
        }

        @Override
        public void stage(long number, boolean leaving) throws WireException {
            throw new WireException("stage " + number);
        }

        @Override
        public void sign(long question, boolean answer) throws WireException {
            throw new WireException("an answer to question " + question);
        }

        @Override
        public void abort(byte[] record, boolean decided) throws WireException {
            FailureRecord.decode(record, "netty");
        }

        @Override
        public void close() {
            memory.closeAll();
            arena.close();
        }
    }

    @Property(tries = 2000)
    void shouldUnderstandTheSameHoweverTheBytesComeInPieces(
            @ForAll("puts") List<Put> puts,
            @ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 200) Integer> cuts)
            throws WireException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        byte[] expected = new byte[REGION_BYTES];
        long bumps = 0;
        for (Put put : puts) {
            bumps += put.bumps() ? 1 : 0;
            stream.writeBytes(put.bytes(bumps));
            System.arraycopy(put.data(), 0, expected, put.offset(), put.data().length);
        }
        try (Receiver receiver = new Receiver()) {
            for (byte[] piece : cut(stream.toByteArray(), cuts)) {
                receiver.take(piece);
            }
            assertArrayEquals(expected, receiver.window());
            assertTrue(receiver.memory.reached(NettyLayout.signalName(0, PEER), bumps));
            assertEquals(0, receiver.kept);
        }
    }

    private static List<byte[]> cut(byte[] bytes, List<Integer> lengths) {
        List<byte[]> pieces = new ArrayList<>();
        int at = 0;
        for (int i = 0; at < bytes.length; i++) {
            int end = Math.min(bytes.length, at + lengths.get(i % lengths.size()));
            pieces.add(Arrays.copyOfRange(bytes, at, end));
            at = end;
        }
        return pieces;
    }

    @Property(tries = 2000)
    void shouldRefuseWhateverIsNoFrameAndTouchNothing(@ForAll @Size(max = 400) byte[] noise) {
        try (Receiver receiver = new Receiver()) {
            boolean refused = false;
            try {
                receiver.take(noise);
            } catch (WireException e) {
                refused = true;
            }
            boolean unknown = noise.length >= NettyLayout.HEADER_BYTES && (noise[0] < 1 || noise[0] > NettyLayout.SIGN);
            assertTrue(refused || !unknown, "a frame of unknown kind was taken");
            assertTrue(refused || noise.length < NettyLayout.HEADER_BYTES || receiver.kept < noise.length);
            if (refused && unknown) {
                assertArrayEquals(new byte[REGION_BYTES], receiver.window());
            }
        }
    }
}
