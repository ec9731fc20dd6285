package org.fabricmark.bench.harness;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.fabricmark.collective.Collective;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class LedCaseTest {
    @Test
    void shouldServeSomeoneElsesLoopAndCheckItsData() {
        for (Collective collective : Collective.values()) {
            try (LedCase led = new LedCase(
                    Cases.of(collective, "auto", "shm", 3, false, 1000), Duration.ofSeconds(30), 1)) {
                for (int iteration = 0; iteration < 3; iteration++) {
                    led.begin();
                    for (int call = 0; call < 10 * iteration; call++) {
                        led.call();
                    }
                    assertEquals(0, led.end(), collective.label());
                }
            }
            assertEquals(Map.of(), Cases.ranks());
        }
    }
}
