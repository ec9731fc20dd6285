package org.fabricmark.bench.harness;

import java.util.PrimitiveIterator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JustInTimeTest {
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void shouldLookUntilNothingWasCompiledForThreeLooks() {
        PrimitiveIterator.OfLong worked = LongStream.of(5, 9, 9, 9, 12, 12, 12, 12, 12).iterator();
        JustInTime.awaitQuiet(worked::nextLong, () -> looks.incrementAndGet() > 0);
        assertEquals(7, looks.get(), "the last three of them saw what the one before saw");
    }

    @Test
    void shouldGiveUpOnACompilerThatIsNeverQuiet() {
        PrimitiveIterator.OfLong worked = LongStream.range(0, 100).iterator();
        JustInTime.awaitQuiet(worked::nextLong, () -> looks.incrementAndGet() < 50);
        assertEquals(50, looks.get());
    }

    @Test
    @Timeout(20)
    void shouldReturnAtOnceWhenInterrupted() {
        Thread.currentThread().interrupt();
        JustInTime.awaitQuiet(Long.MAX_VALUE);
        assertTrue(Thread.interrupted());
        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void shouldKnowWhatThisVirtualMachineHasCompiled() {
        long before = JustInTime.millis();
        IntStream.range(0, 10).forEach(_ -> assertTrue(JustInTime.millis() >= before));
    }
}
