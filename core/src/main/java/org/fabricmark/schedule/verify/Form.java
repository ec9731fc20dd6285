package org.fabricmark.schedule.verify;

import org.fabricmark.algorithm.Emission;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.lowering.Lowering;
import org.fabricmark.schedule.lowering.Reach;

/** Which form of an algorithm's schedules is proven. */
public enum Form {
    /** As emitted: all ranks reach each other's memory. */
    DIRECT("direct"),
    /** No rank reaches another's memory. */
    LOWERED("lowered"),
    /** Two hosts: each half of the ranks shares memory, and a network lies between the halves. */
    MIXED("mixed");

    private final String label;

    Form(String label) {
        this.label = label;
    }

    /** For listings and messages. */
    public String label() {
        return label;
    }

    /** The call to prove. */
    public Call call(Emission emission) {
        Call direct = Call.direct(emission);
        return this == DIRECT ? direct : direct.lowered(this::lower);
    }

    /** One rank's schedule in this form. */
    public Schedule lower(Schedule schedule) {
        int half = (schedule.shape().size() + 1) / 2;
        return switch (this) {
            case DIRECT -> schedule;
            case LOWERED -> Lowering.lower(schedule, Reach.NONE);
            case MIXED -> Lowering.lower(schedule, (from, to) -> from / half == to / half);
        };
    }
}
