package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.report.Table.Head;
import org.fabricmark.results.report.Table.Row;

/**
 * The tables of all cells, one for each collective, transport and set of conditions, like those that are printed while
 * measuring. Several runs are side by side, with the ratio of each one's time, or of what else is looked at, to the first one's.
 */
final class CellTables {
    private static final String WRONG = "wrong";

    private final List<StoredRun> runs;
    private final List<Map<CaseKey, CaseResult>> cells = new ArrayList<>();

    private CellTables(List<StoredRun> runs) {
        this.runs = runs;
        for (StoredRun run : runs) {
            Map<CaseKey, CaseResult> byKey = new LinkedHashMap<>();
            run.run().cases().forEach(cell -> byKey.put(cell.key(), cell));
            cells.add(byKey);
        }
    }

    static List<Table> of(List<StoredRun> runs) {
        CellTables tables = new CellTables(runs);
        Set<CaseKey> keys = new LinkedHashSet<>();
        tables.cells.forEach(each -> keys.addAll(each.keySet()));
        Map<CaseKey, List<CaseKey>> groups = new LinkedHashMap<>();
        keys.forEach(key -> groups.computeIfAbsent(group(key), first -> new ArrayList<>()).add(key));
        List<Table> all = new ArrayList<>();
        groups.forEach((group, members) -> all.add(group.isPrimitive()
                ? PrimitiveTables.table(group, members, tables.cells)
                : tables.table(group, members)));
        return all;
    }

    /** How many different cases there are. */
    static int count(List<Table> tables) {
        return tables.stream().mapToInt(table -> table.rows().size()).sum();
    }

    private static CaseKey group(CaseKey key) {
        return key.isPrimitive() ? key.toBuilder().bytes(0).build()
                : key.toBuilder().algorithm("any").put(CasePart.TYPE, "any").op("any").put(CasePart.ROOT, "0")
                        .inPlace(false).bytes(0).build();
    }

    private Table table(CaseKey group, List<CaseKey> members) {
        boolean rooted = members.stream().anyMatch(key -> key.root().rank() != -1);
        List<Head> heads = new ArrayList<>(List.of(Head.numbers("size", "B"), Head.numbers("count", ""),
                Head.words("type"), Head.words("op")));
        if (rooted) {
            heads.add(Head.numbers("root", ""));
        }
        heads.addAll(List.of(Head.words("algorithm"), Head.words("place")));
        if (runs.size() == 1) {
            heads.addAll(fullHeads());
        } else {
            for (int run = 0; run < runs.size(); run++) {
                heads.addAll(sideHeads(run));
            }
        }
        List<CaseKey> sorted = new ArrayList<>(members);
        List<String> order = members.stream().map(CaseKey::algorithm).distinct().toList();
        sorted.sort(Comparator.<CaseKey>comparingInt(key -> order.indexOf(key.algorithm()))
                .thenComparing(CaseKey::type).thenComparing(CaseKey::op)
                .thenComparing(key -> key.root().rank()).thenComparing(CaseKey::inPlace)
                .thenComparingLong(CaseKey::bytes));
        return new Table(CaseWords.ofTable(group), heads, sorted.stream().map(key -> row(key, rooted)).toList());
    }

    private static List<Head> fullHeads() {
        return List.of(Head.numbers("time", "µs"), Head.numbers("p50", "µs"), Head.numbers("p99", "µs"),
                Head.numbers("algbw", "GB/s"), Head.numbers("busbw", "GB/s"), Head.numbers("%limit", ""),
                Head.numbers(WRONG, ""), Head.numbers("min", "µs"), Head.numbers("max", "µs"),
                Head.numbers("skew", "µs"), Head.numbers("first", "µs"), Head.numbers("limit", "µs"),
                Head.numbers("exchange", "ns"), Head.numbers("calls", ""), Head.numbers("batch", ""),
                Head.words(""));
    }

    private static List<Head> sideHeads(int run) {
        String letter = RunNames.letter(run);
        List<Head> heads = new ArrayList<>();
        heads.add(Head.numbers(letter + " time", "µs").beginningRun());
        heads.add(Head.numbers(letter + " p99", "µs"));
        heads.add(Head.numbers(letter + " busbw", "GB/s"));
        heads.add(Head.numbers(letter + " " + WRONG, ""));
        heads.add(Head.words(""));
        if (run > 0) {
            heads.add(Head.numbers(letter + "/" + RunNames.letter(0) + " time", ""));
        }
        return heads;
    }

    private Row row(CaseKey key, boolean rooted) {
        List<Optional<CaseResult>> found = cells.stream().map(each -> Optional.ofNullable(each.get(key))).toList();
        CaseResult any = found.stream().flatMap(Optional::stream).findFirst().orElseThrow();
        List<String> texts = new ArrayList<>(List.of(Long.toString(key.bytes()), Long.toString(any.count()),
                key.type(), key.op()));
        if (rooted) {
            texts.add(key.root().text());
        }
        texts.addAll(List.of(CaseWords.algorithm(any), key.inPlace() ? "in" : "out"));
        if (runs.size() == 1) {
            texts.addAll(full(any));
        } else {
            for (int run = 0; run < runs.size(); run++) {
                texts.addAll(side(found.get(run)));
                if (run > 0) {
                    texts.add(ratio(found.get(run), found.getFirst()));
                }
            }
        }
        boolean wrong = found.stream().flatMap(Optional::stream).anyMatch(CaseResult::isWrong);
        return new Row(texts, wrong ? Row.WRONG : Row.PLAIN);
    }

    private static List<String> full(CaseResult cell) {
        return List.of(Figures.of(cell.timeUs()), Figures.of(cell.p50Us()), Figures.of(cell.p99Us()),
                Figures.of(cell.algbwGBs()), Figures.of(cell.busbwGBs()), Figures.percent(cell.limitShare()),
                wrong(cell), Figures.of(cell.minUs()), Figures.of(cell.maxUs()), Figures.of(cell.skewUs()),
                Figures.of(cell.firstUs()), Figures.of(cell.limitUs()), Figures.of(cell.exchangeNs()),
                Long.toString(cell.calls()), Long.toString(cell.batch()), marks(cell));
    }

    private static Collection<String> side(Optional<CaseResult> cell) {
        return cell.map(known -> List.of(Figures.of(known.timeUs()), Figures.of(known.p99Us()),
                Figures.of(known.busbwGBs()), wrong(known), marks(known)))
                .orElse(List.of(Figures.ABSENT, Figures.ABSENT, Figures.ABSENT, Figures.ABSENT, ""));
    }

    /** No ratio of wrong results, nor of times that are not the same quantity. */
    static String ratio(Optional<CaseResult> cell, Optional<CaseResult> base) {
        if (cell.isEmpty() || base.isEmpty() || cell.get().isWrong() || base.get().isWrong()
                || !cell.get().conventions().sameTime(base.get().conventions())) {
            return Figures.ABSENT;
        }
        double of = base.get().figure().orElse(0);
        return Figures.of(of > 0 && cell.get().figure().isPresent()
                ? OptionalDouble.of(cell.get().figure().getAsDouble() / of)
                : OptionalDouble.empty());
    }

    static String wrong(CaseResult cell) {
        return cell.wrong().isPresent() ? Long.toString(cell.wrong().getAsLong()) : Figures.ABSENT;
    }

    /** The marks that printed tables have at the end of a row. */
    static String marks(CaseResult cell) {
        StringBuilder marks = new StringBuilder();
        for (Flag flag : Flag.values()) {
            if (cell.flags().has(flag)) {
                marks.append(flag.mark());
            }
        }
        return marks.toString();
    }
}
