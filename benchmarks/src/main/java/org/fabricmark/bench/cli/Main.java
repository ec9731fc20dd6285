package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.console.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Option;

/** The program behind {@code ./fabricmark}: finds the command and runs it. */
@Command(
        name = "fabricmark",
        description = "Measures, proves and explains collective communication.",
        customSynopsis = "fabricmark COMMAND [OPTION...]",
        versionProvider = Version.class,
        subcommands = {PerfCommand.class, JmhCommand.class, VerifyCommand.class, ListCommand.class,
            ExplainCommand.class,
            MachineCommand.class, ImportCommand.class, ReportCommand.class},
        footer = {
            "",
            "Exit codes: 0 good, 1 a run failed, 2 used wrongly or something needed is absent, 130 interrupted.",
            "",
            "fabricmark COMMAND --help says more about a command."
        })
public final class Main implements Callable<Integer> {
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this text.")
    private boolean help;

    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Show the version.")
    private boolean version;

    /**
     * Runs one command and exits with its code.
     *
     * @param arguments the command and its options
     */
    public static void main(String[] arguments) {
        StandardError.adopt();
        Locale.setDefault(Locale.ROOT); // numbers look the same everywhere, and scripts can read them
        Terminal terminal = Terminal.of(System.getProperty(Terminal.PROPERTY), System.getenv());
        CommandLine program = commandLine(terminal)
                .setOut(new PrintWriter(System.out, false, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int code = program.execute(arguments);
        program.getOut().flush();
        System.exit(code);
    }

    /** All commands with all options, for whoever wants to know what exists. */
    public static CommandLine commandLine() {
        return commandLine(Terminal.NONE);
    }

    private static CommandLine commandLine(Terminal terminal) {
        ErrorLines errors = new ErrorLines();
        CommandLine program = new CommandLine(new Main());
        program.getSubcommands().values().forEach(command -> ((ConsoleCommand) command.getCommand()).attach(terminal));
        return program
                .setExpandAtFiles(false) // a name may begin with @; nobody expects it to be read
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors)
                .setUsageHelpWidth(110)
                .setUsageHelpLongOptionsMaxWidth(34)
                .setColorScheme(CommandLine.Help.defaultColorScheme(terminal.color() ? Ansi.ON : Ansi.OFF));
    }

    /** Without a command there is nothing to do. */
    @Override
    public Integer call() {
        throw new Misuse("which command? known: " + ErrorLines.commands(commandLine()) + " (see 'fabricmark --help')");
    }
}
