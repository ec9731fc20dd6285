package org.fabricmark.documentation;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;

/** The commands and options that the program really has. */
record CommandModel(CommandLine root) {
    /** The program's own model, or empty as long as its main class offers none. */
    static Optional<CommandModel> ofProgram() throws ReflectiveOperationException {
        Method model;
        try {
            model = Class.forName("org.fabricmark.bench.cli.Main").getDeclaredMethod("commandLine");
        } catch (NoSuchMethodException _) {
            return Optional.empty();
        }
        model.setAccessible(true);
        return Optional.of(new CommandModel((CommandLine) model.invoke(null)));
    }

    /**
     * What is wrong with a command line: a command or an option that does not exist. Values are not looked at, so that a
     * page may write {@code --out DIR}.
     *
     * @param line a shell command; a comment, a pipe and a redirection end it
     */
    List<String> problems(String line) {
        List<String> problems = new ArrayList<>();
        CommandLine command = root;
        boolean first = true;
        for (String word : line.replaceFirst(" (#|\\||>|2>|&&|;).*", "").split("\\s+")) {
            if (first) {
                first = false;
            } else if (word.equals("--")) {
                break; // the rest belongs to another program
            } else if (word.startsWith("-") && word.length() > 1) {
                String name = word.startsWith("--") ? word.replaceFirst("=.*", "") : word.substring(0, 2);
                if (command.getCommandSpec().findOption(name) == null) {
                    problems.add("'" + command.getCommandName() + "' has no option " + name);
                }
            } else if (command == root) {
                command = root.getSubcommands().getOrDefault(word, root);
                if (command == root) {
                    problems.add("no command '" + word + "'");
                    break;
                }
            }
        }
        return problems;
    }
}
