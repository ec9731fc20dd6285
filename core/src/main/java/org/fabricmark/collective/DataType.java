package org.fabricmark.collective;

import java.util.Optional;

/**
 * Element types, as nccl orders them. Elements lie in memory in the machine's byte order, naturally aligned unless a case says
 * otherwise.
 *
 * <p>Integers wrap; unsigned ones compare and divide unsigned. The floating-point types of 16 bits are storage: a reduction
 * step widens all its operands to binary32, which is exact, combines (and for an average divides) there from left to right,
 * and rounds the outcome once to nearest, ties to even. Too large a value becomes an infinity, too small a one subnormal or
 * a zero, and a NaN the type's one quiet NaN. So what a reduction of several steps gives depends on the algorithm, unless
 * every partial result is representable.
 */
public enum DataType {
    /** 8-bit two's complement. */
    INT8("int8", 1, Kind.SIGNED),
    /** 8 bits, unsigned. */
    UINT8("uint8", 1, Kind.UNSIGNED),
    /** 32-bit two's complement. */
    INT32("int32", 4, Kind.SIGNED),
    /** 32 bits, unsigned. */
    UINT32("uint32", 4, Kind.UNSIGNED),
    /** 64-bit two's complement. */
    INT64("int64", 8, Kind.SIGNED),
    /** 64 bits, unsigned. */
    UINT64("uint64", 8, Kind.UNSIGNED),
    /** IEEE 754 binary16: 11 bits of significand, at most 65504. */
    FLOAT16("float16", 2, Kind.FLOATING),
    /** The upper half of a binary32: 8 bits of significand, the same range. */
    BFLOAT16("bfloat16", 2, Kind.FLOATING),
    /** IEEE 754 binary32. */
    FLOAT("float", 4, Kind.FLOATING),
    /** IEEE 754 binary64. */
    DOUBLE("double", 8, Kind.FLOATING);

    private enum Kind {
        SIGNED,
        UNSIGNED,
        FLOATING
    }

    private final String label;
    private final int bytes;
    private final Kind kind;

    DataType(String label, int bytes, Kind kind) {
        this.label = label;
        this.bytes = bytes;
        this.kind = kind;
    }

    /** The canonical name, for example {@code float}. */
    public String label() {
        return label;
    }

    /** Width of one element in bytes. */
    public int bytes() {
        return bytes;
    }

    /** Whether values are floating point. */
    public boolean floating() {
        return kind == Kind.FLOATING;
    }

    /** Whether values are integers from 0 up. */
    public boolean unsigned() {
        return kind == Kind.UNSIGNED;
    }

    /** Whether values are floating point that is computed in binary32 and stored in 16 bits. */
    public boolean narrowFloating() {
        return floating() && bytes == Short.BYTES;
    }

    /** The type called {@code label}. */
    public static Optional<DataType> named(String label) {
        for (DataType type : values()) {
            if (type.label.equals(label)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
