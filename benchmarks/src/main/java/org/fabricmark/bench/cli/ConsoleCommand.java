package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.console.Progress;
import org.fabricmark.bench.cli.console.Terminal;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands have in common: where they write, and how much. */
abstract class ConsoleCommand implements Callable<Integer> {
    /** In help, what is special to a command comes first. */
    private static final int LAST = 100;

    @Spec
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, order = LAST, description = "Show this text.")
    private boolean help;

    @Option(names = "--verbose", order = LAST, description = "Say more; after an error, also where in the program.")
    private boolean verbose;

    @Option(names = "--quiet", order = LAST, description = "Results and errors only: no progress, no remarks.")
    private boolean quiet;

    @Option(names = "--no-color", order = LAST, description = "No colours; so does the variable NO_COLOR.")
    private boolean noColor;

    private Terminal terminal = Terminal.NONE;

    /** Who is listening; nobody unless said. */
    final void attach(Terminal listening) {
        terminal = listening;
    }

    /** Stdout, for results. */
    final PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /** Stderr, for everything else. */
    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final Terminal terminal() {
        return noColor ? terminal.withoutColor() : terminal;
    }

    final boolean verbose() {
        return verbose;
    }

    final boolean quiet() {
        return quiet;
    }

    final Progress progress() {
        return new Progress(err(), terminal.err(), quiet);
    }

    /** A remark on stderr that is no error: {@code fabricmark perf: ...}. */
    final void remark(String text) {
        if (!quiet) {
            err().println(spec.qualifiedName() + ": " + text);
        }
    }

    /** A failure on stderr, also when quiet. */
    final void complain(String text) {
        err().println(spec.qualifiedName() + ": " + ErrorLines.oneLine(text));
    }

    /** Refuses a contradiction in what was asked. */
    final void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new Misuse(otherwise);
        }
    }

    /**
     * What the user typed, without the program's name. It is stored with results, so of an absolute path, which tells of users
     * and machines, only the last name is left.
     */
    final List<String> arguments() {
        return spec.root().commandLine().getParseResult().originalArgs().stream().map(ConsoleCommand::withoutPlace)
                .toList();
    }

    private static String withoutPlace(String argument) {
        return argument.replaceFirst("^(--[a-z-]+=)?/(?:.*/)?([^/]*)/*$", "$1$2");
    }

    /** The options that the user gave, by their long names. */
    final List<String> givenOptions() {
        return spec.commandLine().getParseResult().matchedOptions().stream().map(OptionSpec::longestName).toList();
    }

    /** Whether the user gave this option. */
    final boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }
}
