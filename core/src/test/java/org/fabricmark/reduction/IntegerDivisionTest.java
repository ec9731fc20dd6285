package org.fabricmark.reduction;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class IntegerDivisionTest {
    private static final long SEED = Long.getLong("fabricmark.seed", 20_253);

    @Test
    void shouldTruncateLikeTheOperatorForSmallAndLargeDivisors() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int divisor = 3; divisor < 5000; divisor++) {
            checkAroundMultiples(divisor, random);
        }
        for (int i = 0; i < 5000; i++) {
            checkAroundMultiples(random.nextInt(3, Integer.MAX_VALUE), random);
        }
        checkAroundMultiples(Integer.MAX_VALUE, random);
    }

    /** The quotient changes at multiples: there an approximation is wrong first, most of all at the ends of the range. */
    private static void checkAroundMultiples(int divisor, SplittableRandom random) {
        if (Integer.bitCount(divisor) == 1) {
            return;
        }
        int shift = IntegerDivision.shift(divisor);
        long multiplier = IntegerDivision.multiplier(divisor, shift);
        long[] quotients = {0, 1, Long.MAX_VALUE / divisor, Long.MIN_VALUE / divisor, random.nextLong() / divisor};
        for (long quotient : quotients) {
            for (long near = -2; near <= 2; near++) {
                long x = quotient * divisor + near;
                assertEquals(x / divisor, IntegerDivision.quotient(x, multiplier, shift), () -> x + " / " + divisor);
            }
        }
        checkUnsignedAroundMultiples(divisor, shift, random);
    }

    private static void checkUnsignedAroundMultiples(int divisor, int shift, SplittableRandom random) {
        long multiplier = IntegerDivision.unsignedMultiplier(divisor, shift);
        long any = random.nextLong();
        long[] quotients = {
            0, 1, Long.MAX_VALUE / divisor, Long.divideUnsigned(-1, divisor), Long.divideUnsigned(any, divisor)
        };
        for (long quotient : quotients) {
            for (long near = -2; near <= 2; near++) {
                long x = quotient * divisor + near;
                assertEquals(
                        Long.divideUnsigned(x, divisor),
                        IntegerDivision.unsignedQuotient(x, multiplier, shift),
                        () -> Long.toUnsignedString(x) + " / " + divisor);
            }
        }
    }
}
