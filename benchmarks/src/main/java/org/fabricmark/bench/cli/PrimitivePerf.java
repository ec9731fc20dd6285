package org.fabricmark.bench.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.OutputFormat;
import org.fabricmark.bench.cli.console.Progress;
import org.fabricmark.bench.primitive.RankPair;
import org.fabricmark.bench.primitive.sweep.Effort;
import org.fabricmark.bench.primitive.sweep.PrimitiveListener;
import org.fabricmark.bench.primitive.sweep.PrimitiveRequest;
import org.fabricmark.bench.primitive.sweep.PrimitiveResult;
import org.fabricmark.bench.primitive.sweep.PrimitiveRow;
import org.fabricmark.bench.primitive.sweep.PrimitiveSweep;
import org.fabricmark.bench.primitive.sweep.PrimitiveTest;
import org.fabricmark.bench.primitive.verbs.Fabric;
import org.fabricmark.bench.primitive.verbs.VerbsCase;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.SampleSource;
import org.fabricmark.transport.TransportSpec;

/** {@code perf --primitive}: what is measured instead of collectives, and what of the other options it uses. */
final class PrimitivePerf implements PrimitiveListener {
    private static final long LEAST_BYTES = 2;
    private static final long MOST_BYTES = 8L << 20;
    private static final int RANKS = 2;

    /** Of the options of {@code perf}, those that mean something here. */
    private static final Set<String> USED = Set.of("--primitive", "--tx-depth", "--qps", "--inline", "--cq-mod",
            "--post-list", "--transport", "--launch", "--ranks", "--pin", "--min-bytes", "--max-bytes", "--factor",
            "--step-bytes", "--sizes", "--iters", "--warmup-iters", "--batch", "--budget", "--timeout", "--format",
            "--out", "--verbose", "--quiet", "--no-color");

    private final Progress progress;
    private final PrimitivePrinter printer;
    private final List<String> wrong = new ArrayList<>();
    private final List<CaseResult> results = new ArrayList<>();
    private final KeptLaunches launches = new KeptLaunches();
    private final int rows;
    private int done;

    PrimitivePerf(Progress progress, PrimitivePrinter printer, int rows) {
        this.progress = progress;
        this.printer = printer;
        this.rows = rows;
    }

    /** Refuses what was given and is about collectives only. */
    static void requireOptions(List<String> given) {
        given.stream().filter(option -> !USED.contains(option)).findFirst().ifPresent(option -> {
            throw new Misuse(option + ": is about collectives; --primitive does not use it");
        });
    }

    /** Refuses a form that has no place for primitives. */
    static void requireForm(OutputFormat format) {
        if (format != OutputFormat.TABLE && format != OutputFormat.CSV && format != OutputFormat.JSON) {
            throw new Misuse("--format " + format.label() + " has no place for primitives; use table, csv or json");
        }
    }

    /** What is asked for. */
    static PrimitiveRequest request(PrimitiveOptions options, MatrixOptions matrix, SizeOptions sizes,
            EffortOptions effort, boolean transportsNamed, RankPair.Start start) {
        matrix.ranks.counts().stream().filter(count -> count != RANKS).findFirst().ifPresent(count -> {
            throw new Misuse("--ranks '" + count + "': primitives are between " + RANKS + " ranks");
        });
        List<TransportSpec> transports = matrix.transports.specs();
        if (transportsNamed) {
            transports.forEach(options.names::requireOver);
        }
        List<Boolean> launches = matrix.launches.names().stream().map(Conditions.PROCESSES::equals).toList();
        PrimitiveRequest request = new PrimitiveRequest(options.names.tests(), transports, launches, options.queues(),
                sizes.sweep(LEAST_BYTES, MOST_BYTES).bytes(), sizes.given(), effort(effort), start);
        require(options, request);
        return request;
    }

    private static Effort effort(EffortOptions given) {
        return new Effort(given.budget(), given.iterations().number(), given.warmup().number(), given.batch().number());
    }

    private static void require(PrimitiveOptions options, PrimitiveRequest request) {
        if (request.rows() == 0) {
            throw new Misuse("--primitive '" + String.join(",", options.names.words())
                    + "': is of verbs, and no transport that works here has them");
        }
        try {
            if (request.tests().stream().anyMatch(test -> test.verbs().isPresent())) {
                request.transports().stream().filter(each -> each.name().equals(Fabric.TRANSPORT)).map(Fabric::of)
                        .forEach(fabric -> request.queues().forEach(fabric::require));
            }
        } catch (IllegalArgumentException impossible) {
            throw new Misuse(impossible.getMessage());
        }
        request.sizes().stream().filter(size -> size > VerbsCase.MOST_BYTES).findFirst().ifPresent(size -> {
            throw new Misuse("size '" + size + "': a message of a primitive has at most " + VerbsCase.MOST_BYTES
                    + " bytes");
        });
    }

    /** Measures. @return a line for each row with wrong data */
    List<String> run(PrimitiveRequest request, Runnable interrupted) throws IOException {
        try (PrimitiveSweep sweep = new PrimitiveSweep(request, this)) {
            Interruption.guard(sweep::close, sweep::run, interrupted);
        }
        progress.clear();
        printer.end();
        return wrong;
    }

    /** All rows, in the order in which they were measured. */
    List<CaseResult> results() {
        return List.copyOf(results);
    }

    /** What they were computed from. */
    SampleSource samples() {
        return launches.source();
    }

    /** How far it came. */
    String counts() {
        return done + " of " + rows + " rows";
    }

    @Override
    public void table(PrimitiveTest test) throws IOException {
        progress.clear();
        printer.table(test);
    }

    @Override
    public void row(PrimitiveRow row) throws IOException {
        progress.clear();
        printer.row(row);
        CaseResult result = PrimitiveResult.of(row);
        results.add(result);
        launches.add(result.key(), row.launch());
        done++;
        if (row.wrong() > 0) {
            wrong.add("wrong data: %s over %s, %d bytes: %d wrong".formatted(row.test(), row.transport(), row.bytes(),
                    row.wrong()));
        }
    }

    @Override
    public void progress(String text) {
        progress.update(counts() + ", " + text);
    }
}
