package org.fabricmark.bench.harness;

import static org.fabricmark.bench.harness.DataPattern.PERIOD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.junit.jupiter.api.Test;

class DataPatternTest {
    private static final int[] RANKS = {1, 2, 3, 7, 64, 1024};
    private static final long SEED = Long.getLong("fabricmark.seed", 20261124);

    @Test
    void shouldGiveTheSameResultInEveryOrderOfCombination() {
        System.out.println("fabricmark.seed=" + SEED);
        Random random = new Random(SEED);
        for (DataType type : DataType.values()) {
            for (ReduceOp op : ReduceOp.values()) {
                for (int ranks : RANKS) {
                    DataPattern pattern = new DataPattern(Collective.ALL_REDUCE, type, op, ranks);
                    List<MemorySegment> inputs = inputs(pattern, ranks);
                    MemorySegment expected = pattern.resultTape(0);
                    for (int phase = 0; phase < PERIOD; phase += 10) {
                        long inTree = combineAsATree(type, op, inputs, phase, random);
                        assertEquals(get(expected, type, phase), inTree, type + " " + op + " " + ranks + " " + phase);
                    }
                }
            }
        }
    }

    /** Ranks in a shuffled order, neighbours combined again and again: an order that no algorithm of ours has. */
    private static long combineAsATree(
            DataType type, ReduceOp op, List<MemorySegment> inputs, int phase, Random random) {
        List<Long> values = new ArrayList<>();
        inputs.forEach(input -> values.add(get(input, type, phase)));
        Collections.shuffle(values, random);
        while (values.size() > 1) {
            List<Long> next = new ArrayList<>();
            for (int i = 0; i < values.size(); i += 2) {
                next.add(i + 1 < values.size()
                        ? Arithmetic.combine(type, op, values.get(i), values.get(i + 1))
                        : values.get(i));
            }
            values.clear();
            values.addAll(next);
        }
        return op == ReduceOp.AVG ? Arithmetic.divide(type, values.getFirst(), inputs.size()) : values.getFirst();
    }

    @Test
    void shouldNoticeEveryMissingAndEveryDoubledContributionOfASumOrProduct() {
        for (DataType type : DataType.values()) {
            for (ReduceOp op : List.of(ReduceOp.SUM, ReduceOp.PROD)) {
                DataPattern pattern = new DataPattern(Collective.ALL_REDUCE, type, op, 7);
                List<MemorySegment> inputs = inputs(pattern, 7);
                MemorySegment expected = pattern.resultTape(0);
                for (int phase = 0; phase < PERIOD; phase++) {
                    for (int rank = 0; rank < 7; rank++) {
                        assertNotEquals(get(expected, type, phase), sum(type, op, inputs, phase, rank, 0));
                        assertNotEquals(get(expected, type, phase), sum(type, op, inputs, phase, rank, 2));
                    }
                }
            }
        }
    }

    /** All contributions, but the one of {@code odd} so many times. */
    private static long sum(DataType type, ReduceOp op, List<MemorySegment> inputs, int phase, int odd, int times) {
        Long result = null;
        for (int rank = 0; rank < inputs.size(); rank++) {
            for (int i = 0; i < (rank == odd ? times : 1); i++) {
                long value = get(inputs.get(rank), type, phase);
                result = result == null ? value : Arithmetic.combine(type, op, result, value);
            }
        }
        return result;
    }

    @Test
    void shouldLetEveryRankHaveTheExtremeValueSomewhere() {
        for (ReduceOp op : List.of(ReduceOp.MIN, ReduceOp.MAX)) {
            DataPattern pattern = new DataPattern(Collective.ALL_REDUCE, DataType.FLOAT, op, 5);
            MemorySegment expected = pattern.resultTape(0);
            for (MemorySegment input : inputs(pattern, 5)) {
                assertTrue(MemorySegment.mismatch(expected, 0, 4, input, 0, 4) >= 0 || has(expected, input));
            }
        }
    }

    private static boolean has(MemorySegment expected, MemorySegment input) {
        for (int phase = 0; phase < PERIOD; phase++) {
            if (get(expected, DataType.FLOAT, phase) == get(input, DataType.FLOAT, phase)) {
                return true;
            }
        }
        return false;
    }

    @Test
    void shouldDifferFromCallToCallAtEveryElement() {
        for (long call = 0; call < 3 * PERIOD; call++) {
            for (long distance = 1; distance < 8; distance++) {
                assertNotEquals(DataPattern.phase(0, call), DataPattern.phase(0, call + distance));
            }
        }
        DataPattern pattern = new DataPattern(Collective.ALL_REDUCE, DataType.INT32, ReduceOp.SUM, 3);
        MemorySegment input = pattern.inputTape(1);
        for (int phase = 1; phase < PERIOD; phase++) {
            assertNotEquals(get(input, DataType.INT32, 0), get(input, DataType.INT32, phase));
        }
    }

