package org.fabricmark.bench.cli;

import java.util.List;
import org.fabricmark.bench.cli.argument.InPlace;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.OutputFormat;
import org.fabricmark.bench.cli.argument.Percentiles;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;

/** What a form of output cannot express, because another suite has defined it. Refused before anything is measured. */
final class FormatLimits {
    private final OutputFormat format;

    private FormatLimits(OutputFormat format) {
        this.format = format;
    }

    /**
     * Checks what is to be measured.
     *
     * @throws Misuse if {@code format} has no place for it
     */
    static void require(OutputFormat format, MatrixOptions matrix) {
        FormatLimits limits = new FormatLimits(format);
        switch (format) {
            case NCCL -> limits.requireNccl(matrix);
            case OSU -> limits.requireOsu(matrix);
            case TABLE, CSV, JSON, JMH -> {
                // have a place for everything
            }
        }
    }

    private void requireNccl(MatrixOptions matrix) {
        requireOneAlgorithm(matrix);
        require(matrix.inPlace == InPlace.BOTH,
                "shows out of place and in place side by side; leave --in-place at both");
        matrix.collectives.collectives().stream().filter(collective -> !collective.movesData()).findFirst()
                .ifPresent(collective -> require(false, "has no test for " + collective.label()));
    }

    private void requireOsu(MatrixOptions matrix) {
        requireOneAlgorithm(matrix);
        require(matrix.inPlace != InPlace.BOTH, "has no column for the place; choose --in-place no or yes");
        List<DataType> types = matrix.types.types();
        require(types.size() == 1, "has no column for the type; name one with --datatype");
        require(OsuPrinter.knowsType(types.getFirst().label()),
                "has no name for the type '" + types.getFirst().label() + "'");
        List<Collective> collectives = matrix.collectives.collectives();
        require(matrix.operations.operations().size() == 1 || collectives.stream().noneMatch(Collective::reduces),
                "has no column for the operation; name one with --op");
        require(matrix.roots.ranks().size() == 1 || collectives.stream().noneMatch(Collective::rooted),
                "has no column for the root; name one with --root");
        collectives.stream().filter(collective -> !OsuPrinter.knows(collective)).findFirst()
                .ifPresent(collective -> require(false, "has no test for " + collective.label()));
    }

    private void requireOneAlgorithm(MatrixOptions matrix) {
        require(!matrix.algorithms.all() && matrix.algorithms.names().size() == 1,
                "has no column for the algorithm; name one, or leave the choice to auto");
    }

    /**
     * Checks which columns are asked for; null or false stand for options that were not given.
     *
     * @throws Misuse if {@code format} has not got them
     */
    static void requireColumns(OutputFormat format, boolean full, Percentiles percentiles, boolean timestamps) {
        FormatLimits limits = new FormatLimits(format);
        boolean extensible = format == OutputFormat.TABLE || format == OutputFormat.OSU;
        limits.require(extensible || !full, "always has the same columns; --full is for table and osu");
        limits.require(extensible || percentiles == null,
                "always has the same columns; --percentiles is for table and osu");
        limits.require(format != OutputFormat.OSU || percentiles == null || percentiles.whole(),
                "has whole percentiles only, as in --percentiles 50,90,99");
        limits.require(!timestamps || format == OutputFormat.TABLE || format == OutputFormat.NCCL,
                "has no column for the time of day; --timestamps is for table and nccl");
    }

    private void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new Misuse("--format " + format.label() + " " + otherwise);
        }
    }
}
