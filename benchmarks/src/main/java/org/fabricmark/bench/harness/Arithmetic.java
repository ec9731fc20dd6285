package org.fabricmark.bench.harness;

import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;

/** Reductions of single values, for expected results: written out plainly, and sharing nothing with the kernels. */
final class Arithmetic {
    private Arithmetic() {}

    /** {@code a op b}; an average adds. */
    static Number combine(DataType type, ReduceOp op, Number a, Number b) {
        return switch (type) {
            case INT32 -> combine(op, a.intValue(), b.intValue());
            case INT64 -> combine(op, a.longValue(), b.longValue());
            case FLOAT -> combine(op, a.floatValue(), b.floatValue());
            case DOUBLE -> combine(op, a.doubleValue(), b.doubleValue());
        };
    }

    /** {@code a / divisor}, truncated for integers. */
    static Number divide(DataType type, Number a, int divisor) {
        return switch (type) {
            case INT32 -> a.intValue() / divisor;
            case INT64 -> a.longValue() / divisor;
            case FLOAT -> a.floatValue() / divisor;
            case DOUBLE -> a.doubleValue() / divisor;
        };
    }

    private static int combine(ReduceOp op, int a, int b) {
        return switch (op) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private static long combine(ReduceOp op, long a, long b) {
        return switch (op) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private static float combine(ReduceOp op, float a, float b) {
        return switch (op) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }

    private static double combine(ReduceOp op, double a, double b) {
        return switch (op) {
            case SUM, AVG -> a + b;
            case PROD -> a * b;
            case MIN -> Math.min(a, b);
            case MAX -> Math.max(a, b);
        };
    }
}
