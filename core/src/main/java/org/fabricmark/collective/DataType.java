package org.fabricmark.collective;

import java.util.Optional;

/** Element types. Elements lie in memory in the machine's byte order, naturally aligned unless a case says otherwise. */
public enum DataType {
    /** 32-bit two's complement; arithmetic wraps. */
    INT32("int32", 4, false),
    /** 64-bit two's complement; arithmetic wraps. */
    INT64("int64", 8, false),
    /** IEEE 754 binary32. */
    FLOAT("float", 4, true),
    /** IEEE 754 binary64. */
    DOUBLE("double", 8, true);

    private final String label;
    private final int bytes;
    private final boolean floating;

    DataType(String label, int bytes, boolean floating) {
        this.label = label;
        this.bytes = bytes;
        this.floating = floating;
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
        return floating;
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
