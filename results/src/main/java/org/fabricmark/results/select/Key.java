package org.fabricmark.results.select;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * The texts that a cell has for some labels: what a row, a column or a table is called. Cells with equal keys are in the same
 * place.
 *
 * @param labels names of labels
 * @param texts one for each label
 */
public record Key(List<String> labels, List<String> texts) {
    /** Copies the lists. */
    public Key {
        labels = List.copyOf(labels);
        texts = List.copyOf(texts);
        if (labels.size() != texts.size()) {
            throw new IllegalArgumentException(labels.size() + " labels have " + texts.size() + " texts");
        }
    }

    /** What these labels say of {@code cell}. */
    public static Key of(Cell cell, Collection<String> labels) {
        return new Key(List.copyOf(labels), labels.stream().map(cell::text).toList());
    }

    /** {@code label=text}, with blanks between. */
    public String assignments() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < labels.size(); i++) {
            words.add(labels.get(i) + "=" + texts.get(i));
        }
        return String.join(" ", words);
    }

    /** The texts alone, for where the labels are known. */
    @Override
    public String toString() {
        return String.join(",", texts);
    }
}
