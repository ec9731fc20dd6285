package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.report.Table.Head;
import org.fabricmark.results.report.Table.Row;

/**
 * What has to hold within one run whatever the machine, after the self-consistent performance guidelines of Hunold and
 * others: a call is never slower than a way around it. Violated counts only what is slower by more than
 * {@value #TOLERATED_PERCENT} % and beyond the doubt that the samples leave.
 */
final class Guidelines {
    static final int TOLERATED_PERCENT = 5;
    private static final double TOLERATED = 1 + TOLERATED_PERCENT / 100.0;
    private static final String SHARED_MEMORY = "shm";

    private final boolean severalRuns;
    /** The fastest entrant of each run under each set of conditions, over each transport. */
    private final Map<Conditions, Contest.Entrant> fastest = new HashMap<>();
    private final List<Violation> violations = new ArrayList<>();

    private Guidelines(List<Contest> contests, boolean severalRuns) {
        this.severalRuns = severalRuns;
        for (Contest contest : contests) {
            for (List<Contest.Entrant> ranking : contest.ranking()) {
                ranking.forEach(entrant -> fastest.putIfAbsent(new Conditions(contest.run(),
                        anyAlgorithm(entrant.cell().key())), entrant));
            }
        }
    }

    private record Conditions(int run, CaseKey anyAlgorithm) {}

    private static CaseKey anyAlgorithm(CaseKey key) {
        return key.toBuilder().algorithm("any").build();
    }

    static Table of(List<Contest> contests, boolean severalRuns) {
        Guidelines guidelines = new Guidelines(contests, severalRuns);
        for (Contest contest : contests) {
            guidelines.growing(contest);
            guidelines.sharedMemory(contest);
            guidelines.composed(contest);
        }
        return new Table("Guidelines that are violated",
                List.of(Head.words("guideline"), Head.words("where"), Head.numbers("size", "B"),
                        Head.numbers("time", "µs"), Head.numbers("should be at most", "µs"),
                        Head.numbers("factor", "")),
                guidelines.violations.stream().sorted(Comparator.comparingDouble(Violation::factor).reversed())
                        .map(Violation::row).toList());
    }

    /** More data never take less time. */
    private void growing(Contest contest) {
        for (Sweep.Line line : contest.sweep().lines()) {
            Optional<Contest.Entrant> smaller = Optional.empty();
            for (int at = 0; at < contest.sizes().size(); at++) {
                Optional<Contest.Entrant> larger = contest.at(at, line);
                if (smaller.isPresent() && larger.isPresent() && larger.get().certainlyBeats(smaller.get())) {
                    add("not slower than " + Figures.ofBytes(larger.get().cell().key().bytes()) + " bytes", contest,
                            smaller.get(), larger.get().interval().orElseThrow());
                }
                smaller = larger.isPresent() ? larger : smaller;
            }
        }
    }

    /** Memory that ranks share is never slower than a network between them. */
    private void sharedMemory(Contest contest) {
        for (List<Contest.Entrant> ranking : contest.ranking()) {
            Optional<Contest.Entrant> shared = ranking.stream().filter(Guidelines::isShared).findFirst();
            Optional<Contest.Entrant> other = ranking.stream().filter(entrant -> !isShared(entrant)).findFirst();
            if (shared.isPresent() && other.isPresent() && other.get().certainlyBeats(shared.get())) {
                add("shared memory not slower than " + other.get().line().transport(), contest, shared.get(),
                        other.get().interval().orElseThrow());
            }
        }
    }

    /** An all-reduce is never slower than a reduce-scatter and an all-gather. */
    private void composed(Contest contest) {
        for (List<Contest.Entrant> ranking : contest.ranking()) {
            List<String> transports = ranking.stream().map(entrant -> entrant.line().transport()).distinct().toList();
            for (String transport : transports) {
                Contest.Entrant best = best(ranking, transport).orElseThrow();
                CaseKey key = best.cell().key();
                if (key.collective().equals("all-reduce") && best.interval().isPresent()) {
                    Optional<TimeInterval> around = interval(contest.run(), key, "reduce-scatter", key.op())
                            .flatMap(first -> interval(contest.run(), key, "all-gather", "none").map(first::plus));
                    if (around.isPresent() && around.get().isCertainlyShorterThan(best.interval().get())) {
                        add("not slower than reduce-scatter and all-gather", contest, best, around.get());
                    }
                }
            }
        }
    }

    private static Optional<Contest.Entrant> best(List<Contest.Entrant> ranking, String transport) {
        return ranking.stream().filter(entrant -> entrant.line().transport().equals(transport)).findFirst();
    }

    /** The fastest of another collective under the same conditions. */
    private Optional<TimeInterval> interval(int run, CaseKey like, String collective, String op) {
        CaseKey wanted = anyAlgorithm(like.toBuilder().put(CasePart.COLLECTIVE, collective).op(op).build());
        return Optional.ofNullable(fastest.get(new Conditions(run, wanted))).flatMap(Contest.Entrant::interval);
    }

    private static boolean isShared(Contest.Entrant entrant) {
        return entrant.cell().key().transport().name().equals(SHARED_MEMORY);
    }

    private void add(String guideline, Contest contest, Contest.Entrant slow, TimeInterval bound) {
        CaseResult cell = slow.cell();
        if (cell.timeUs() <= TOLERATED * bound.timeUs()) {
            return;
        }
        double factor = cell.timeUs() / bound.timeUs();
        violations.add(new Violation(factor, new Row(List.of(guideline,
                contest.sweep().title() + ", " + slow.line().base()
                        + (severalRuns ? ", " + RunNames.letter(contest.run()) : ""),
                Long.toString(cell.key().bytes()), Figures.of(cell.timeUs()), Figures.of(bound.timeUs()),
                Figures.of(factor)), Row.PLAIN)));
    }

    private record Violation(double factor, Row row) {}
}
