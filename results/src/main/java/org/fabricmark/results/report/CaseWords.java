package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;

/** Names for cells and groups of cells, for people. */
final class CaseWords {
    /** Parts that are said only where they are not what everybody expects. */
    private static final List<CasePart> CONDITIONS = List.of(CasePart.PLACEMENT, CasePart.MEMORY, CasePart.CADENCE,
            CasePart.BUFFERS, CasePart.ARRIVAL);

    private CaseWords() {}

    /** What all cells of a picture have in common: {@code all-reduce, 2 ranks as threads, float, sum, out of place}. */
    static String ofSweep(CaseKey key) {
        if (key.isPrimitive()) {
            return String.join(", ", ofPrimitive(key, key.primitive().name()));
        }
        List<String> words = new ArrayList<>(List.of(key.collective(), ranks(key), key.type()));
        if (!key.op().equals("none")) {
            words.add(key.op());
        }
        if (!isDefault(key, CasePart.ROOT)) {
            words.add("root " + key.root().text());
        }
        words.add(key.inPlace() ? "in place" : "out of place");
        words.addAll(conditions(key));
        return String.join(", ", words);
    }

    /** What all rows of a table have in common: {@code all-reduce over shm, 2 ranks as threads}. */
    static String ofTable(CaseKey key) {
        if (key.isPrimitive()) {
            return String.join(", ", ofPrimitive(key, key.primitive().name() + " over " + key.transport()));
        }
        List<String> words = new ArrayList<>(List.of(key.collective() + " over " + key.transport(), ranks(key)));
        words.addAll(conditions(key));
        return String.join(", ", words);
    }

    /** What all places of a map have in common: {@code all-reduce, float, sum, as threads}. */
    static String ofMap(CaseKey key) {
        List<String> words = new ArrayList<>(List.of(key.collective(), key.type()));
        if (!key.op().equals("none")) {
            words.add(key.op());
        }
        if (!isDefault(key, CasePart.ROOT)) {
            words.add("root " + key.root().text());
        }
        words.add("ranks as " + key.launch());
        words.addAll(conditions(key));
        return String.join(", ", words);
    }

    /** What tells the lines of a picture apart: {@code ring over shm}. */
    static String ofLine(CaseKey key) {
        return key.isPrimitive() ? key.primitive().name() + " over " + key.transport()
                : key.algorithm() + " over " + key.transport();
    }

    /** {@code write-bw, 2 ranks as threads, tx_depth 128, qps 1}. */
    private static List<String> ofPrimitive(CaseKey key, String name) {
        List<String> words = new ArrayList<>(List.of(name, ranks(key)));
        CasePart.QUEUEING.stream().filter(part -> !isDefault(key, part))
                .forEach(part -> words.add(part.key() + " " + key.text(part)));
        words.addAll(conditions(key));
        return words;
    }

    /** The algorithm as tables show it; where the choice was left to the library, both. */
    static String algorithm(CaseResult result) {
        return result.key().algorithm().equals(CaseKey.AUTO) ? CaseKey.AUTO + ":" + result.algorithmSelected()
                : result.key().algorithm();
    }

    private static String ranks(CaseKey key) {
        return key.ranks() + (key.ranks() == 1 ? " rank as " : " ranks as ") + key.launch();
    }

    private static List<String> conditions(CaseKey key) {
        return CONDITIONS.stream().filter(part -> !isDefault(key, part))
                .map(part -> part.key() + " " + key.text(part)).toList();
    }

    private static boolean isDefault(CaseKey key, CasePart part) {
        return part.defaultFor(key.collective()).equals(Optional.of(key.text(part)));
    }
}
