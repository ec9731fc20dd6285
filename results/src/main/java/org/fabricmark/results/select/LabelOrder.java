package org.fabricmark.results.select;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.model.Labels;

/**
 * The order in which rows, columns and tables are shown: numbers by their size, runs as the reader named them, everything else
 * by its letters.
 *
 * @param runs names of the runs, in the reader's order
 */
public record LabelOrder(List<String> runs) implements Comparator<Key> {
    /** Copies the list. */
    public LabelOrder {
        runs = List.copyOf(runs);
    }

    @Override
    public int compare(Key one, Key other) {
        for (int i = 0; i < one.texts().size(); i++) {
            int order = compare(one.labels().get(i), one.texts().get(i), other.texts().get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int compare(String label, String one, String other) {
        if (label.equals(Labels.RUN)) {
            return Integer.compare(runs.indexOf(one), runs.indexOf(other));
        }
        Optional<Double> number = Amounts.number(one);
        Optional<Double> otherNumber = Amounts.number(other);
        if (number.isPresent() && otherNumber.isPresent()) {
            return Double.compare(number.get(), otherNumber.get());
        }
        if (number.isPresent() != otherNumber.isPresent()) {
            return number.isPresent() ? -1 : 1;
        }
        return one.compareTo(other);
    }
}
