package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import org.fabricmark.bench.baseline.Baseline;
import org.fabricmark.bench.baseline.PatternRate;
import org.fabricmark.bench.cli.argument.ByteSize;
import org.fabricmark.bench.cli.console.Figures;
import org.fabricmark.bench.cli.console.TextTable;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Fitness;
import org.fabricmark.results.model.MachineLimits;

/** A machine in words and numbers: its facts, its limits, the verdict. What is not known is left out. */
final class MachineText {
    private static final double GIB = 1024.0 * 1024 * 1024;
    private static final String UNKNOWN = "unknown";

    private MachineText() {}

    /** All facts in one line, for the header of a table. */
    static String oneLine(Environment environment) {
        Environment.Hardware hardware = environment.hardware();
        return hardware.cpuModel().orElse(UNKNOWN + " processor") + ", " + processors(hardware) + "; "
                + environment.software().kernel().orElse(UNKNOWN + " kernel") + "; Java "
                + environment.software().jvmVersion().orElse(UNKNOWN);
    }

    private static String processors(Environment.Hardware hardware) {
        String threads =
                hardware.threads().isPresent() ? hardware.threads().getAsInt() + " threads" : "threads " + UNKNOWN;
        return hardware.cores().isPresent() ? hardware.cores().getAsInt() + " cores, " + threads : threads;
    }

    static List<String> facts(Environment environment) {
        Environment.Hardware hardware = environment.hardware();
        Environment.Software software = environment.software();
        Environment.State state = environment.state();
        List<String> lines = new ArrayList<>();
        lines.add("processor  " + hardware.cpuModel().orElse(UNKNOWN) + ", " + processors(hardware));
        if (!hardware.cacheBytes().isEmpty()) {
            lines.add("caches     " + hardware.cacheBytes().entrySet().stream()
                    .map(cache -> cache.getKey() + " " + ByteSize.format(cache.getValue()))
                    .collect(Collectors.joining(", ")));
        }
        hardware.memoryBytes().ifPresent(bytes -> lines.add("memory     %.1f GiB".formatted(bytes / GIB)));
        lines.add("system     " + software.kernel().orElse(UNKNOWN)
                + software.distribution().map(name -> ", " + name).orElse(""));
        lines.add("java       " + software.jvmName().orElse(UNKNOWN) + " " + software.jvmVersion().orElse(""));
        List<String> settings = new ArrayList<>();
        state.governor().ifPresent(governor -> settings.add("frequency governor " + governor));
        state.transparentHugePages().ifPresent(pages -> settings.add("transparent huge pages " + pages));
        state.cgroupCpus().ifPresent(cpus -> settings.add("control group allows %.2f processors".formatted(cpus)));
        state.cgroupMemoryBytes()
                .ifPresent(bytes -> settings.add("control group allows %.1f GiB of memory".formatted(bytes / GIB)));
        state.stealPercent().ifPresent(steal -> settings.add("%.1f %% of the time taken by the host".formatted(steal)));
        if (!settings.isEmpty()) {
            lines.add("state      " + String.join(", ", settings));
        }
        return lines;
    }

    static List<String> limits(Baseline baseline) {
        MachineLimits limits = baseline.limits();
        TextTable times = new TextTable("limit", ">best", "unit", "meaning");
        time(times, "exchange", limits.exchangeNs(), "ns", "two threads write a line each and both see the other's");
        time(times, "round trip", limits.roundTripNs(), "ns", "a line there and back between two threads");
        time(times, "empty schedule", limits.emptyScheduleNs(), "ns", "a call that moves nothing");
        time(times, "clock", limits.clockNs(), "ns", "one reading");
        time(times, "wake", limits.futexWakeUs(), "us", "from waking a thread that sleeps to its running");
        time(times, "yield", limits.yieldSwitchUs(), "us", "a switch between two threads that yield to each other");
        List<String> lines = new ArrayList<>(times.lines());
        lines.add("");
        lines.add("bytes read and written in GB/s (1 GB = 10^9 bytes), all threads together, by operands in all:");
        lines.addAll(rates(baseline.rates()).lines());
        return lines;
    }

    private static void time(TextTable table, String name, OptionalDouble value, String unit, String meaning) {
        if (value.isPresent()) {
            table.row(name, Figures.of(value), unit, meaning);
        }
    }

    /** A row for each working set, a column for each pattern and number of threads. */
    private static TextTable rates(List<PatternRate> rates) {
        Map<String, Map<Long, Double>> columns = new LinkedHashMap<>();
        rates.stream()
                .sorted(Comparator.comparingInt(PatternRate::threads)
                        .thenComparingInt(PatternRate::sources)
                        .thenComparingInt(PatternRate::destinations))
                .forEach(rate -> columns.computeIfAbsent(column(rate), name -> new LinkedHashMap<>())
                        .put(rate.workingSet(), rate.gigabytesPerSecond()));
        List<String> names = new ArrayList<>(List.of(">bytes"));
        names.addAll(columns.keySet());
        TextTable table = new TextTable(names.toArray(String[]::new));
        rates.stream().map(PatternRate::workingSet).distinct().sorted().forEach(bytes -> {
            List<Object> cells = new ArrayList<>(List.of(ByteSize.format(bytes)));
            columns.values().forEach(column -> cells.add(
                    Optional.ofNullable(column.get(bytes)).map(Figures::of).orElse(Figures.ABSENT)));
            table.row(cells.toArray());
        });
        return table;
    }

    private static String column(PatternRate rate) {
        return ">" + rate.threads() + "x(" + rate.pattern().replace(" ", "") + ")";
    }

    /** The verdict, and a line for each thing that disturbs. */
    static List<String> verdict(Fitness fitness) {
        List<String> lines = new ArrayList<>();
        lines.add("verdict: " + fitness.verdict() + (fitness.reasons().isEmpty() ? "" : ", but"));
        if (!fitness.isFit()) {
            lines.set(0, "verdict: " + fitness.verdict() + ", because");
        }
        fitness.reasons().forEach(reason -> lines.add("  " + reason));
        return lines;
    }
}
