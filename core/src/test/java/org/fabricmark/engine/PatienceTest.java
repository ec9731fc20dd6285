package org.fabricmark.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a rank does while it waits, poll by poll. */
@Timeout(20)
class PatienceTest {
    private static final long LONG = TimeUnit.MINUTES.toNanos(1);
    private static final int BEFORE_REST = 64;

    private final ScriptedTransport transport = new ScriptedTransport();

    @Test
    void shouldPollOnceWhereRanksShareCores() {
        transport.pollsPerProgress = 1024;
        assertEquals(1, new Patience(transport, Waiting.YIELD, LONG).rawPolls());
        assertTrue(new Patience(transport, Waiting.SPIN, LONG).rawPolls() > 1);
    }

    @Test
    void shouldRestAfterManyPollsWhereRanksShareCores() {
        Patience patience = new Patience(transport, Waiting.YIELD, LONG);
        poll(patience, BEFORE_REST);
        assertEquals(0, transport.rests);
        poll(patience, 3);
        assertEquals(3, transport.rests);
        patience.reset();
        poll(patience, BEFORE_REST);
        assertEquals(3, transport.rests, "a new wait begins with turns again");
    }

    @Test
    void shouldNeverRestOnACoreOfItsOwn() {
        poll(new Patience(transport, Waiting.SPIN, LONG), 100 * BEFORE_REST);
        assertEquals(0, transport.rests);
    }

    @Test
    void shouldDriveProgressWhileItWaits() {
        for (Waiting waiting : Waiting.values()) {
            transport.progressCalls = 0;
            poll(new Patience(transport, waiting, LONG), 1024);
            assertTrue(transport.progressCalls > 0, waiting + " waits without progress");
        }
    }

    @Test
    void shouldEndAtTheDeadline() {
        Patience patience = new Patience(transport, Waiting.YIELD, 1);
        long polls = 0;
        while (!patience.once()) {
            polls++;
        }
        assertTrue(polls >= BEFORE_REST, "the clock is read every 64 polls, not after " + polls);
        assertTrue(patience.elapsedNanos() > 1);
    }

    private static void poll(Patience patience, int polls) {
        for (int i = 0; i < polls; i++) {
            assertFalse(patience.once());
        }
    }
}
