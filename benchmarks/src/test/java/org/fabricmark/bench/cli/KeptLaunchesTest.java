package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Series;
import org.junit.jupiter.api.Test;

class KeptLaunchesTest {
    private static final Launch LAUNCH = Launch.of(0, 1, Series.of(1, 2, 3));

    private static CaseKey key(long bytes) {
        return CaseKey.builder("all-reduce").transport("shm").inPlace(false).bytes(bytes).build();
    }

    @Test
    void shouldNumberTheRepetitionsOfACase() {
        KeptLaunches kept = new KeptLaunches();
        kept.add(key(8), LAUNCH);
        kept.add(key(16), LAUNCH);
        kept.add(key(8), LAUNCH);
        assertEquals(List.of(0, 1), kept.source().launches(key(8)).stream().map(Launch::number).toList());
        assertEquals(List.of(0), kept.source().launches(key(16)).stream().map(Launch::number).toList());
        assertEquals(0, kept.dropped());
    }

    @Test
    void shouldKeepTheFirstOfEveryCaseWhenThereIsNoRoomForMore() {
        KeptLaunches kept = new KeptLaunches(7);
        for (int repetition = 0; repetition < 5; repetition++) {
            kept.add(key(8), LAUNCH);
        }
        kept.add(key(16), LAUNCH);
        assertEquals(3, kept.source().launches(key(8)).size());
        assertEquals(1, kept.source().launches(key(16)).size());
        assertEquals(2, kept.dropped());
    }
}
