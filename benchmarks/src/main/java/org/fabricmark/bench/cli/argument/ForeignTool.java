package org.fabricmark.bench.cli.argument;

import org.fabricmark.results.foreign.Importer;
import picocli.CommandLine.ITypeConverter;

/**
 * A program whose results can be read.
 *
 * @param name one of {@link Importer#tools()}
 */
public record ForeignTool(String name) {
    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<ForeignTool> {
        @Override
        public ForeignTool convert(String text) {
            if (!Importer.tools().contains(text)) {
                throw Names.unknown("tool", text, Importer.tools(), null);
            }
            return new ForeignTool(text);
        }
    }
}
