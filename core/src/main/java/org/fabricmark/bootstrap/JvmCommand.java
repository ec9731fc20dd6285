package org.fabricmark.bootstrap;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The command that starts another JVM like this one: the same binary, class path and flags.
 *
 * <p>It goes through a shell, which makes the process deaf to the signals that a terminal or a supervisor sends to all processes
 * of a command at once. The launcher hears them too and ends its ranks in good order; a rank that died of them first would be
 * reported as a failure.
 */
final class JvmCommand {
    private static final String DEAF = "trap '' INT HUP TERM; exec \"$0\" \"$@\"";

    /** A rank's data lie outside of the heap; the rest fits, and may be more where this JVM was given more. */
    private static final List<String> HEAP = List.of("-Xms64m", "-Xmx512m");

    private JvmCommand() {}

    /** A JVM that runs {@code main}. */
    static List<String> of(Class<?> main) {
        List<String> command = new ArrayList<>(List.of("/bin/sh", "-c", DEAF));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(HEAP);
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(JvmCommand::inherited)
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        return command;
    }

    /** Left out: properties, agents, and what would have two JVMs write the same file. */
    static boolean inherited(String flag) {
        boolean agent = flag.startsWith("-agent") || flag.startsWith("-javaagent") || flag.startsWith("-Xrun")
                || flag.startsWith("-Xdebug");
        boolean file = flag.startsWith("-XX:ArchiveClassesAtExit") || flag.startsWith("-XX:StartFlightRecording")
                || flag.startsWith("-XX:LogFile") || flag.startsWith("-XX:AOTCacheOutput")
                || flag.startsWith("-Xlog") && flag.contains("file=");
        return !flag.startsWith("-D") && !agent && !file;
    }
}
