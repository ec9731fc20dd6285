package org.fabricmark.bench.harness;

import org.fabricmark.bench.cases.Conditions;
import org.fabricmark.collective.Collective;

/**
 * What all rows of a table share: the facts of its header.
 *
 * @param collective what is computed
 * @param transport transport and options
 * @param conditions under which conditions
 * @param ranks how many
 * @param cores processors that this JVM may use
 * @param waiting what a rank does while it waits: {@code spin} or {@code yield}
 * @param kernels which loops touch the data
 * @param seed of order and data
 * @param repetition which run of the sweep this is, from 1
 * @param registration what the windows of these ranks have cost, once for all of their tables
 */
public record TableFacts(
        Collective collective,
        String transport,
        Conditions conditions,
        int ranks,
        int cores,
        String waiting,
        String kernels,
        long seed,
        int repetition,
        Registration registration) {

    /** Whether there are more ranks than cores. */
    public boolean oversubscribed() {
        return ranks > cores;
    }
}
