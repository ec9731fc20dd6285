package org.fabricmark.bench.cli.argument;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names that the command line is promised to have and does not have yet. They are refused by name, so that nobody takes an
 * option that was ignored for one that had no effect, and nobody uses their names for something else.
 */
public final class LaterOptions {
    private static final Set<String> COMMANDS = Set.of("simulate", "tune", "ab", "track", "trend",
            "bisect", "selftest");

    private static final Map<String, Set<String>> BY_COMMAND = Map.of(
            "perf", Set.of("--workload", "--trace", "--isolate"));

    private LaterOptions() {}

    /** Whether a command of this name will come. */
    public static boolean isLaterCommand(String name) {
        return COMMANDS.contains(name);
    }

    /** The option that {@code argument} names, if {@code command} will have it. */
    public static Optional<String> find(String command, String argument) {
        String name = argument.split("=", 2)[0];
        return BY_COMMAND.getOrDefault(command, Set.of()).contains(name) ? Optional.of(name) : Optional.empty();
    }
}
