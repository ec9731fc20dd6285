package org.fabricmark.bench.jmh;

import java.io.IOException;

/** The main class of the benchmark jar: plain JMH with every option that it has. */
public final class Start {
    private Start() {}

    /**
     * Runs JMH.
     *
     * @param arguments JMH's own command line
     * @throws IOException if JMH cannot read or write one of its files
     */
    public static void main(String[] arguments) throws IOException {
        org.openjdk.jmh.Main.main(arguments);
    }
}
