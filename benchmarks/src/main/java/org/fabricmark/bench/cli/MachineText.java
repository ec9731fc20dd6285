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
import org.fabricmark.bench.cli.console.TextTable;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Fitness;
import org.fabricmark.results.model.MachineLimits;
import org.fabricmark.results.model.MachineLimits.SocketTime;

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
        if (limits.tcpExchangeUs().isPresent()) {
            lines.add("");
            lines.add("sockets of this host, 8 bytes, in us: busy polls, blocking sleeps in the kernel:");
            lines.addAll(sockets(limits).lines());
        }
        if (!limits.tcpStreamGBs().isEmpty()) {
            lines.add("");
            lines.add("TCP streams over the loopback device in GB/s, counted in one direction:");
            TextTable streams = new TextTable(">bytes", ">one way", ">both ways");
            limits.tcpStreamGBs().forEach((bytes, rate) -> streams.row(
                    ByteSize.format(bytes), Figures.of(rate.oneWay()), Figures.of(rate.bothWays())));
            lines.addAll(streams.lines());
        }
        lines.add("");
        lines.add("bytes read and written in GB/s (1 GB = 10^9 bytes), all threads together, by operands in all:");
        lines.addAll(rates(baseline.rates()).lines());
        return lines;
    }

    private static TextTable sockets(MachineLimits limits) {
        TextTable table = new TextTable("limit", ">busy", ">blocking", "meaning");
        socket(table, "TCP exchange", limits.tcpExchangeUs(), "both sides write and both have the other's");
        socket(table, "TCP round trip", limits.tcpRoundTripUs(), "there and back");
        socket(table, "Unix round trip", limits.udsRoundTripUs(), "there and back, Unix-domain sockets");
        socket(table, "UDP round trip", limits.udpRoundTripUs(), "there and back, datagrams");
        return table;
    }

    private static void socket(TextTable table, String name, Optional<SocketTime> time, String meaning) {
        time.ifPresent(both -> table.row(name, Figures.of(both.busy()), Figures.of(both.blocking()), meaning));
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
