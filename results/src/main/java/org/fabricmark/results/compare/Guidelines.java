package org.fabricmark.results.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.select.Cell;

/**
 * What has to hold within one run on any machine, after the self-consistent performance guidelines of Hunold and others: a call
 * is never slower than a way around it. Only what is slower by more than {@value #TOLERATED_PERCENT} % and beyond the doubt that its
 * interval leaves is a violation. They need no stored baseline, and prove no error: they are hints where to look.
 */
final class Guidelines {
    static final int TOLERATED_PERCENT = 5;

    private static final double TOLERATED = 1 + TOLERATED_PERCENT / 100.0;
    private static final String SHARED_MEMORY = "shm";
    /** A collective, and others that do its work when one is called after the other. */
    private static final List<Rule> RULES = List.of(
            new Rule("all-reduce", List.of("reduce-scatter", "all-gather")),
            new Rule("all-reduce", List.of("reduce", "broadcast")),
            new Rule("broadcast", List.of("scatter", "all-gather")),
            new Rule("reduce", List.of("all-reduce")),
            new Rule("reduce-scatter", List.of("all-reduce")),
            new Rule("gather", List.of("all-gather")),
            new Rule("scatter", List.of("broadcast")));

    private record Rule(String collective, List<String> around) {}

    private record Group(String run, CaseKey conditions) {}

    private final List<Cell> cells;
    /** The fastest cell of each run, whatever its algorithm. */
    private final Map<Group, Cell> fastest;
    private final List<Violation> violations = new ArrayList<>();

    private Guidelines(List<Cell> cells) {
        this.cells = cells;
        fastest = new LinkedHashMap<>();
        cells.forEach(cell -> fastest.merge(group(cell, Guidelines::anyAlgorithm), cell,
                (one, other) -> one.result().timeUs() <= other.result().timeUs() ? one : other));
    }

    /** All violations, the worst first. */
    static List<Violation> violated(List<Cell> cells, List<Regret> regrets) {
        Guidelines guidelines = new Guidelines(cells.stream().filter(cell -> !cell.result().isWrong()).toList());
        guidelines.composed();
        guidelines.growing();
        guidelines.sharedMemory();
        regrets.forEach(regret -> guidelines.check("auto is not slower than the best algorithm", regret.auto(),
                regret.best().key().algorithm(), Optional.of(regret.ratio())));
        return guidelines.violations.stream()
                .sorted(Comparator.comparingDouble((Violation each) -> each.ratio().value()).reversed()).toList();
    }

    private static Group group(Cell cell, UnaryOperator<CaseKey.Builder> change) {
        return new Group(cell.run().name(), change.apply(cell.key().toBuilder()).build());
    }

    private static CaseKey.Builder anyAlgorithm(CaseKey.Builder key) {
        return key.algorithm("any");
    }

    private void check(String guideline, Cell slow, String bound, Optional<Ratio> ratio) {
        ratio.filter(each -> each.value() > TOLERATED && each.isDecided())
                .ifPresent(each -> violations.add(new Violation(guideline, slow, bound, each)));
    }

    /** One collective by others. */
    private void composed() {
        for (Cell slow : fastest.values()) {
            RULES.stream().filter(rule -> rule.collective().equals(slow.key().collective())).forEach(rule -> {
                List<Cell> around = rule.around().stream().map(name -> instead(slow, name)).filter(Objects::nonNull)
                        .toList();
                if (around.size() == rule.around().size()) {
                    String words = String.join(" and ", rule.around());
                    Optional<Timing> bound = around.stream().map(Timing::of).reduce(Timing::plus);
                    boolean same = around.stream().allMatch(cell -> Ratio.sameRegime(slow, cell));
                    check(rule.collective() + " is not slower than " + words, slow, words,
                            Ratio.of(bound.orElseThrow(), Timing.of(slow), true, same));
                }
            });
        }
    }

    /** The fastest cell of another collective under the same conditions, or null. */
    private Cell instead(Cell cell, String collective) {
        CaseKey.Builder key = cell.key().toBuilder().put(CasePart.COLLECTIVE, collective).algorithm("any");
        for (CasePart part : List.of(CasePart.OP, CasePart.ROOT)) {
            String usual = part.defaultFor(collective).orElseThrow();
            boolean means = !part.defaultFor("barrier").equals(Optional.of(usual));
            boolean meant = !part.defaultFor("barrier").equals(part.defaultFor(cell.key().collective()));
            key.put(part, means && meant ? cell.key().text(part) : usual);
        }
        return fastest.get(new Group(cell.run().name(), key.build()));
    }

    /** More data never take less time. */
    private void growing() {
        Map<Group, List<Cell>> lines = cells.stream().collect(Collectors.groupingBy(
                cell -> group(cell, key -> key.bytes(0)), LinkedHashMap::new, Collectors.toList()));
        lines.values().forEach(line -> {
            List<Cell> ascending = line.stream().sorted(Comparator.comparingLong(cell -> cell.key().bytes())).toList();
            for (int i = 1; i < ascending.size(); i++) {
                Cell larger = ascending.get(i);
                check("time does not fall with size", ascending.get(i - 1),
                        Figures.ofBytes(larger.key().bytes()) + " bytes", Ratio.of(larger, ascending.get(i - 1)));
            }
        });
    }

    /** Memory that ranks share is never slower than a network between them. */
    private void sharedMemory() {
        Map<Group, List<Cell>> contests = fastest.values().stream().collect(Collectors.groupingBy(
                cell -> group(cell, key -> anyAlgorithm(key).transport("any")), LinkedHashMap::new,
                Collectors.toList()));
        contests.values().forEach(contest -> {
            Comparator<Cell> byTime = Comparator.comparingDouble(cell -> cell.result().timeUs());
            Optional<Cell> shared = contest.stream().filter(Guidelines::isShared).min(byTime);
            Optional<Cell> other = contest.stream().filter(cell -> !isShared(cell)).min(byTime);
            if (shared.isPresent() && other.isPresent()) {
                check("shared memory is not slower than sockets", shared.get(), other.get().key().transport().text(),
                        Ratio.of(other.get(), shared.get()));
            }
        });
    }

    private static boolean isShared(Cell cell) {
        return cell.key().transport().name().equals(SHARED_MEMORY);
    }
}
