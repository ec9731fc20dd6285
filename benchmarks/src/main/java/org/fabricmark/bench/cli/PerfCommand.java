package org.fabricmark.bench.cli;

import static java.time.format.DateTimeFormatter.ISO_LOCAL_TIME;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.bench.cli.argument.FaultNames;
import org.fabricmark.bench.cli.argument.InPlace;
import org.fabricmark.bench.cli.argument.OutputFormat;
import org.fabricmark.bench.cli.argument.OverRanks;
import org.fabricmark.bench.cli.argument.Percentiles;
import org.fabricmark.bench.harness.Sweep;
import org.fabricmark.bench.harness.SweepRequest;
import org.fabricmark.bench.machine.Disturbances;
import org.fabricmark.bench.machine.MachineFacts;
import org.fabricmark.bench.primitive.RankPair;
import org.fabricmark.bench.primitive.sweep.PrimitiveRequest;
import org.fabricmark.collective.Collective;
import org.fabricmark.results.format.JmhFile;
import org.fabricmark.results.format.JsonFormat;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Repetitions;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures. */
@Command(
        name = "perf",
        description = "Measures collectives: a table for each collective, transport and number of ranks, with verified data. Comma"
                + " lists make a matrix.",
        footer = {
            "",
            "Examples:",
            "  fabricmark perf",
            "  fabricmark perf --ranks 2-5,7,9 --algorithm all --sizes 8,1000,100K",
            "  fabricmark perf -b 64K -e 16M --collective all-reduce --algorithm two-shot,ring --in-place no",
            "  fabricmark perf --format csv --out none > results.csv",
            "  fabricmark perf --overlap --sizes 8,64K,1M",
            "  fabricmark perf --primitive write-lat,write-bw --transport rdma"
        },
        sortOptions = false,
        customSynopsis = "fabricmark perf [OPTION...]")
final class PerfCommand extends ConsoleCommand {
    private static final Path HERE = Path.of("");

    @Mixin
    private SizeOptions sizes;

    @Mixin
    private MatrixOptions matrix;

    @Mixin
    private EffortOptions effort;

    @Option(names = {"-a", "--average"}, paramLabel = "0-3", converter = OverRanks.Converter.class, defaultValue = "3",
            description = "Time in the printed table: 0 of rank 0, 1 average, 2 fastest, 3 slowest rank."
                    + " Default: ${DEFAULT-VALUE}.")
    private OverRanks overRanks;

    @Option(names = {"-S", "--timestamps"}, description = "Time of day in front of each row of the table.")
    private boolean timestamps;

    @Option(names = "--full",
            description = "Every column: also fastest, slowest and first call, skew, limit, exchange, calls.")
    private boolean full;

    @Option(names = "--percentiles", paramLabel = "LIST", converter = Percentiles.Converter.class,
            description = "Percentiles of the time: 50,99,99.9. Default: 50,99.")
    private Percentiles percentiles;

    @Option(names = "--fault", paramLabel = "LIST", converter = FaultNames.Converter.class,
            description = "What goes wrong on purpose: KIND@STEP[:rankN][:peerN][:bytesN][:TIME] with the kinds drop,"
                    + " delay, duplicate, reorder, corrupt, disconnect, kill, throw, hang. STEP counts the puts, gets and"
                    + " bumps of a rank from 1; 100-200 draws one of these, 1/4 takes one in four. Default: nothing.")
    private FaultNames faults;

    @Option(names = "--overlap",
            description = "Measure too how much of a call a rank can compute in: start it, compute for about its time with"
                    + " tests in between, await it. Where each rank has a core; with --format table or json.")
    private boolean overlap;

    @Mixin
    private PrimitiveOptions primitives;

    @Option(names = "--format", paramLabel = "FORMAT", converter = OutputFormat.Any.class, defaultValue = "table",
            description = "table, csv (a line for each case as it finishes), json, or as other suites print or write: nccl, osu, jmh."
                    + " Default: ${DEFAULT-VALUE}.")
    private OutputFormat format;

    @Option(names = "--out", paramLabel = "DIR",
            description = "Save the run into this folder, which must be new or empty; 'none' saves nothing. Default:"
                    + " results/runs/TIME-COMMIT in a checkout, elsewhere fabricmark-results/TIME.")
    private String folder;

