package org.fabricmark.bench.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.fabricmark.bench.cli.argument.OutputFormat;
import org.fabricmark.bench.cli.console.Progress;
import org.fabricmark.bench.machine.Disturbances;
import org.fabricmark.bench.machine.MachineExamination;
import org.fabricmark.bench.machine.MachineFacts;
import org.fabricmark.results.format.JsonFormat;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Fitness;
import org.fabricmark.results.model.Machine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Examines the machine. */
@Command(
        name = "machine",
        description = "Finds out, within 30 s, what this machine can do at best, and whether it is fit to measure.",
        footer = {
            "",
            "Exit codes with --check: 0 fit, 1 unfit.",
            "",
            "Examples:",
            "  fabricmark machine",
            "  fabricmark machine --check --quiet && fabricmark perf"
        },
        sortOptions = false,
        customSynopsis = "fabricmark machine [OPTION...]")
final class MachineCommand extends ConsoleCommand {
    @Option(names = "--check", description = "Exit with 1 when the machine is unfit.")
    private boolean check;

    @Option(names = "--format", paramLabel = "FORMAT", converter = OutputFormat.TableOrJson.class,
            defaultValue = "table",
            description = "table or json. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format;

    @Override
    public Integer call() throws IOException {
        Disturbances disturbances = Disturbances.start();
        Progress progress = progress();
        MachineExamination examination = MachineExamination.run(what -> progress.update("probing: " + what));
        progress.clear();
        Machine machine = examination.machine();
        Fitness fitness = machine.fit().orElseThrow();
        if (format == OutputFormat.JSON) {
            JsonFormat.write(machine, out());
        } else {
            if (!quiet()) {
                Environment environment =
                        new MachineFacts().environment(Build.suite(Path.of("")), disturbances);
                MachineText.facts(environment).forEach(out()::println);
                out().println();
                MachineText.limits(examination.baseline()).forEach(out()::println);
                out().println();
            }
            MachineText.verdict(fitness).forEach(out()::println);
        }
        out().flush();
        return check && !fitness.isFit() ? ExitCode.FAILED : ExitCode.GOOD;
    }
}
