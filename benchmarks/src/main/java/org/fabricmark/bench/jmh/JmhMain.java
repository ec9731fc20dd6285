package org.fabricmark.bench.jmh;

import java.io.IOException;
import java.util.List;

/** What the benchmark jar runs: plain JMH with every option that it has. */
public final class JmhMain {
    private JmhMain() {}

    /**
     * Runs JMH and exits: 0 good, 1 a benchmark failed, 2 wrong options.
     *
     * @param arguments JMH's own command line
     * @throws IOException if JMH cannot read or write one of its files
     */
    public static void main(String[] arguments) throws IOException {
        System.exit(new JmhRun(List.of()).run(List.of(List.of()), List.of(arguments)));
    }
}
