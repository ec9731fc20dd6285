package org.fabricmark.bench.cli;

import org.fabricmark.bench.cli.argument.Misuse;
import picocli.CommandLine.Command;

@Command(name = "perf", description = "perf")
final class PerfCommand extends ConsoleCommand {
    @Override
    public Integer call() {
        throw new Misuse("later");
    }
}
