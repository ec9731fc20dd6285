package org.fabricmark.reduction;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.reduction.KernelTemplate.Specialisation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every kernel, scalar and vector of each width that this machine has, against {@link ReductionOracle}. All kernels equal to
 * one oracle are equal to each other. Repeat a run with {@code -Dfabricmark.seed=N}.
 */
final class ReduceKernelTest {
    private static final long SEED = Long.getLong("fabricmark.seed", 20_251);
    private static final int MAX_SOURCES = 9;
    private static final int MAX_DESTINATIONS = 5;
    private static final int MAX_ELEMENTS = 4097;
    private static final int[] COUNTS = IntStream.concat(
            IntStream.rangeClosed(0, 70), IntStream.of(127, 128, 1000, MAX_ELEMENTS))
            .toArray();

    static Stream<Arguments> kernels() {
        List<Arguments> all = new ArrayList<>();
        for (DataType type : DataType.values()) {
            for (ReduceOp op : ReduceOp.values()) {
                ReduceOp made = op == ReduceOp.AVG ? ReduceOp.SUM : op;
                for (int bits : widths()) {
                    all.add(Arguments.of(type, op, bits, KernelTemplate.define(new Specialisation(type, made, bits))));
                }
            }
        }
        return all.stream();
    }

    private static List<Integer> widths() {
        List<Integer> widths = new ArrayList<>(List.of(KernelTemplate.SCALAR));
        for (int bits = 128; bits <= VectorCopy.bits(); bits *= 2) {
            widths.add(bits);
        }
        return widths;
    }

