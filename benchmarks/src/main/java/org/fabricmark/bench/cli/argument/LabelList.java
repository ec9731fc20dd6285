package org.fabricmark.bench.cli.argument;

import java.util.List;

import org.fabricmark.results.model.Labels;

import picocli.CommandLine.ITypeConverter;

/**
 * A comma list of labels of cases and runs.
 *
 * @param labels each once, in the order in which they were given
 */
public record LabelList(List<String> labels) {
    /** No label. */
    public static final LabelList NONE = new LabelList(List.of());

    /** Copies the list. */
    public LabelList {
        labels = List.copyOf(labels);
    }

    /** Reads what users type. */
    public static final class Converter implements ITypeConverter<LabelList> {
        @Override
        public LabelList convert(String text) {
            List<String> labels = Names.split(text);
            labels.stream().filter(label -> !Labels.isKnown(label)).findFirst().ifPresent(label -> {
                throw Names.unknown("label", label, Labels.names(), null);
            });
            return new LabelList(labels);
        }
    }
}
