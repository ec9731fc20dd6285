package org.fabricmark.bench.cli;

import org.fabricmark.bench.cases.SizeSweep;
import org.fabricmark.bench.cli.argument.ByteSize;
import org.fabricmark.bench.cli.argument.Factor;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.SizeList;
import picocli.CommandLine.Option;

/** Message sizes: a sweep, or a list. */
final class SizeOptions {
    private static final long MIN_BYTES = 8;
    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final double FACTOR = 2;

    @Option(names = {"-b", "--min-bytes"}, paramLabel = "SIZE", converter = ByteSize.Converter.class,
            description = "Smallest message; sizes take K, M, G (powers of 1024). Default: 8.")
    private ByteSize min;

    @Option(names = {"-e", "--max-bytes"}, paramLabel = "SIZE", converter = ByteSize.Converter.class,
            description = "Largest message. Default: 64M, or the smallest if that is larger.")
    private ByteSize max;

    @Option(names = {"-f", "--factor"}, paramLabel = "NUMBER", converter = Factor.class,
            description = "From one size to the next; may be 1.5. Default: 2.")
    private Double factor;

    @Option(names = {"-i", "--step-bytes"}, paramLabel = "SIZE", converter = ByteSize.Converter.class,
            description = "From one size to the next by adding, instead of a factor.")
    private ByteSize step;

    @Option(names = "--sizes", paramLabel = "LIST", converter = SizeList.Converter.class,
            description = "These sizes instead of a sweep: 8,1000,100K.")
    private SizeList list;

    /** Whether the user asked for any sizes. */
    boolean given() {
        return min != null || max != null || factor != null || step != null || list != null;
    }

    /** The sizes asked for. */
    SizeSweep sweep() {
        return sweep(MIN_BYTES, MAX_BYTES);
    }

    /** The sizes asked for, in a sweep from {@code least} to {@code most} where these were not said. */
    SizeSweep sweep(long least, long most) {
        if (list != null) {
            refuse(min, "--min-bytes", "--sizes");
            refuse(max, "--max-bytes", "--sizes");
            refuse(factor, "--factor", "--sizes");
            refuse(step, "--step-bytes", "--sizes");
            return new SizeSweep(list.sizes().stream().map(ByteSize::bytes).toList());
        }
        long from = min == null ? least : min.bytes();
        long to = max == null ? Math.max(most, from) : max.bytes();
        if (to < from) {
            throw new Misuse("--max-bytes '" + max + "': below --min-bytes, which is " + ByteSize.format(from));
        }
        try {
            if (step != null) {
                refuse(factor, "--factor", "--step-bytes");
                return SizeSweep.arithmetic(from, to, step.bytes());
            }
            return SizeSweep.geometric(from, to, factor == null ? FACTOR : factor);
        } catch (IllegalArgumentException tooMany) {
            throw new Misuse(
                    (step != null ? "--step-bytes '" + step : "--factor '" + factor) + "': " + tooMany.getMessage());
        }
    }

    /** The way from one size to the next, as nccl-tests has it: {@code 2(factor)}. */
    String step() {
        if (list != null) {
            return "0(list)";
        }
        if (step != null) {
            return step.bytes() + "(bytes)";
        }
        double by = factor == null ? FACTOR : factor;
        return (by == Math.rint(by) ? Long.toString((long) by) : Double.toString(by)) + "(factor)";
    }

    private static void refuse(Object value, String option, String other) {
        if (value != null) {
            throw new Misuse(option + " and " + other + " exclude each other");
        }
    }
}
