package org.fabricmark.schedule.verify;

import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.ScheduleText;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.verify.Violation.Kind;

/** The event in hand: a step of a channel, or a user entering or leaving. Answers what has happened before it. */
final class Event {
    private final Knowledge knowledge;
    private Channel at;

    Event(Knowledge knowledge) {
        this.knowledge = knowledge;
    }

    /** What follows happens in {@code channel}. */
    void begin(Channel channel) {
        at = channel;
    }

    /** The access of this event itself. */
    long now() {
        return knowledge.accesses().now(at.actor);
    }

    /** Whether {@code access} is over before this event. */
    boolean isOver(long access) {
        return knowledge.accesses().over(access, at.actor);
    }

    /** Whether the event of {@code rank} at {@code time}, on its first channel in this call, happens before this event. */
    boolean knows(int rank, int time) {
        return knowledge.clocks().knows(at.actor, knowledge.actor(rank, at.call.slot(), 0), time);
    }

    /** An access in words. */
    String describe(long access) {
        return knowledge.describe(access);
    }

    /** A rejection at this event; {@code slice} may be null. */
    Rejection reject(Kind kind, Slice slice, String message) {
        Schedule schedule = at.schedule();
        boolean user = at.number == Channel.USER;
        String text = user ? "entry or exit" : at.ended() ? "end" : ScheduleText.step(schedule, at.step());
        return new Rejection(new Violation(
                kind,
                schedule.shape().collective().label() + " " + schedule.algorithm(),
                at.call.index(),
                at.rank,
                at.number,
                user ? -1 : at.next,
                text,
                slice == null ? message : message + " (" + slice + ")"));
    }
}
