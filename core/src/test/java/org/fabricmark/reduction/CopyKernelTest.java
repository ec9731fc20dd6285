package org.fabricmark.reduction;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both copy kernels, at every size up to several blocks of vectors and around the thresholds. */
final class CopyKernelTest {
    private static final long SEED = Long.getLong("fabricmark.seed", 20_252);
    private static final int MAX_BYTES = (4 << 20) + 77;
    private static final int[] SIZES = IntStream.concat(
            IntStream.rangeClosed(0, 700), IntStream.of(4095, 4096, 8193, 20_000, (1 << 20) - 1, 1 << 20, MAX_BYTES))
            .toArray();

    static Stream<CopyKernel> kernels() {
        return Stream.of(new VectorCopy(), new ScalarCopy());
    }

    private static byte[] content() {
        byte[] content = new byte[MAX_BYTES];
        new SplittableRandom(SEED).nextBytes(content);
        return content;
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void shouldCopyEverySizeAndTouchNothingElse(CopyKernel kernel) {
        byte[] content = content();
        try (Arena arena = Arena.ofConfined()) {
            for (int misalignment : new int[] {0, 3}) {
                GuardedBuffer from = new GuardedBuffer(arena, MAX_BYTES, misalignment);
                GuardedBuffer to = new GuardedBuffer(arena, MAX_BYTES, 2 * misalignment + 1);
                from.write(content, MAX_BYTES);
                for (int bytes : SIZES) {
                    to.clear(bytes);
                    kernel.copy(from.address(), to.address(), bytes);
                    to.assertHolds(content, bytes, bytes + " bytes, seed " + SEED);
                }
                from.assertHolds(content, MAX_BYTES, "the source");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void shouldCopyOntoItself(CopyKernel kernel) {
        byte[] content = content();
        try (Arena arena = Arena.ofConfined()) {
            GuardedBuffer buffer = new GuardedBuffer(arena, MAX_BYTES, 5);
            for (int bytes : SIZES) {
                buffer.clear(bytes);
                buffer.write(content, bytes);
                kernel.copy(buffer.address(), buffer.address(), bytes);
                buffer.assertHolds(content, bytes, bytes + " bytes, seed " + SEED);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kernels")
    void shouldMulticastToSeveralDestinationsOfWhichOneIsTheSource(CopyKernel kernel) {
        byte[] content = content();
        long byteOffset = 4096;
        try (Arena arena = Arena.ofConfined()) {
            GuardedBuffer from = new GuardedBuffer(arena, MAX_BYTES, 1);
            List<GuardedBuffer> others = new ArrayList<>();
            long[] addresses = new long[8];
            addresses[1] = from.address() - byteOffset;
            addresses[2] = addresses[1];
            for (int d = 1; d < 5; d++) {
                others.add(new GuardedBuffer(arena, MAX_BYTES, 3 * d));
                addresses[2 + d] = others.getLast().address() - byteOffset;
            }
            for (int destinations = 1; destinations <= 5; destinations++) {
                for (int bytes : SIZES) {
                    from.clear(bytes);
                    from.write(content, bytes);
                    others.forEach(other -> other.clear(bytes));
                    kernel.multicast(addresses, 1, destinations, byteOffset, bytes);
                    String what = bytes + " bytes to " + destinations + ", seed " + SEED;
                    from.assertHolds(content, bytes, what);
                    for (int d = 0; d < 4; d++) {
                        others.get(d).assertHolds(content, d + 1 < destinations ? bytes : 0, what);
                    }
                }
            }
        }
    }
}
