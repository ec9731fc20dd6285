package org.fabricmark.algorithm;

import org.fabricmark.collective.Collective;

/**
 * What there is to say about an algorithm, whatever the shape.
 *
 * @param collective what it computes
 * @param name the name of the command line, for example {@code two-shot}; unique within its collective
 * @param summary one line: how it works, for a reader who chooses among algorithms
 * @param source where it is described: paper, or book, and what was changed for one-sided puts
 * @param costFormula its cost in the usual letters, for people; {@link Algorithm#cost} is the same as data
 * @param order what is promised about the order in which contributions are combined; proven when claimed
 */
public record Description(
        Collective collective,
        String name,
        String summary,
        String source,
        String costFormula,
        ResultOrder order) {}
