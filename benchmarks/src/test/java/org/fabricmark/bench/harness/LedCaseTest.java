package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bootstrap.Pinning;
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

    @Test
    void shouldMeasureATimeThatIsKnown() {
        Duration late = Duration.ofMillis(2);
        try (LedCase led = LedCase.late(Cases.allReduce(2, 8), Pinning.NONE, Duration.ofSeconds(30), 1, late)) {
            led.begin();
            led.call();
            double loopUs = led.end().loopUs();
            assertEquals(0, led.wrong());
            // Never less; more only by what a busy machine adds.
            assertTrue(loopUs > 0.999 * late.toNanos() / 1e3, loopUs + " us");
            assertTrue(loopUs < 10 * late.toNanos() / 1e3, loopUs + " us");
        }
    }

    private static void lead(BenchmarkCase subject) {
        List<String> said = new CopyOnWriteArrayList<>();
        try (LedCase led = new LedCase(
                subject, Pinning.NONE, Duration.ofSeconds(30), 1, (_, line) -> said.add(line))) {
            led.practise(1_000_000);
            for (int iteration = 0; iteration < 3; iteration++) {
                led.begin();
                for (int call = 0; call < 10 * iteration; call++) {
                    led.call();
                }
                LedCase.Surroundings beside = led.end();
                assertEquals(0, led.wrong(), subject.collective().label());
                assertTrue(beside.loopUs() > 0, "no time in our own loop");
                assertTrue(beside.exchangeNanos().orElseThrow() > 0, "no exchange");
                assertTrue(beside.skewUs().orElseThrow() >= 0, "no skew");
            }
        }
        assertEquals(Map.of(), Cases.ranks());
        assertEquals(List.of(), said);
    }
}