    @Override
    public Integer call() throws IOException {
        if (primitives.chosen()) {
            return measurePrimitives();
        }
        for (String option : PrimitiveOptions.QUEUEING) {
            require(!given(option), option + ": is about --primitive");
        }
        boolean endless = effort.repeat() == 0;
        require(!endless || format != OutputFormat.JSON && format != OutputFormat.JMH,
                "--format " + format.label() + " needs an end; --repeat 0 has none");
        require(!endless || folder == null || folder.equals(Destination.NONE),
                "--out saves a run that has ended; --repeat 0 has no end");
        requireSense();
        if (faults != null) {
            matrix.transports = faults.over(matrix.transports, matrix.ranks, effort.seed());
        }
        Instant now = Instant.now();
        CaseMatrix cases = CaseMatrix.of(matrix, sizes.sweep());
        Preflight.ofThisMachine().require(cases.cases());
        SweepRequest request = effort.request(cases.cases(), overlap).withPinning(matrix.pin.pinning());
        Optional<Destination> destination = Destination.prepare(endless ? Destination.NONE : folder, HERE, now);
        cases.leftOut().forEach(this::remark);

        Disturbances disturbances = Disturbances.start();
        MachineFacts facts = new MachineFacts();
        Environment.Suite suite = Build.suite();
        RowPrinter printer = printer(facts.environment(suite, disturbances), cases.cases());
        Optional<Soak> soak = effort.repeat() == 1 ? Optional.empty()
                : Optional.of(new Soak(request.cases().size(), Soak.Memory::ofThisProcess));
        KeptLaunches launches = new KeptLaunches();
        boolean wanted = destination.isPresent() || format == OutputFormat.JMH;
        SweepLog log = new SweepLog(printer, progress(), this::complain, soak, endless,
                wanted ? Optional.of(launches) : Optional.empty());
        measure(request, log, soak);
        Run run = Run.of(now, arguments(), effort.seed(),
                TransportRemarks.of(cases.cases()).in(facts.environment(suite, disturbances)),
                ProbedLimits.of(cases.cases(), log.results()), Repetitions.merge(log.results()));
        printer.end(run, launches.source());
        soak.ifPresent(this::print);
        if (destination.isPresent()) {
            save(run, launches.source(), destination.get());
            if (launches.dropped() > 0) {
                remark("too many samples: those of " + launches.dropped()
                        + " repetitions are not kept, only their numbers");
            }
        }
        out().flush();
        return reportWrongData(log.results());
    }

    private int measurePrimitives() throws IOException {
        PrimitivePerf.requireOptions(givenOptions());
        PrimitivePerf.requireForm(format);
        RankPair.Start start = new RankPair.Start(matrix.pin.pinning(), effort.timeout(),
                (rank, line) -> complain("rank " + rank + ": " + line));
        PrimitiveRequest request =
                PrimitivePerf.request(primitives, matrix, sizes, effort, given("--transport"), start);
        Instant now = Instant.now();
        Optional<Destination> destination = Destination.prepare(folder, HERE, now);
        Disturbances disturbances = Disturbances.start();
        MachineFacts facts = new MachineFacts();
        Environment environment = facts.environment(Build.suite(), disturbances);
        PrimitivePrinter printer = switch (format) {
            case CSV -> new PrimitiveCsv(out());
            case JSON -> new PrimitiveJson(out(), MachineText.oneLine(environment));
            default -> new PrimitiveTable(out(), terminal().color(),
                    PrimitiveHeader.lines(request, matrix.pin.words(matrix.ranks.largest()), environment),
                    request.transports().stream().mapToInt(each -> each.toString().length()).max().orElseThrow());
        };
        PrimitivePerf perf = new PrimitivePerf(progress(), printer, request.rows());
        List<String> wrong =
                perf.run(request, () -> complain("interrupted after " + perf.counts() + "; nothing is saved"));
        if (destination.isPresent()) {
            Run run = Run.of(now, arguments(), 0,
                    TransportRemarks.ofTransports(request.transports())
                            .in(facts.environment(Build.suite(), disturbances)),
                    Optional.empty(), perf.results());
            save(run, perf.samples(), destination.get());
        }
        out().flush();
        wrong.forEach(this::complain);
        return wrong.isEmpty() ? ExitCode.GOOD : ExitCode.FAILED;
    }

