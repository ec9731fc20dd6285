package org.fabricmark.bench.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fabricmark.results.model.Environment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Facts of machines that are folders. */
class MachineFactsTest {
    @TempDir
    Path root;

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text + "\n");
    }

    private SystemFiles files() {
        return new SystemFiles(root);
    }

    @Test
    void shouldReadTheHardware() throws IOException {
        write("proc/cpuinfo", """
                processor\t: 0
                model name\t: Some CPU @ 3 GHz
                physical id\t: 0
                core id\t\t: 0
                processor\t: 1
                model name\t: Some CPU @ 3 GHz
                physical id\t: 0
                core id\t\t: 0
                processor\t: 2
                physical id\t: 1
                core id\t\t: 0""");
        write("proc/meminfo", "MemTotal:       1024 kB\nMemFree: 1 kB");
        write("sys/devices/system/cpu/cpu0/cache/index0/level", "1");
        write("sys/devices/system/cpu/cpu0/cache/index0/type", "Data");
        write("sys/devices/system/cpu/cpu0/cache/index0/size", "32K");
        write("sys/devices/system/cpu/cpu0/cache/index3/level", "3");
        write("sys/devices/system/cpu/cpu0/cache/index3/type", "Unified");
        write("sys/devices/system/cpu/cpu0/cache/index3/size", "2M");
        Environment.Hardware hardware = new MachineFacts(files()).hardware();
        assertEquals(Optional.of("Some CPU @ 3 GHz"), hardware.cpuModel());
        assertEquals(OptionalInt.of(2), hardware.cores());
        assertEquals(OptionalLong.of(1024 * 1024), hardware.memoryBytes());
        assertEquals(Map.of("L1d", 32L * 1024, "L3", 2L * 1024 * 1024), hardware.cacheBytes());
    }

    @Test
    void shouldReadTheState() throws IOException {
        write("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor", "powersave");
        write("sys/kernel/mm/transparent_hugepage/enabled", "always [madvise] never");
        Environment.State state = new MachineFacts(files()).state(Disturbances.start(files()));
        assertEquals(Optional.of("powersave"), state.governor());
        assertEquals(Optional.of("madvise"), state.transparentHugePages());
        assertTrue(state.stealPercent().isEmpty());
    }

    @Test
    void shouldKnowNothingOfAMachineThatSaysNothing() {
        MachineFacts facts = new MachineFacts(files());
        assertTrue(facts.hardware().cpuModel().isEmpty());
        assertTrue(facts.hardware().cores().isEmpty());
        assertTrue(facts.hardware().cacheBytes().isEmpty());
        assertTrue(facts.load().isEmpty());
    }

    @Test
    void shouldReadLimitsOfControlGroupsOfVersion2() throws IOException {
        write("proc/self/cgroup", "0::/a/b");
        write("sys/fs/cgroup/a/b/cpu.max", "150000 100000");
        write("sys/fs/cgroup/a/b/memory.max", "1073741824");
        write("sys/fs/cgroup/a/b/cpu.stat", "nr_periods 10\nnr_throttled 4");
        ControlGroup group = new ControlGroup(files());
        assertEquals(OptionalDouble.of(1.5), group.cpus());
        assertEquals(OptionalLong.of(1 << 30), group.memoryBytes());
        assertEquals(OptionalLong.of(4), group.throttledPeriods());
    }

    @Test
    void shouldReadLimitsOfControlGroupsOfVersion1() throws IOException {
        write("proc/self/cgroup", "4:memory:/a\n1:cpuacct,cpu:/\n0::/");
        write("sys/fs/cgroup/cpu/cpu.cfs_quota_us", "-1");
        write("sys/fs/cgroup/cpu/cpu.cfs_period_us", "100000");
        write("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "9223372036854771712");
        ControlGroup group = new ControlGroup(files());
        assertTrue(group.cpus().isEmpty());
        assertTrue(group.memoryBytes().isEmpty());
        assertFalse(group.throttledPeriods().isPresent());
    }

    @Test
    void shouldCountWhatWasTakenAwaySinceTheStart() throws IOException {
        write("proc/self/cgroup", "0::/");
        write("sys/fs/cgroup/cpu.stat", "nr_throttled 4");
        write("proc/stat", "cpu  100 0 100 800 0 0 0 10 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1");
        Disturbances since = Disturbances.start(files());
        write("proc/stat", "cpu  150 0 100 840 0 0 0 20 0 0\ncpu0 1 1 1 1 1 1 1 1 1 1");
        write("sys/fs/cgroup/cpu.stat", "nr_throttled 6");
        assertEquals(10.0, since.stealPercent().orElseThrow(), 1e-9);
        assertEquals(OptionalLong.of(2), since.throttledPeriods());
    }
}
