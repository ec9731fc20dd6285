package org.fabricmark.bench.jmh;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Optional;

/**
 * The flags of the JVMs that JMH forks. They do not inherit the manifest of the jar; and what a user appends would replace what
 * the annotations of a benchmark append.
 */
final class ForkFlags {
    static final String ADD_MODULES = "--add-modules";
    static final String VECTOR = "jdk.incubator.vector";
    static final String NATIVE = "--enable-native-access=ALL-UNNAMED";

    /** JMH itself uses what the JVM would warn of, in every fork. */
    static final String UNSAFE = "--sun-misc-unsafe-memory-access=allow";

    /** No concurrent threads beside the ranks, as in the launcher. */
    private static final String COLLECTOR = "-XX:+UseParallelGC";

    /** No file in /tmp that is written while we measure. */
    private static final String NO_FILE = "-XX:-UsePerfData";

    private ForkFlags() {}

    /**
     * What JMH is asked, with the flags of forks put right.
     *
     * @param own flags of this JVM, which JMH's forks inherit unless the user says others
     * @param more further flags for forks
     */
    static Options of(CommandLineOptions given, List<String> own, List<String> more) {
        List<String> append = new ArrayList<>(List.of(ADD_MODULES, VECTOR, NATIVE, UNSAFE));
        append.addAll(more);
        append.addAll(given.getJvmArgsAppend().orElse(List.of()));
        OptionsBuilder options = new WithoutResultFile();
        options.parent(given).jvmArgsAppend(append.toArray(String[]::new)).addProfiler(CallFigures.class);
        if (!given.getJvmArgs().hasValue()) {
            options.jvmArgs(inherited(own).toArray(String[]::new));
        }
        return options.build();
    }

    /** JMH's options but for its result file, which is ours to write: one for all selections of a run. Sent to forks as an object. */
    private static final class WithoutResultFile extends OptionsBuilder {
        private static final long serialVersionUID = 1L;

        @Override
        public Optional<String> getResult() {
            return Optional.none();
        }

        @Override
        public Optional<ResultFormatType> getResultFormat() {
            return Optional.none();
        }
    }

    /** Without what is about this process only, and what is appended anyway. */
    static List<String> inherited(List<String> own) {
        List<String> flags = new ArrayList<>(own.stream().filter(ForkFlags::isForForks).toList());
        if (flags.stream().noneMatch(flag -> flag.startsWith("-XX:+Use") && flag.endsWith("GC"))) {
            flags.add(COLLECTOR);
        }
        if (flags.stream().noneMatch(flag -> flag.endsWith("UsePerfData"))) {
            flags.add(NO_FILE);
        }
        return flags;
    }

    private static boolean isForForks(String flag) {
        return !flag.startsWith("-Dfabricmark.stderr") && !flag.startsWith("-Dfabricmark.terminals")
                && !flag.startsWith("-XX:SharedArchiveFile") && !flag.startsWith("-XX:ArchiveClassesAtExit")
                && !flag.startsWith(ADD_MODULES + "=" + VECTOR) && !flag.equals(NATIVE) && !flag.equals(UNSAFE);
    }
}
