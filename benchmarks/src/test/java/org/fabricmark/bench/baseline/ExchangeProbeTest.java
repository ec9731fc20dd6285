package org.fabricmark.bench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ExchangeProbeTest {
    private static final long SHORT = 1_000_000;

    private static final LongConsumer NOTHING_KNOWN = waited -> {};

    private final Arena arena = Arena.ofShared();
    private final SharedLines lines = new SharedLines(
            arena.allocate((long) ExchangeProbe.LINES * SharedLines.SPACING, SharedLines.SPACING).address());

    @AfterEach
    void giveMemoryBack() {
        arena.close();
    }

    @Test
    void shouldEndBothSidesTogetherAgainAndAgain() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread other = Thread.ofPlatform().start(() -> {
            try {
                ExchangeProbe side = new ExchangeProbe(lines, 0, 1, NOTHING_KNOWN);
                for (int i = 0; i < 5; i++) {
                    side.exchange(SHORT);
                    side.roundTrip(SHORT);
                }
            } catch (RuntimeException e) {
                failure.set(e);
            }
        });
        ExchangeProbe side = new ExchangeProbe(lines, 0, 0, NOTHING_KNOWN);
        for (int i = 0; i < 5; i++) {
            assertTrue(side.exchange(SHORT) > 0);
            assertTrue(side.roundTrip(SHORT) > 0);
        }
        other.join();
        assertEquals(null, failure.get());
        assertEquals(lines.getAcquire(0) >>> 1, lines.getAcquire(1) >>> 1, "both made equally many");
    }

    @Test
    void shouldGiveUpWhenTheOtherSideIsKnownToHaveFailed() {
        ExchangeProbe alone = new ExchangeProbe(lines, 0, 0, waited -> {
            throw new IllegalStateException("rank 1 is dead");
        });
        assertEquals(
                "rank 1 is dead",
                assertThrows(IllegalStateException.class, () -> alone.exchange(SHORT)).getMessage());
    }

    @Test
    void shouldGiveUpWhenItIsInterruptedWhileTheOtherSideIsAbsent() throws InterruptedException {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread alone = Thread.ofPlatform().start(() -> {
            try {
                new ExchangeProbe(lines, 0, 0, NOTHING_KNOWN).exchange(SHORT);
            } catch (IllegalStateException e) {
                failure.set(e);
            }
        });
        alone.interrupt();
        assertTrue(alone.join(Duration.ofSeconds(30)));
        assertInstanceOf(IllegalStateException.class, failure.get());
    }
}
