package org.fabricmark.bench.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.fabricmark.bench.baseline.Baseline;
import org.fabricmark.bench.baseline.BaselineProbe;
import org.fabricmark.results.model.MachineLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MachineExaminationTest {
    @Test
    void shouldProbeEveryLimitUpToTheWorkingSetThatFits() {
        List<String> progress = new ArrayList<>();
        Baseline baseline = new BaselineProbe(256 * 1024, progress::add).run();
        MachineLimits limits = baseline.limits();
        assertTrue(limits.clockNs().orElseThrow() > 0);
        assertTrue(limits.emptyScheduleNs().orElseThrow() > 0);
        assertTrue(limits.futexWakeUs().orElseThrow() > 0);
        assertTrue(limits.yieldSwitchUs().orElseThrow() > 0);
        assertEquals(List.of(16384L, 65536L, 262144L), List.copyOf(limits.copyGBs().keySet()));
        assertEquals(limits.copyGBs().keySet(), limits.reduceGBs().keySet());
        limits.copyGBs().values().forEach(rate -> assertTrue(rate > 0));
        if (Runtime.getRuntime().availableProcessors() > 1) {
            assertTrue(limits.exchangeNs().orElseThrow() > 0);
            assertTrue(limits.roundTripNs().orElseThrow() > 0);
        }
        assertFalse(progress.isEmpty());
    }
}
