package org.fabricmark.bench.jmh;

import java.io.IOException;
import org.openjdk.jmh.infra.BenchmarkParams;

/**
 * Ends a fork whose JMH has gone. JMH itself would notice only at the end of an iteration, and the ranks would measure for nobody until
 * then. The standard input of a fork is a pipe that JMH holds and never writes to: it ends when JMH does, however that ended. Ranks
 * that are processes end with the fork in the same way.
 */
final class ForkLife {
    private static final int KILLED = 1;

    private static boolean bound;

    private ForkLife() {}

    /** Binds this JVM to the JMH that has forked it; does nothing where the benchmark runs in JMH's own. */
    static synchronized void bind(BenchmarkParams benchmark) {
        if (benchmark.getForks() > 0 && !bound) {
            bound = true;
            Thread.ofPlatform().name("jmh-watch").daemon().start(ForkLife::awaitEnd);
        }
    }

    private static void awaitEnd() {
        try {
            while (System.in.read() >= 0) {
                assert false : "JMH says nothing to its forks";
            }
        } catch (IOException e) {
            // a pipe that cannot be read is as good as closed
        }
        Runtime.getRuntime().halt(KILLED); // no file is left: they are removed as soon as all ranks have attached
    }
}
