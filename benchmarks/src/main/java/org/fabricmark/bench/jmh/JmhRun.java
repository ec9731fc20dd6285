package org.fabricmark.bench.jmh;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.results.format.ResultFormatFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.NoBenchmarksException;
import org.openjdk.jmh.runner.ProfilersFailedException;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * A run of JMH, as JMH's own main class would make it, except for three things: forks have the flags that they need
 * ({@link ForkFlags}), a benchmark that fails fails the run, and several selections with parameters of their own are one run with one
 * table and one result file.
 */
public final class JmhRun {
    /** Everything has been measured. */
    public static final int GOOD = 0;
    /** A benchmark failed, or none was found. */
    public static final int FAILED = 1;
    /** JMH does not know these options. */
    public static final int MISUSED = 2;

    private final List<String> forkFlags;
    private final Consumer<String> keeper;

    /** @param forkFlags further flags for the JVMs of benchmarks */
    public JmhRun(List<String> forkFlags) {
        this(forkFlags, nobody -> {});
    }

    /**
     * A run whose results somebody keeps.
     *
     * @param keeper gets them as JMH's JSON when the run ends, also those with wrong data; nothing if there are none
     */
    public JmhRun(List<String> forkFlags, Consumer<String> keeper) {
        this.forkFlags = List.copyOf(forkFlags);
        this.keeper = keeper;
    }

    /**
     * Which of JMH's modes are asked for, in its short words.
     *
     * @param options of JMH
     * @return none where the benchmarks decide, or where JMH will refuse the options
     */
    public static List<String> modes(List<String> options) {
        try {
            return new CommandLineOptions(options.toArray(String[]::new)).getBenchModes().stream()
                    .map(Mode::shortLabel).sorted().toList();
        } catch (CommandLineOptionException e) {
            return List.of(); // run says it
        }
    }

    /**
     * Runs JMH.
     *
     * @param selections each of them which benchmarks with which parameters, in JMH's words
     * @param options JMH's options for all of them
     * @return {@link #GOOD}, {@link #FAILED} or {@link #MISUSED}; what is wrong has been said on stderr
     * @throws IOException if JMH cannot read or write one of its files
     */
    public int run(List<List<String>> selections, List<String> options) throws IOException {
        List<CommandLineOptions> parsed = new ArrayList<>();
        try {
            for (List<String> selection : selections) {
                parsed.add(new CommandLineOptions(
                        Stream.concat(selection.stream(), options.stream()).toArray(String[]::new)));
            }
        } catch (CommandLineOptionException e) {
            System.err.println("fabricmark: JMH does not take these options: " + e.getMessage());
            return MISUSED;
        }
        CommandLineOptions first = parsed.getFirst();
        if (tells(first)) {
            return GOOD;
        }
        try {
            return measure(parsed);
        } catch (NoBenchmarksException e) {
            System.err.println("fabricmark: no benchmark matches " + first.getIncludes() + "; -l lists them");
        } catch (ProfilersFailedException e) {
            System.err.println("fabricmark: " + e.getMessage());
        } catch (RunnerException e) {
            System.err.println("fabricmark: " + e.getMessage());
            if (first.verbosity().orElse(Defaults.VERBOSITY) == VerboseMode.EXTRA) {
                e.printStackTrace(System.err);
            }
        }
        return FAILED;
    }

    /** Answers options that ask for something else than a measurement; false if there are none. */
    private static boolean tells(CommandLineOptions options) throws IOException {
        if (options.shouldHelp()) {
            options.showHelp();
        } else if (options.shouldList()) {
            new Runner(options).list();
        } else if (options.shouldListWithParams()) {
            new Runner(options).listWithParams(options);
        } else if (options.shouldListProfilers()) {
            options.listProfilers();
        } else if (options.shouldListResultFormats()) {
            options.listResultFormats();
        } else {
            return false;
        }
        return true;
    }

    private int measure(List<CommandLineOptions> selections) throws IOException, RunnerException {
        CommandLineOptions first = selections.getFirst();
        VerboseMode verbosity = first.verbosity().orElse(Defaults.VERBOSITY);
        try (PrintStream file = first.getOutput().hasValue()
                ? new PrintStream(first.getOutput().get(), StandardCharsets.UTF_8) : null) {
            OutputFormat text = OutputFormatFactory.createFormatInstance(file == null ? System.out : file, verbosity);
            RunRecord record = new RunRecord(text);
            List<String> own = ManagementFactory.getRuntimeMXBean().getInputArguments();
            List<RunResult> results = new ArrayList<>();
            text.startRun();
            for (CommandLineOptions selection : selections) {
                results.addAll(results(new Runner(ForkFlags.of(selection, own, forkFlags), record), record));
            }
            List<RunRecord.FailedBenchmark> failed = record.failed();
            results.removeIf(result -> record.isIncomplete(result.getParams()));
            if (!results.isEmpty()) { // JMH's own formats cannot print or write nothing
                text.endRun(results.stream().filter(result -> !record.hasFailed(result.getParams())).toList());
                write(first, results, text);
                keeper.accept(json(results));
            }
            text.flush();
            failed.forEach(each -> System.err.println("fabricmark: failed: " + each));
            return failed.isEmpty() ? GOOD : FAILED;
        }
    }

    /** JMH fails with an exception of its own where a benchmark in its own JVM has no result. */
    private static Collection<RunResult> results(Runner runner, RunRecord record) throws RunnerException {
        try {
            return runner.run();
        } catch (IndexOutOfBoundsException e) {
            if (record.isFailing()) {
                return List.of();
            }
            throw e;
        }
    }

    private static String json(List<RunResult> results) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (PrintStream stream = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
            ResultFormatFactory.getInstance(ResultFormatType.JSON, stream).writeOut(results);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(CommandLineOptions options, List<RunResult> results, OutputFormat text) {
        if (options.getResult().hasValue() || options.getResultFormat().hasValue()) {
            ResultFormatType format = options.getResultFormat().orElse(Defaults.RESULT_FORMAT);
            String file = options.getResult().orElse(
                    Defaults.RESULT_FILE_PREFIX + "." + format.name().toLowerCase(Locale.ROOT));
            ResultFormatFactory.getInstance(format, file).writeOut(results);
            text.println("");
            text.println("Benchmark result is saved to " + file);
        }
    }
}
