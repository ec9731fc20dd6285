package org.fabricmark.transport.rdma.verbs.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;

/** Random requests, right and wrong ones, against a plain model. */
public abstract class ModelConformance extends VerbsConformance {
    private static final int FEW = 20_000;
    private static final int MANY = Integer.getInteger("fabricmark.stress.requests", 1_000_000);

    /** As {@link VerbsConformance}. */
    protected ModelConformance(Subject subject) {
        super(subject);
    }

    private void compare(int requests) {
        System.out.println("fabricmark.seed=" + seed() + ": " + requests + " random requests over " + subject());
        assertEquals(Optional.empty(), new RandomRequests(subject(), seed()).run(requests));
    }

    @Behaviour("V331")
    void shouldDoWithRandomRequestsAsAPlainModelDoes() {
        compare(FEW);
    }

    @Tag("stress")
    @Timeout(1200)
    @Behaviour("V332")
    void shouldDoWithAMillionRandomRequestsAsAPlainModelDoes() {
        compare(MANY);
    }
}
