package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;

/** One run of the program inside this JVM, with what it wrote. */
record CommandRun(int code, String out, String err) {
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine program = Main.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        int code = program.execute(arguments);
        program.getOut().flush();
        program.getErr().flush();
        return new CommandRun(code, out.toString(), err.toString());
    }

    /** {@code line} is split at blanks. */
    static CommandRun ofLine(String line) {
        return of(line.isEmpty() ? new String[0] : line.split(" "));
    }

    List<String> lines() {
        return out.lines().toList();
    }

    String lastLine() {
        return lines().getLast();
    }
}
