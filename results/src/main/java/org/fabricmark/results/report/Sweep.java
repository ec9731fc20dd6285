package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.StoredRun;

/**
 * Cells that one picture shows: alike in everything but algorithm, transport, size and run.
 *
 * @param title what they have in common, in words
 * @param measure which figure their cells are looked at by
 * @param sizes all message sizes in bytes, ascending
 * @param lines the cells of one algorithm over one transport in one run
 */
record Sweep(String title, Measure measure, List<Long> sizes, List<Line> lines) {
    /**
     * One line of a picture.
     *
     * @param name algorithm and transport, and the run where there are several
     * @param base algorithm and transport
     * @param transport the transport
     * @param run which of the report's runs
     * @param cells by size
     */
    record Line(String name, String base, String transport, int run, SortedMap<Long, CaseResult> cells) {
        Optional<CaseResult> at(long size) {
            return Optional.ofNullable(cells.get(size));
        }
    }

    /** The sweeps of {@code runs}, in the order in which their first cells were measured. */
    static List<Sweep> of(List<StoredRun> runs) {
        Map<CaseKey, Map<String, Line>> sweeps = new LinkedHashMap<>();
        for (int run = 0; run < runs.size(); run++) {
            for (CaseResult cell : runs.get(run).run().cases()) {
                CaseKey key = cell.key();
                String base = CaseWords.ofLine(key);
                String name = base + (runs.size() > 1 ? ", " + RunNames.letter(run) : "");
                Line line = new Line(name, base, key.transport().text(), run, new TreeMap<>());
                sweeps.computeIfAbsent(inCommon(key), first -> new LinkedHashMap<>()).computeIfAbsent(name,
                        first -> line).cells().put(key.bytes(), cell);
            }
        }
        List<Sweep> all = new ArrayList<>();
        sweeps.forEach((key, lines) -> all.add(new Sweep(CaseWords.ofSweep(key), measure(lines), sizes(lines),
                List.copyOf(lines.values()))));
        return all;
    }

    private static Measure measure(Map<String, Line> lines) {
        return lines.values().iterator().next().cells().values().iterator().next().measure();
    }

    /** What the second picture shows beside times, as its caption; empty where times are all there is. */
    Optional<String> second() {
        return switch (measure) {
            case CALL -> Optional.of("Bus bandwidth");
            case LATENCY -> Optional.empty();
            case BANDWIDTH -> Optional.of("Bandwidth");
            case RATE -> Optional.of("Messages a second");
        };
    }

    /** The figure of the second picture. */
    OptionalDouble second(CaseResult cell) {
        return measure == Measure.CALL ? cell.busbwGBs() : cell.figure();
    }

    /** The unit of the second picture. */
    String secondUnit() {
        return measure == Measure.CALL ? Measure.BANDWIDTH.unit() : measure.unit();
    }

    /** What a time is of. */
    String timeOf() {
        return switch (measure) {
            case CALL -> "Time of a call";
            case LATENCY -> "Time of an operation";
            case BANDWIDTH, RATE -> "Time a message";
        };
    }

    /** Whether there is anything to draw against size: two sizes above 0. */
    boolean isDrawable() {
        return sizes.stream().filter(size -> size > 0).count() > 1;
    }

    /**
     * The line that {@code line}'s times are held against unless a reader chooses another: the same one in the first
     * run, if there are several runs, else the first line.
     */
    int reference(Line line, boolean severalRuns) {
        for (int i = 0; i < lines.size(); i++) {
            Line other = lines.get(i);
            if (!severalRuns || other.run() == 0 && other.base().equals(line.base())) {
                return i;
            }
        }
        return lines.indexOf(line);
    }

    private static CaseKey inCommon(CaseKey key) {
        CaseKey.Builder common = key.toBuilder().transport("any").bytes(0);
        return (key.isPrimitive() ? common : common.algorithm("any")).build();
    }

    private static List<Long> sizes(Map<String, Line> lines) {
        SortedSet<Long> sizes = new TreeSet<>();
        lines.values().forEach(line -> sizes.addAll(line.cells().keySet()));
        return List.copyOf(sizes);
    }
}
