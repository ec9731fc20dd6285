package org.fabricmark.results.report;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.Facts;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.report.Table.Head;
import org.fabricmark.results.report.Table.Row;

/** Where the runs were measured: a row for each fact, a column for each run, differing facts marked. */
final class Surroundings {
    /** What is measured and not set: it is never the same twice, and so no difference. */
    private static final Set<String> DISTURBANCES = Set.of("load", "celsius", "stealPercent", "throttledPeriods");

    private static final long GIBI = 1L << 30;
    /** As long as an exact size may be to be read at a glance: {@code 1023G}. */
    private static final int SHORT = 5;

    private final List<StoredRun> runs;
    private final List<Row> rows = new ArrayList<>();

    private Surroundings(List<StoredRun> runs) {
        this.runs = runs;
    }

    static Table of(List<StoredRun> runs) {
        Surroundings all = new Surroundings(runs);
        all.row("run", StoredRun::name, false);
        all.row("started", run -> run.run().startedAt().truncatedTo(ChronoUnit.SECONDS).toString(), false);
        all.row("measured by", run -> run.run().origin().tool() + run.run().origin().version().map(v -> " " + v)
                .orElse(""), true);
        all.row("commit", run -> suite(run.run()), true);
        all.row("seed", run -> Long.toString(run.run().seed()), false);
        all.facts("hardware", run -> run.environment().hardware().facts());
        all.facts("software", run -> run.environment().software().facts());
        all.facts("state", run -> run.environment().state().facts());
        all.row("exchange of a line (ns)", run -> run.run().machine()
                .map(machine -> Figures.of(machine.limits().exchangeNs())).orElse(Figures.ABSENT), false);
        all.row("exchange over TCP (µs)", run -> run.run().machine()
                .flatMap(machine -> machine.limits().tcpExchangeUs())
                .map(exchange -> Figures.of(exchange.busy())).orElse(Figures.ABSENT), false);
        List<Head> heads = new ArrayList<>(List.of(Head.words("fact")));
        for (int i = 0; i < runs.size(); i++) {
            heads.add(Head.words(runs.size() > 1 ? RunNames.letter(i) : "value"));
        }
        return new Table("Environment", heads, all.rows);
    }

    /** The names of facts that are not the same in all runs; empty for one run. */
    static List<String> differing(Table surroundings) {
        return surroundings.rows().stream().filter(row -> row.style().equals(Row.DIFFERS))
                .map(row -> row.texts().getFirst()).toList();
    }

    private static String suite(Run run) {
        return run.environment().suite().commit().map(commit -> commit
                + (run.environment().suite().dirty().orElse(false) ? " with changes" : "")).orElse(Figures.ABSENT);
    }

    private void facts(String group, Function<Run, Facts> facts) {
        Set<String> names = new LinkedHashSet<>();
        runs.forEach(run -> names.addAll(facts.apply(run.run()).texts().keySet()));
        names.forEach(name -> row(group + ": " + name, run -> readable(name, Optional.ofNullable(
                facts.apply(run.run()).texts().get(name))), !DISTURBANCES.contains(name)));
    }

    /** Numbers of bytes are long; everything else stays as it was stored. */
    private static String readable(String name, Optional<String> text) {
        boolean bytes = name.endsWith("Bytes") || name.startsWith("cacheBytes");
        return text.map(known -> bytes && known.matches("\\d{1,18}") ? bytes(Long.parseLong(known)) : known)
                .orElse(Figures.ABSENT);
    }

    /** The exact number, which tells machines apart, behind what people call it: {@code 23.5 GiB (24684096K)}. */
    private static String bytes(long bytes) {
        String exact = Figures.ofBytes(bytes);
        return bytes < GIBI || exact.length() <= SHORT ? exact
                : Figures.of((double) bytes / GIBI) + " GiB (" + exact + ")";
    }

    private void row(String name, Function<StoredRun, String> text, boolean comparable) {
        List<String> texts = new ArrayList<>(List.of(name));
        runs.forEach(run -> texts.add(text.apply(run)));
        boolean differs = comparable && texts.subList(1, texts.size()).stream()
                .filter(known -> !known.equals(Figures.ABSENT)).distinct().count() > 1;
        rows.add(new Row(texts, differs ? Row.DIFFERS : Row.PLAIN));
    }
}