    @Test
    void shouldDifferFromElementsAtADistanceOfAnyPowerOfTwo() {
        int count = 1 << 16;
        MemorySegment buffer = MemorySegment.ofArray(new float[count]);
        MemorySegment tape =
                new DataPattern(Collective.ALL_GATHER, DataType.FLOAT, null, 2).inputTape(0);
        ResultCheck.fill(buffer, tape, 4, 5);
        for (int distance = 1; distance < count; distance *= 2) {
            long equal = 0;
            for (int i = 0; i + distance < count; i++) {
                if (get(buffer, DataType.FLOAT, i) == get(buffer, DataType.FLOAT, i + distance)) {
                    equal++;
                }
            }
            // Only where a block boundary happens to make up for the distance.
            assertTrue(equal <= count / 10, "distance " + distance + ": " + equal + " equal");
        }
    }

    @Test
    void shouldGiveEveryRankOtherValues() {
        for (DataType type : DataType.values()) {
            DataPattern pattern = new DataPattern(Collective.ALL_GATHER, type, null, 1024);
            for (int phase = 0; phase < PERIOD; phase += 50) {
                assertNotEquals(get(pattern.inputTape(0), type, phase), get(pattern.inputTape(1), type, phase));
                assertNotEquals(get(pattern.inputTape(7), type, phase), get(pattern.inputTape(1023), type, phase));
            }
        }
    }

    /** What a call leaves if one of its successors did nothing. */
    @Test
    void shouldGiveOtherResultsInTheNextCallsAlmostEverywhere() {
        for (DataType type : DataType.values()) {
            for (ReduceOp op : ReduceOp.values()) {
                for (int ranks : new int[] {1, 2, 3, 4, 7, 8, 16, 64}) {
                    if (type.bytes() > 1 || op != ReduceOp.AVG) {
                        shouldGiveOtherResultsInTheNextCallsAlmostEverywhere(type, op, ranks);
                    }
                }
            }
        }
    }

    private static void shouldGiveOtherResultsInTheNextCallsAlmostEverywhere(DataType type, ReduceOp op, int ranks) {
        MemorySegment results = new DataPattern(Collective.ALL_REDUCE, type, op, ranks).resultTape(0);
        int allowed =
                type.bytes() > 2 ? PERIOD / 20 : op == ReduceOp.SUM || op == ReduceOp.AVG ? PERIOD / 10 : PERIOD / 4;
        for (int calls = 1; calls <= 3; calls++) {
            int equal = 0;
            for (int phase = 0; phase < PERIOD; phase++) {
                int later = (phase + DataPattern.phase(0, calls)) % PERIOD;
                equal += get(results, type, phase) == get(results, type, later) ? 1 : 0;
            }
            assertTrue(equal <= allowed, type + " " + op + " " + ranks + ": " + equal + " equal after " + calls);
        }
    }

    @Test
    void shouldHaveValuesWhoseOrderDependsOnTheSignEverywhere() {
        for (DataType type : DataType.values()) {
            DataPattern pattern = new DataPattern(Collective.ALL_REDUCE, type, ReduceOp.MIN, 2);
            long sign = 1L << type.bytes() * Byte.SIZE - 1;
            for (int phase = 0; phase < PERIOD; phase++) {
                long a = get(pattern.inputTape(0), type, phase);
                long b = get(pattern.inputTape(1), type, phase);
                assertTrue((a & sign) != (b & sign), type + " " + phase);
            }
        }
    }

    @Test
    void shouldNoticeEveryMissingExtreme() {
        for (DataType type : DataType.values()) {
            for (int ranks : new int[] {2, 3, 16, 64, 255}) {
                RankValues values = new RankValues(type, ReduceOp.MAX, ranks);
                for (int phase = 0; phase < PERIOD; phase++) {
                    List<Long> all = new ArrayList<>();
                    for (int rank = 0; rank < ranks; rank++) {
                        all.add(values.value(rank, phase));
                    }
                    assertEquals(ranks, all.stream().distinct().count(), type + " " + ranks + " " + phase);
                }
            }
        }
    }

    private static List<MemorySegment> inputs(DataPattern pattern, int ranks) {
        List<MemorySegment> inputs = new ArrayList<>();
        for (int rank = 0; rank < ranks; rank++) {
            inputs.add(pattern.inputTape(rank));
        }
        return inputs;
    }

    private static long get(MemorySegment segment, DataType type, int index) {
        return switch (type.bytes()) {
            case 1 -> segment.get(ValueLayout.JAVA_BYTE, index) & 0xffL;
            case 2 -> segment.getAtIndex(ValueLayout.JAVA_SHORT_UNALIGNED, index) & 0xffffL;
            case 4 -> segment.getAtIndex(ValueLayout.JAVA_INT_UNALIGNED, index) & 0xffff_ffffL;
            default -> segment.getAtIndex(ValueLayout.JAVA_LONG_UNALIGNED, index);
        };
    }
}