    /** Refuses options that no case or no format uses, before anything is looked at in detail. */
    private void requireSense() {
        List<Collective> collectives = matrix.collectives.collectives();
        require(!given("--op") || collectives.stream().anyMatch(Collective::reduces),
                "--op: none of the chosen collectives reduces");
        require(!given("--root") || collectives.stream().anyMatch(Collective::rooted),
                "--root: none of the chosen collectives has a root");
        for (String option : List.of("--memory", "--buffers", "--unalign")) {
            require(!given(option) || collectives.stream().anyMatch(Collective::movesData),
                    option + ": none of the chosen collectives moves data");
        }
        if (format == OutputFormat.OSU && !given("--in-place")) {
            matrix.inPlace = InPlace.NO; // as its tests do by default
        }
        FormatLimits.require(format, matrix);
        FormatLimits.requireColumns(format, full, percentiles, timestamps);
        require(format != OutputFormat.OSU || !given("--average"),
                "--average: --format osu always shows the average over the ranks, and --full the fastest and slowest");
        require(!overlap || format == OutputFormat.TABLE || format == OutputFormat.JSON,
                "--overlap: " + format.label() + " has no columns for it; use table or json");
        for (int ranks : matrix.ranks.counts()) {
            matrix.arrival.requireFor(ranks, effort.timeout());
        }
        require(effort.batch().number().orElse(1) == 1 || matrix.conditions().stream().noneMatch(Conditions::isolated),
                "--batch '" + effort.batch().number().orElse(1) + "': isolated calls are timed one by one");
    }

    private void save(Run run, SampleSource samples, Destination destination) {
        destination.save(run, samples).ifPresent(this::remark);
        String saved = "saved in " + destination.folder().path();
        if (format == OutputFormat.TABLE) {
            out().println("  " + saved);
        } else {
            remark(saved);
        }
    }

    /** One line for each case with wrong data; gives the exit code. */
    int reportWrongData(List<CaseResult> results) {
        List<CaseResult> wrong = results.stream().filter(CaseResult::isWrong).toList();
        wrong.forEach(result -> complain(SweepLog.wrongData(result)));
        return wrong.isEmpty() ? ExitCode.GOOD : ExitCode.FAILED;
    }

    private void print(Soak soak) {
        if (format == OutputFormat.TABLE) {
            out().println("  %-14s %s".formatted(Soak.NAME, soak.summary()));
            out().flush();
        } else {
            remark(Soak.NAME + ": " + soak.summary());
        }
    }

    /** Runs the sweep; an interrupt from the keyboard ends its ranks before the process goes. */
    private void measure(SweepRequest request, SweepLog log, Optional<Soak> soak) {
        try (Sweep sweep = new Sweep()) {
            Interruption.guard(sweep::close, () -> sweep.run(request, log), () -> {
                soak.ifPresent(this::print);
                complain("interrupted after " + log.counts() + "; nothing is saved");
                if (!soak.map(Soak::isGood).orElse(true)) {
                    Runtime.getRuntime().halt(ExitCode.FAILED); // wrong data are worse than an interrupt
                }
            });
        }
    }

    private RowPrinter printer(Environment environment, List<BenchmarkCase> cases) throws IOException {
        return switch (format) {
            case TABLE -> {
                Percentiles shown = percentiles == null ? Percentiles.DEFAULT : percentiles;
                TablePrinter table = new TablePrinter(out(), terminal().color(), overRanks,
                        TableHeader.lines(overRanks, shown, effort, matrix.pin.words(matrix.ranks.largest()),
                                environment, cases),
                        algorithmWidth(cases), new TablePrinter.Extent(shown, full), clock(ISO_LOCAL_TIME));
                yield overlap ? table.withOverlap() : table;
            }
            case CSV -> new CsvPrinter(out());
            case JSON -> new WholeRunPrinter(out(), (run, samples, json) -> JsonFormat.write(run, json));
            case JMH -> new WholeRunPrinter(out(), JmhFile::write);
            case NCCL ->
                new NcclPrinter(out(), ncclSettings(environment, cases), overRanks,
                        clock(DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT)));
            case OSU ->
                new OsuPrinter(out(), cases.getFirst().requested(), matrix.types.types().getFirst().label(), full,
                        effort.check(), Optional.ofNullable(percentiles));
        };
    }

    private NcclPrinter.Settings ncclSettings(Environment environment, List<BenchmarkCase> cases) {
        return new NcclPrinter.Settings(cases, environment.hardware().cpuModel().orElse("processor"), sizes.step(),
                effort.warmup().text(), effort.iterations().text(), effort.batch().text(), effort.check(),
                ProcessHandle.current().pid());
    }

    private Optional<TablePrinter.Clock> clock(DateTimeFormatter form) {
        return timestamps ? Optional.of(() -> LocalDateTime.now().truncatedTo(ChronoUnit.SECONDS).format(form))
                : Optional.empty();
    }

    private static int algorithmWidth(List<BenchmarkCase> cases) {
        return cases.stream()
                .mapToInt(each -> TablePrinter.algorithm(each.requested(), each.ran()).length())
                .max()
                .orElseThrow();
    }
}
