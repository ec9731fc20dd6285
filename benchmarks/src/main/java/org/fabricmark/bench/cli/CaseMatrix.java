package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.bench.cases.AlgorithmRequest;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Buffers;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cases.Memory;
import org.fabricmark.bench.cases.MessageSize;
import org.fabricmark.bench.cases.SizeSweep;
import org.fabricmark.bench.cli.argument.AlgorithmNames;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.transport.TransportSpec;

/**
 * Makes every combination of what was asked for into cases, in table order: by collective, transport, number of ranks and
 * conditions, of which how ranks are started comes first, and in a table by type, operation, root, size, place and algorithm. Sizes
 * that round to the same elements are one case.
 */
final class CaseMatrix {
    /** More lines than anybody reads; a range that was meant otherwise. */
    private static final int MOST = 20_000;

    private final MatrixOptions options;
    private final SizeSweep sizes;
    private final Map<String, BenchmarkCase> cases = new LinkedHashMap<>();
    private final Set<String> leftOut = new LinkedHashSet<>();

    private CaseMatrix(MatrixOptions options, SizeSweep sizes) {
        this.options = options;
        this.sizes = sizes;
    }

    /**
     * All combinations.
     *
     * @throws Misuse if something that was named cannot be combined, or nothing is left
     */
    static CaseMatrix of(MatrixOptions options, SizeSweep sizes) {
        CaseMatrix matrix = new CaseMatrix(options, sizes);
        List<Collective> collectives = options.collectives.collectives();
        options.algorithms.requireFor(collectives);
        if (options.tuning.given()) {
            requireTunable(options, collectives);
        }
        for (Collective collective : collectives) {
            for (TransportSpec transport : options.transports.specs()) {
                for (int ranks : options.ranks.counts()) {
                    for (Conditions conditions : options.conditions()) {
                        matrix.addTable(collective, transport, ranks, conditions);
                    }
                }
            }
        }
        if (matrix.cases.isEmpty()) {
            throw new Misuse("no case is left: " + String.join("; ", matrix.leftOut));
        }
        return matrix;
    }

    private static void requireTunable(MatrixOptions options, List<Collective> collectives) {
        if (options.algorithms.auto()) {
            throw new Misuse(options.tuning.names() + ": auto chooses that too; name an algorithm");
        }
        if (!options.algorithms.all()) {
            collectives.forEach(c -> options.algorithms.of(c).forEach(options.tuning::requireHeededBy));
        }
    }

    /** The cases, each once. */
    List<BenchmarkCase> cases() {
        return List.copyOf(cases.values());
    }

    /** One line for each algorithm that does not take a case. */
    Set<String> leftOut() {
        return leftOut;
    }

    private void addTable(Collective collective, TransportSpec transport, int ranks, Conditions given) {
        // A barrier has no buffers.
        Conditions conditions = collective.movesData() ? given
                : given.with(Memory.WINDOW).with(Buffers.SAME).withUnaligned(false);
        List<ReduceOp> operations = new ArrayList<>();
        if (collective.reduces()) {
            operations.addAll(options.operations.operations());
        } else {
            operations.add(null); // as a case has it
        }
        for (DataType type : collective.movesData() ? options.types.types()
                : List.of(options.types.types().getFirst())) {
            for (ReduceOp op : operations) {
                for (int root : collective.rooted() ? options.roots.of(ranks) : List.of(0)) {
                    for (long bytes : collective.movesData() ? sizes.bytes() : List.of(0L)) {
                        addRows(collective, transport, ranks, type, op, root, bytes, conditions);
                    }
                }
            }
        }
    }

    private void addRows(
            Collective collective, TransportSpec transport, int ranks, DataType type, ReduceOp op, int root,
            long bytes, Conditions conditions) {
        for (boolean inPlace : collective.movesData() ? options.inPlace.places() : List.of(false)) {
            Shape shape = shape(collective, ranks, type, op, Math.max(0, root), bytes, inPlace);
            for (String algorithm : algorithms(collective, shape)) {
                add(BenchmarkCase.of(collective, algorithm, transport, ranks, type, op, root, inPlace, bytes)
                        .under(conditions));
            }
        }
    }

    private Shape shape(
            Collective collective, int ranks, DataType type, ReduceOp op, int root, long bytes, boolean inPlace) {
        try {
            long count = MessageSize.of(collective, type, ranks, bytes).count();
            return new Shape(collective, ranks, count, type.bytes(), op != null && op.needsFinish(), root, inPlace,
                    options.tuning.of(AlgorithmNames.AUTO).tuning());
        } catch (IllegalArgumentException | ArithmeticException impossible) {
            throw new Misuse(impossible.getMessage());
        }
    }

    private List<String> algorithms(Collective collective, Shape shape) {
        List<String> names = new ArrayList<>();
        if (options.algorithms.auto()) {
            names.add(AlgorithmNames.AUTO);
        }
        for (Algorithm algorithm : options.algorithms.of(collective)) {
            AlgorithmRequest request = options.tuning.of(algorithm.name());
            Optional<String> refusal = request.refusal(algorithm, shape);
            if (refusal.isEmpty()) {
                names.add(request.text());
            } else if (options.algorithms.all()) {
                leftOut.add(
                        "left out: " + collective.label() + " " + algorithm.name() + " on " + shape.size() + " ranks: "
                                + refusal.get());
            } else if (algorithm.refusal(shape).isEmpty()) {
                throw new Misuse("algorithm '" + request.text() + "' does not take " + shape.count()
                        + " elements: " + refusal.get());
            } else {
                throw new Misuse("algorithm '" + algorithm.name() + "' does not take " + shape.size() + " ranks, "
                        + shape.count() + " elements: " + refusal.get() + "; it takes " + AlgorithmList.ranks(algorithm)
                        + " of ranks");
            }
        }
        return names;
    }

    private void add(BenchmarkCase row) {
        cases.putIfAbsent(row.key().canonicalName(), row);
        if (cases.size() > MOST) {
            throw new Misuse("more than " + MOST + " cases; ask for fewer sizes, ranks or combinations");
        }
    }
}
