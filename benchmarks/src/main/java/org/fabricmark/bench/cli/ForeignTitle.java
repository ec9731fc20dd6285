package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.bench.harness.TableFacts;

/** What a table in another suite's layout says of itself in a comment, because the layout has no place for it. */
final class ForeignTitle {
    private ForeignTitle() {}

    /** Which calls were made. */
    static String of(TableFacts facts, String algorithm) {
        List<String> words = new ArrayList<>(List.of(
                facts.collective().label() + " over " + facts.transport(),
                facts.ranks() + (facts.ranks() == 1 ? " rank" : " ranks") + " as " + facts.conditions().launch(),
                "algorithm " + algorithm));
        words.addAll(facts.conditions().words());
        if (facts.repetition() > 1) {
            words.add("repetition " + facts.repetition());
        }
        return String.join(", ", words);
    }

    /** What the time of a call is. */
    static String timeNote(TableFacts facts) {
        if (!facts.conditions().arrival().none()) {
            return "; of each call from the last rank's entry to the last rank's exit, median over calls";
        }
        return facts.conditions().isolated() ? "; of each call, after a barrier that is not timed, median over calls"
                : "; calls back to back, median over batches of calls";
    }
}
