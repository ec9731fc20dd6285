package org.fabricmark.reduction;

/**
 * Single values of the floating-point types of 16 bits. Widening is exact. Narrowing rounds to nearest, ties to even, and makes
 * every NaN the one positive quiet NaN without payload: which NaN an addition gives, processors and compilers decide, and here
 * two ranks must not differ.
 */
final class NarrowFloats {
    /** The binary16 that every NaN becomes. */
    static final short FLOAT16_NAN = 0x7e00;

    /** The bfloat16 that every NaN becomes. */
    static final short BFLOAT16_NAN = 0x7fc0;

    private NarrowFloats() {}

    static float fromFloat16(short bits) {
        return Float.float16ToFloat(bits);
    }

    static short toFloat16(float value) {
        return Float.isNaN(value) ? FLOAT16_NAN : Float.floatToFloat16(value);
    }

    static float fromBfloat16(short bits) {
        return Float.intBitsToFloat(bits << 16);
    }

    /**
     * Keeps the upper half of the bits. What is added carries into it when the lower half is above one half of the last place
     * that stays, or just one half and that place is odd; a carry out of the significand gives the next exponent, or infinity.
     */
    static short toBfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value) ? BFLOAT16_NAN : (short) (bits + 0x7fff + (bits >>> 16 & 1) >>> 16);
    }
}
