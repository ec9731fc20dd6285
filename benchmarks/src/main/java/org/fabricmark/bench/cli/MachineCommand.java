package org.fabricmark.bench.cli;

import org.fabricmark.bench.cli.argument.Misuse;
import picocli.CommandLine.Command;

@Command(name = "machine", description = "machine")
final class MachineCommand extends ConsoleCommand {
    @Override
    public Integer call() {
        throw new Misuse("later");
    }
}
