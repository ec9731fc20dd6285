package org.fabricmark.bench.cli;

/** How the program ends, for scripts. The JVM itself exits with 130 when interrupted. */
final class ExitCode {
    /** Everything asked for was done, and is good. */
    static final int GOOD = 0;
    /** A run failed: wrong data, a dead rank, something not proven. */
    static final int FAILED = 1;
    /** The command was used wrongly, or something needed is absent; nothing was started. */
    static final int MISUSED = 2;

    /** What was to be held against each other is not comparable. */
    static final int NOT_COMPARABLE = 5;

    private ExitCode() {}
}
