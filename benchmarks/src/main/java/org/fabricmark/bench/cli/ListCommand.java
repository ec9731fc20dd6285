package org.fabricmark.bench.cli;

import java.util.List;
import org.fabricmark.bench.cli.argument.Misuse;
import org.fabricmark.bench.cli.argument.Names;
import org.fabricmark.bench.cli.argument.OutputFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists what can be named on the command line. */
@Command(
        name = "list",
        description = "Lists what can be named on the command line.",
        footer = {
            "",
            "Examples:",
            "  fabricmark list algorithms",
            "  fabricmark list transports --format json"
        },
        sortOptions = false,
        customSynopsis = "fabricmark list WHAT [OPTION...]")
final class ListCommand extends ConsoleCommand {
    private static final String FABRICS = "fabrics";

    @Parameters(paramLabel = "WHAT", arity = "0..*",
            description = "collectives, algorithms (cost, constraints), transports (options, availability), types or operations.")
    private List<String> what = List.of();

    @Option(names = "--format", paramLabel = "FORMAT", converter = OutputFormat.TableOrJson.class,
            defaultValue = "table",
            description = "table or json. Default: ${DEFAULT-VALUE}.")
    private OutputFormat format;

    @Override
    public Integer call() {
        List<String> known = Catalogue.names();
        require(!what.isEmpty(), "list what? known: " + String.join(", ", known));
        require(what.size() == 1, "'" + what.getLast() + "' is one word too many");
        String name = what.getFirst();
        if (name.equals(FABRICS)) {
            throw new Misuse("no list '" + FABRICS + "' yet; known: " + String.join(", ", known));
        }
        Catalogue catalogue = Catalogue.named(name).orElseThrow(() -> Names.unknown("list", name, known, null));
        if (format == OutputFormat.JSON) {
            JsonText.print(catalogue.json(), out());
        } else {
            catalogue.lines().forEach(out()::println);
        }
        return ExitCode.GOOD;
    }
}
