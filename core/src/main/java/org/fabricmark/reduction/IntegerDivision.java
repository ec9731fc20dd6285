package org.fabricmark.reduction;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;
import static org.fabricmark.memory.AddressSpace.ALL;

/**
 * Division of many integers by one divisor without a divide instruction, truncating as {@code /} does.
 *
 * <p>Let d not be a power of two, 2<sup>s</sup> &lt; d &lt; 2<sup>s+1</sup>, and M = floor(2<sup>64+s</sup> / d) + 1, so that
 * 0 &lt; M·d − 2<sup>64+s</sup> ≤ d &lt; 2<sup>s+1</sup>. For |x| ≤ 2<sup>63</sup> the product |x|·M / 2<sup>64+s</sup> then lies above
 * |x| / d by less than 1 / d, which never reaches the next integer: its floor is the quotient for x ≥ 0, and for x &lt; 0
 * the floor of the negative product is one too low (Granlund and Montgomery, "Division by invariant integers using
 * multiplication", 1994). M has 64 bits; as a signed number it is M − 2<sup>64</sup>, so x is added to the high half.
 *
 * <p>Unsigned x reaches 2<sup>64</sup>. There the argument needs one bit more, 2<sup>65+s</sup> in place of 2<sup>64+s</sup>: M gets
 * 65 bits, of which the highest is left to the addition of x, made so that it does not overflow.
 */
final class IntegerDivision {
    private IntegerDivision() {}

    /** Divides {@code elements} values of int32 in place; {@code divisor} is positive and no power of two. */
    static void divideInts(long address, long elements, int divisor) {
        int shift = shift(divisor);
        long multiplier = multiplier(divisor, shift);
        long end = address + elements * Integer.BYTES;
        for (long i = address; i < end; i += Integer.BYTES) {
            ALL.set(JAVA_INT_UNALIGNED, i, (int) quotient(ALL.get(JAVA_INT_UNALIGNED, i), multiplier, shift));
        }
    }

    /** Divides {@code elements} values of uint32 in place; {@code divisor} is positive and no power of two. */
    static void divideUnsignedInts(long address, long elements, int divisor) {
        int shift = shift(divisor);
        long multiplier = multiplier(divisor, shift);
        long end = address + elements * Integer.BYTES;
        for (long i = address; i < end; i += Integer.BYTES) {
            long x = Integer.toUnsignedLong(ALL.get(JAVA_INT_UNALIGNED, i));
            ALL.set(JAVA_INT_UNALIGNED, i, (int) quotient(x, multiplier, shift));
        }
    }

    /** Divides {@code elements} values of int64 in place; {@code divisor} is positive and no power of two. */
    static void divideLongs(long address, long elements, int divisor) {
        int shift = shift(divisor);
        long multiplier = multiplier(divisor, shift);
        long end = address + elements * Long.BYTES;
        for (long i = address; i < end; i += Long.BYTES) {
            ALL.set(JAVA_LONG_UNALIGNED, i, quotient(ALL.get(JAVA_LONG_UNALIGNED, i), multiplier, shift));
        }
    }

    /** Divides {@code elements} values of uint64 in place; {@code divisor} is positive and no power of two. */
    static void divideUnsignedLongs(long address, long elements, int divisor) {
        int shift = shift(divisor);
        long multiplier = unsignedMultiplier(divisor, shift);
        long end = address + elements * Long.BYTES;
        for (long i = address; i < end; i += Long.BYTES) {
            ALL.set(JAVA_LONG_UNALIGNED, i, unsignedQuotient(ALL.get(JAVA_LONG_UNALIGNED, i), multiplier, shift));
        }
    }

    /** x / d, where {@code multiplier} and {@code shift} belong to d. */
    static long quotient(long x, long multiplier, int shift) {
        return (Math.multiplyHigh(x, multiplier) + x >> shift) - (x >> 63);
    }

    /** x / d for unsigned x, where {@code multiplier} without its highest bit and {@code shift} belong to d. */
    static long unsignedQuotient(long x, long multiplier, int shift) {
        long high = Math.unsignedMultiplyHigh(x, multiplier);
        return (x - high >>> 1) + high >>> shift;
    }

    /** floor(log2(divisor)). */
    static int shift(int divisor) {
        return 31 - Integer.numberOfLeadingZeros(divisor);
    }

    /** M. */
    static long multiplier(int divisor, int shift) {
        return multiplierOf(1L << shift, divisor);
    }

    /** M of 65 bits without the highest. */
    static long unsignedMultiplier(int divisor, int shift) {
        return multiplierOf((2L << shift) - divisor, divisor);
    }

    /**
     * floor(2^64 · numerator / divisor) + 1 by schoolbook division in two digits of 32 bits; every intermediate value is below
     * 2^63 because both numbers are below 2^31, and the outcome below 2^64 because the numerator is the smaller one.
     */
    private static long multiplierOf(long numerator, int divisor) {
        long dividend = numerator << 32;
        long high = dividend / divisor;
        long low = (dividend % divisor << 32) / divisor;
        return (high << 32 | low) + 1;
    }
}
