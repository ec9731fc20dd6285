package org.fabricmark.bench.cli;

/** The program behind {@code ./fabricmark}. */
public final class Main {
    private Main() {}

    /**
     * Runs one command and exits with its code.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        StandardError.adopt();
        System.err.println("usage: fabricmark COMMAND [OPTION...]");
        System.exit(2);
    }
}
