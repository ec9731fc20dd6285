package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import org.fabricmark.algorithm.Algorithm;

/** Prints what was proven: a row for each algorithm as soon as it is known, and below it what was not proven. */
final class ProofTable {
    private static final String SEQUENCES = "(different calls in a row)";

    private final PrintWriter out;
    private final boolean verbose;
    private final boolean quiet;
    private final long begun = System.nanoTime();
    private final List<Proof> all = new ArrayList<>();
    private String row;
    private String ranks;
    private int threads;

    /**
     * @param out where to
     * @param verbose whether to print every number of ranks and every violation, instead of the first of each algorithm
     * @param quiet whether to print only violations and the last line
     */
    ProofTable(PrintWriter out, boolean verbose, boolean quiet) {
        this.out = out;
        this.verbose = verbose;
        this.quiet = quiet;
    }

    void begin(List<Algorithm> algorithms, ProofRun run) {
        int names = algorithms.stream().mapToInt(a -> name(a).length()).max().orElse(0);
        ranks = run.sizes().size() == 1 ? run.sizes().getFirst().toString()
                : run.sizes().stream().min(Integer::compare).orElseThrow() + "-"
                        + run.sizes().stream().max(Integer::compare).orElseThrow();
        threads = run.threads();
        row = "%-" + Math.max(names, SEQUENCES.length()) + "s  %7s  %9s  %9s  %8s%n";
        line(row.formatted("algorithm", "ranks", "schedules", "proven", "thread s"));
    }

    void row(Algorithm algorithm, List<Proof> proofs) {
        rows(name(algorithm), proofs);
    }

    void sequences(List<Proof> proofs) {
        rows(SEQUENCES, proofs);
    }

    private void rows(String name, List<Proof> proofs) {
        if (verbose) {
            proofs.forEach(proof -> line(row(name, Integer.toString(proof.ranks()), proof)));
        }
        Proof sum = Proof.sum(proofs);
        all.add(sum);
        if (!verbose || proofs.size() > 1) {
            line(row(name, ranks, sum));
        }
        List<String> violations = sum.violations();
        violations.stream().limit(verbose ? Long.MAX_VALUE : 1).forEach(violation -> out.println("  " + violation));
        if (!verbose && violations.size() > 1) {
            out.println("  and " + (violations.size() - 1) + " more (--verbose shows all)");
        }
        out.flush();
    }

    private String row(String name, String counts, Proof proof) {
        return row.formatted(name, counts, proof.schedules(), proof.proven(),
                "%.1f".formatted(proof.seconds()));
    }

    private void line(String text) {
        if (!quiet) {
            out.print(text);
            out.flush();
        }
    }

    void end() {
        line("%.1f s on %d threads%n".formatted((System.nanoTime() - begun) / 1e9, threads));
        Proof sum = Proof.sum(all);
        out.println("proved " + sum.proven() + " of " + sum.schedules() + " schedules");
        out.flush();
    }

    boolean allProven() {
        return Proof.sum(all).violations().isEmpty();
    }

    private static String name(Algorithm algorithm) {
        return algorithm.collective().label() + " " + algorithm.name();
    }
}
