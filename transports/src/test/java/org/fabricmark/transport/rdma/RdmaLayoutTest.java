package org.fabricmark.transport.rdma;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RdmaLayoutTest {
    @Test
    void shouldKeepSignalAndCreditsApart() {
        for (int signal : new int[] {0, 1, RdmaLayout.MAX_SIGNALS - 1, RdmaLayout.NO_SIGNAL}) {
            for (int credits : new int[] {0, 1, RdmaLayout.MAX_CREDITS}) {
                int immediate = RdmaLayout.immediate(signal, credits);
                assertEquals(signal, RdmaLayout.signal(immediate));
                assertEquals(credits, RdmaLayout.credits(immediate));
            }
        }
        assertTrue(RdmaOptions.MOST_DEPTH / 2 <= RdmaLayout.MAX_CREDITS, "what is given back at once fits");
    }

    @Test
    void shouldKeepRegionAndOffsetApart() {
        for (int region : new int[] {0, 1, RdmaLayout.MAX_REGIONS - 1}) {
            for (long offset : new long[] {0, 1, RdmaLayout.MAX_PART - 1}) {
                long reference = RdmaLayout.reference(region, offset);
                assertEquals(region, RdmaLayout.region(reference));
                assertEquals(offset, RdmaLayout.offset(reference));
            }
        }
    }

    @Test
    void shouldKnowPairOperationAndSequenceOfARequestAlsoWhenTheSequenceIsLong() {
        for (int pair : new int[] {0, 1, RdmaLayout.MAX_PAIRS - 1}) {
            for (RdmaOperation operation : RdmaOperation.values()) {
                for (long sequence : new long[] {0, 1, (1L << 36) - 1, 1L << 36, 1L << 40}) {
                    long id = RdmaLayout.id(pair, operation, sequence);
                    assertEquals(pair, RdmaLayout.pair(id));
                    assertEquals(operation, RdmaLayout.operation(id));
                    assertEquals(0, RdmaLayout.ahead(id, sequence));
                    assertEquals(sequence == 0 ? 0 : 1, RdmaLayout.ahead(id, Math.max(0, sequence - 1)));
                }
            }
        }
    }

    @Test
    void shouldWaitLongerForADeviceThanForAProgram() {
        for (long millis : new long[] {1, 500, 30_000, 3_600_000}) {
            Duration deadline = Duration.ofMillis(millis);
            long all = 8 * RdmaConnector.timeout(deadline).nanos();
            assertTrue(all >= 2 * deadline.toNanos() && all < 5 * deadline.toNanos() + 200_000, millis + " ms");
        }
    }
}
