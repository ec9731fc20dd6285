package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CaseResult;
import org.junit.jupiter.api.Test;

class SoakTest {
    private final Queue<OptionalLong> resident =
            new ArrayDeque<>(List.of(OptionalLong.of(100 << 20), OptionalLong.of(101 << 20)));
    private final Soak soak = new Soak(2, resident::remove);

    private void add(long calls, long wrong) {
        CaseKey key = CaseKey.builder("all-reduce").transport("shm").inPlace(false).bytes(8).build();
        soak.add(CaseResult.builder(key, 2, calls, 1).algorithmSelected("ring").timeUs(1).wrong(wrong).build());
    }

    @Test
    void shouldSumUpWholeRepetitionsAndTheCallsOfTheOneThatWasInterrupted() {
        for (int i = 0; i < 5; i++) {
            add(1000, 0);
        }
        assertEquals("2 repetitions, 5,000 timed calls, 0 wrong elements;"
                + " resident 100 MiB after the first, 101 MiB after the last", soak.summary());
        assertTrue(soak.isGood());
    }

    @Test
    void shouldKeepInMindThatDataWereWrong() {
        add(10, 3);
        add(10, 0);
        assertFalse(soak.isGood());
        assertEquals("1 repetitions, 20 timed calls, 3 wrong elements;"
                + " resident 100 MiB after the first, 100 MiB after the last", soak.summary());
    }

    @Test
    void shouldSayNothingOfMemoryBeforeTheFirstRepetitionIsOver() {
        add(10, 0);
        assertEquals("0 repetitions, 10 timed calls, 0 wrong elements; resident - after the first, - after the last",
                soak.summary());
    }
}
