package org.fabricmark.bench.cli.argument;

import org.fabricmark.results.select.Filter;

import picocli.CommandLine.ITypeConverter;

/** Which cells of stored runs are meant: {@code transport:shm bytes:[1K..1M]}. */
public final class CellFilter implements ITypeConverter<Filter> {
    @Override
    public Filter convert(String text) {
        try {
            return Filter.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw Misuse.ofValue(wrong.getMessage());
        }
    }
}