    @ParameterizedTest(name = "{0} {1} {2} bit")
    @MethodSource("kernels")
    void shouldEqualTheOracleForAnyShapeAndCountAndTouchNothingElse(
            DataType type, ReduceOp op, int bits, ReduceKernel kernel) {
        for (int misalignment : new int[] {0, 1}) {
            try (Arena arena = Arena.ofConfined()) {
                Operands operands = new Operands(arena, type, misalignment);
                for (int sources = 1; sources <= MAX_SOURCES; sources++) {
                    byte[] expected = ReductionOracle.reduce(type, op, operands.contents(sources), sources);
                    for (int destinations = 1; destinations <= MAX_DESTINATIONS; destinations++) {
                        for (int count : COUNTS) {
                            operands.check(kernel, op, sources, destinations, count, expected);
                        }
                    }
                }
                operands.assertSourcesAreUntouched();
            }
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} bit")
    @MethodSource("kernels")
    void shouldReduceIntoItsOwnSources(DataType type, ReduceOp op, int bits, ReduceKernel kernel) {
        try (Arena arena = Arena.ofConfined()) {
            for (int sources = 1; sources <= 4; sources++) {
                byte[] expected = null;
                for (int target = 0; target < sources; target++) {
                    for (int destinations = 1; destinations <= sources; destinations++) {
                        for (int count : new int[] {1, 2, 3, 15, 16, 17, 63, 64, 65, 100, MAX_ELEMENTS}) {
                            Operands operands = new Operands(arena, type, 3, sources, count);
                            expected = ReductionOracle.reduce(type, op, operands.contents(sources), sources);
                            operands.checkInPlace(kernel, op, sources, target, destinations, count, expected);
                        }
                    }
                }
                assertTrue(expected.length > 0);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1} {2} bit")
    @MethodSource("kernels")
    void shouldDivideByAnyNumberOfRanks(DataType type, ReduceOp op, int bits, ReduceKernel kernel) {
        if (op != ReduceOp.AVG) {
            return;
        }
        try (Arena arena = Arena.ofConfined()) {
            Operands operands = new Operands(arena, type, 0);
            for (int divisor : new int[] {1, 2, 3, 5, 7, 8, 100, 127, 128, 255, 256, 257, 1 << 16, 1 << 17,
                (1 << 17) + 1, 1 << 30, Integer.MAX_VALUE}) {
                byte[] expected = ReductionOracle.reduce(type, op, operands.contents(2), divisor);
                for (int destinations = 1; destinations <= 2; destinations++) {
                    operands.check(kernel, divisor, 2, destinations, MAX_ELEMENTS, expected);
                }
            }
            operands.assertSourcesAreUntouched();
        }
    }

    /** Sources, destinations and the addresses of both. Operands start at index 2, and offsets are added to addresses. */
    private static final class Operands {
        private static final int AT = 2;
        private static final long BYTE_OFFSET = 4096;

        private final DataType type;
        private final List<byte[]> contents = new ArrayList<>();
        private final List<GuardedBuffer> sources = new ArrayList<>();
        private final List<GuardedBuffer> destinations = new ArrayList<>();
        private final long[] addresses = new long[AT + MAX_SOURCES + MAX_DESTINATIONS];

        Operands(Arena arena, DataType type, int misalignment) {
            this(arena, type, misalignment, MAX_SOURCES, MAX_ELEMENTS);
            for (int d = 0; d < MAX_DESTINATIONS; d++) {
                destinations
                        .add(new GuardedBuffer(arena, (long) MAX_ELEMENTS * type.bytes(), misalignment * (3 * d + 5)));
            }
        }

        Operands(Arena arena, DataType type, int misalignment, int sourceCount, int elements) {
            this.type = type;
            for (int s = 0; s < sourceCount; s++) {
                byte[] content = SpecialValues.of(type, elements, SEED + s);
                GuardedBuffer source = new GuardedBuffer(arena, content.length, misalignment * (2 * s + 1));
                source.write(content, content.length);
                contents.add(content);
                sources.add(source);
            }
        }

        List<byte[]> contents(int count) {
            return contents.subList(0, count);
        }

        void check(ReduceKernel kernel, ReduceOp op, int k, int m, int count, byte[] expected) {
            check(kernel, op == ReduceOp.AVG ? k : 0, k, m, count, expected);
        }

        void check(ReduceKernel kernel, int divisor, int k, int m, int count, byte[] expected) {
            int bytes = count * type.bytes();
            List<GuardedBuffer> targets = destinations.subList(0, m);
            targets.forEach(target -> target.clear(bytes));
            run(kernel, divisor, sources.subList(0, k), targets, count);
            for (GuardedBuffer target : targets) {
                target.assertHolds(type, expected, bytes, describe(k, m, count));
            }
        }

        void checkInPlace(ReduceKernel kernel, ReduceOp op, int k, int first, int m, int count, byte[] expected) {
            List<GuardedBuffer> targets = new ArrayList<>();
            for (int d = 0; d < m; d++) {
                targets.add(sources.get((first + d) % k));
            }
            run(kernel, op == ReduceOp.AVG ? k : 0, sources, targets, count);
            for (GuardedBuffer target : targets) {
                target.assertHolds(type, expected, expected.length, describe(k, m, count) + " into source " + first);
            }
        }

        void assertSourcesAreUntouched() {
            for (int s = 0; s < sources.size(); s++) {
                sources.get(s).assertHolds(contents.get(s), contents.get(s).length, "source " + s);
            }
        }

        private void run(
                ReduceKernel kernel, int divisor, List<GuardedBuffer> from, List<GuardedBuffer> to, int count) {
            int next = AT;
            for (GuardedBuffer buffer : from) {
                addresses[next++] = buffer.address() - BYTE_OFFSET;
            }
            for (GuardedBuffer buffer : to) {
                addresses[next++] = buffer.address() - BYTE_OFFSET;
            }
            if (divisor > 0) {
                kernel.reduceAndDivide(addresses, AT, from.size(), to.size(), BYTE_OFFSET, count, divisor);
            } else {
                kernel.reduce(addresses, AT, from.size(), to.size(), BYTE_OFFSET, count);
            }
        }

        private String describe(int k, int m, int count) {
            return type.label() + ", " + k + " sources, " + m + " destinations, " + count + " elements, seed " + SEED;
        }
    }
}
