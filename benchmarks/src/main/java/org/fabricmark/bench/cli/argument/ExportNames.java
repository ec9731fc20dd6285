package org.fabricmark.bench.cli.argument;

import java.util.List;
import org.fabricmark.results.report.Export;
import picocli.CommandLine.ITypeConverter;

/**
 * A comma list of forms that other tools read.
 *
 * @param exports each once, in the order in which they were given
 */
public record ExportNames(List<Export> exports) {
    /** Nothing but the report itself. */
    public static final ExportNames NONE = new ExportNames(List.of());

    /** Copies the list. */
    public ExportNames {
        exports = List.copyOf(exports);
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<ExportNames> {
        @Override
        public ExportNames convert(String text) {
            return new ExportNames(Names.split(text).stream()
                    .map(name -> Export.named(name)
                            .orElseThrow(() -> Names.unknown("export", name, Export.labels(), null)))
                    .toList());
        }
    }
}
