package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabricmark.bench.cli.argument.LaterOptions;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.Names;
import org.fabricmark.results.format.RunFolderException;
import org.fabricmark.results.format.RunFormatException;
import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns every error into one line on stderr, {@code fabricmark COMMAND: what, which, what would be right}, and an exit code. */
final class ErrorLines implements IParameterExceptionHandler, IExecutionExceptionHandler {
    private static final String LONG = "--";

    @Override
    public int handleParseException(ParameterException error, String[] arguments) {
        CommandLine command = error.getCommandLine();
        print(command, text(error), error, List.of(arguments).contains("--verbose"));
        return ExitCode.MISUSED;
    }

    @Override
    public int handleExecutionException(Exception error, CommandLine command, ParseResult parsed) {
        command.getOut().flush();
        boolean verbose = command.getCommand() instanceof ConsoleCommand console && console.verbose();
        return switch (error) {
            case Misuse misuse -> end(command, misuse.getMessage(), misuse, verbose, ExitCode.MISUSED);
            case RunFolderException folder ->
                end(command, "--out " + folder.getMessage(), folder, verbose, ExitCode.MISUSED);
            case RunFormatException unreadable ->
                end(command, unreadable.getMessage(), unreadable, verbose, ExitCode.MISUSED);
            case FabricException failed when failed.failure().category() == Failure.Category.NO_ROOM ->
                end(command, failed.getMessage(), failed, verbose, ExitCode.MISUSED);
            case FabricException failed -> end(command, failed.getMessage(), failed, verbose, ExitCode.FAILED);
            default ->
                end(command, "failed with " + error + (verbose ? "" : " (--verbose shows where)"), error, verbose,
                        ExitCode.FAILED);
        };
    }

    private static int end(CommandLine command, String message, Exception error, boolean verbose, int code) {
        print(command, message, error, verbose);
        return code;
    }

    private static void print(CommandLine command, String message, Exception error, boolean verbose) {
        command.getErr().println(command.getCommandSpec().qualifiedName() + ": " + oneLine(message));
        if (verbose) {
            error.printStackTrace(command.getErr());
        }
        command.getErr().flush();
    }

    /** The commands that exist, for messages. */
    static String commands(CommandLine program) {
        return String.join(", ", program.getSubcommands().keySet());
    }

    /** Arguments may hold anything, and end up in messages. */
    static String oneLine(String text) {
        return String.valueOf(text).strip().replaceAll("\\p{Cntrl}+", " ");
    }

    private static String text(ParameterException error) {
        return switch (error) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case OverwrittenOptionException twice -> name(twice.getOverwritten()) + " is given twice";
            case MissingParameterException missing -> name(missing.getMissing().getFirst()) + " needs a value";
            case ParameterException wrong when wrong.getCause() instanceof Misuse misuse ->
                misuse.isAboutValue() ? name(wrong.getArgSpec()) + " '" + wrong.getValue() + "': " + misuse.getMessage()
                        : misuse.getMessage();
            default -> error.getMessage();
        };
    }

    /** The name that an option is known by: its first one, unless that is only a letter. */
    private static String name(ArgSpec argument) {
        if (!(argument instanceof OptionSpec option)) {
            return argument.paramLabel();
        }
        String first = option.names()[0];
        return first.startsWith(LONG) ? first : option.longestName();
    }

    private static String unmatched(UnmatchedArgumentException error) {
        CommandLine command = error.getCommandLine();
        String argument = error.getUnmatched().getFirst();
        if (!argument.startsWith("-")) {
            return command.getParent() == null ? noCommand(command, argument)
                    : "'" + argument + "' is one word too many";
        }
        Optional<String> later = LaterOptions.find(command.getCommandName(), argument);
        if (later.isPresent()) {
            return later.get() + " is not available yet";
        }
        String option = argument.split("=", 2)[0];
        List<String> users = usersOf(option, command);
        String see = " (see '" + command.getCommandSpec().qualifiedName() + " --help')";
        if (!users.isEmpty()) {
            return "no option '" + option + "' here; it belongs to " + String.join(", ", users) + see;
        }
        return "no option '" + option + "'"
                + closestOption(option, command)
                        .map(close -> "; did you mean '" + close + "'?")
                        .orElse("")
                + see;
    }

    /** One letter is always close to another, so only long names are suggested. */
    private static Optional<String> closestOption(String option, CommandLine command) {
        if (!option.startsWith(LONG)) {
            return Optional.empty();
        }
        List<String> names = command.getCommandSpec().optionsMap().keySet().stream()
                .filter(name -> name.startsWith(LONG))
                .map(name -> name.substring(LONG.length()))
                .toList();
        return Names.closest(option.substring(LONG.length()), names).map(LONG::concat);
    }

    private static String noCommand(CommandLine program, String name) {
        String yet = LaterOptions.isLaterCommand(name) ? " yet" : "";
        return "no command '" + name + "'" + yet
                + Names.closest(name, program.getSubcommands().keySet())
                        .filter(close -> yet.isEmpty())
                        .map(close -> "; did you mean '" + close + "'?")
                        .orElse(";")
                + " known: " + commands(program);
    }

    private static List<String> usersOf(String option, CommandLine command) {
        CommandLine program = command.getParent() == null ? command : command.getParent();
        List<String> users = new ArrayList<>();
        program.getSubcommands().forEach((name, other) -> {
            if (other != command && (other.getCommandSpec().optionsMap().containsKey(option)
                    || LaterOptions.find(name, option).isPresent())) {
                users.add(name);
            }
        });
        return users;
    }
}
