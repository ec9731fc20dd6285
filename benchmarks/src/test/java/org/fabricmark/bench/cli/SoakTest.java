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
    private final Queue<Soak.Memory> memory = new ArrayDeque<>(List.of(
            new Soak.Memory(11 << 20, OptionalLong.of(100 << 20)),
            new Soak.Memory(12 << 20, OptionalLong.of(101 << 20))));
    private final Soak soak = new Soak(2, memory::remove);

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
                + " after the first and the last: heap 11 MiB and 12 MiB, resident 100 MiB and 101 MiB",
                soak.summary());
        assertTrue(soak.isGood());
    }

    @Test
    void shouldKeepInMindThatDataWereWrong() {
        add(10, 3);
        add(10, 0);
        assertFalse(soak.isGood());
        assertEquals("1 repetitions, 20 timed calls, 3 wrong elements;"
                + " after the first and the last: heap 11 MiB and 11 MiB, resident 100 MiB and 100 MiB",
                soak.summary());
    }

    @Test
    void shouldSayNothingOfMemoryBeforeTheFirstRepetitionIsOver() {
        add(10, 0);
        assertEquals("0 repetitions, 10 timed calls, 0 wrong elements;"
                + " after the first and the last: heap - and -, resident - and -", soak.summary());
    }
}
