package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.collective.Collective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LedCaseTest {
    @Test
    void shouldServeSomeoneElsesLoopAndCheckItsData() {
        for (Collective collective : Collective.values()) {
            lead(Cases.of(collective, "auto", "shm", 3, false, 1000));
        }
    }

    @Test
    void shouldServeItWithRanksThatAreProcesses() {
        lead(Cases.inProcesses(Cases.allReduce(3, 1000)));
    }

    private static void lead(BenchmarkCase subject) {
        List<String> said = new CopyOnWriteArrayList<>();
        try (LedCase led = new LedCase(subject, Duration.ofSeconds(30), 1, (_, line) -> said.add(line))) {
            for (int iteration = 0; iteration < 3; iteration++) {
                led.begin();
                for (int call = 0; call < 10 * iteration; call++) {
                    led.call();
                }
                assertEquals(0, led.end(), subject.collective().label());
            }
        }
        assertEquals(Map.of(), Cases.ranks());
        assertEquals(List.of(), said);
    }
}
