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

    @Test
    void shouldReadWhatTellsMachinesOfOneModelApart() throws IOException {
        write("proc/cpuinfo", """
                processor\t: 0
                cpu family\t: 25
                model\t\t: 17
                model name\t: Some CPU
                stepping\t: 1
                microcode\t: 0x1000065
                physical id\t: 0
                flags\t\t: fpu hypervisor avx
                processor\t: 1
                physical id\t: 1""");
        write("sys/devices/virtual/dmi/id/sys_vendor", "Some Cloud");
        write("sys/devices/system/node/node0/x", "");
        write("sys/devices/system/node/node1/x", "");
        write("sys/class/net/lo/mtu", "65536");
        Environment.Hardware hardware = new MachineFacts(files()).hardware();
        assertEquals(Optional.of("25-17-1"), hardware.cpuStepping());
        assertEquals(Optional.of("0x1000065"), hardware.microcode());
        assertEquals(OptionalInt.of(2), hardware.sockets());
        assertEquals(OptionalInt.of(2), hardware.numaNodes());
        assertEquals(Optional.of("Some Cloud"), hardware.hypervisor());
        assertEquals(Map.of("lo", "mtu 65536"), hardware.networks());
    }

    @Test
    void shouldReadSettingsAndSigns() throws IOException {
        write("sys/devices/system/cpu/intel_pstate/no_turbo", "0");
        write("sys/devices/system/cpu/smt/control", "off");
        write("proc/sys/kernel/randomize_va_space", "2");
        write("sys/devices/system/clocksource/clocksource0/current_clocksource", "tsc");
        write("proc/self/status", "Name:\tjava\nCpus_allowed_list:\t0-1,4");
        write("proc/loadavg", "0.50 0.40 0.30 1/100 7");
        write("sys/class/thermal/thermal_zone0/temp", "41000");
        write("sys/class/thermal/thermal_zone1/temp", "52500");
        Environment.State state = new MachineFacts(files()).state(Disturbances.start(files()));
        assertEquals(Optional.of(true), state.boost());
        assertEquals(Optional.of("off"), state.simultaneousThreads());
        assertEquals(OptionalInt.of(2), state.addressRandomisation());
        assertEquals(Optional.of("tsc"), state.clockSource());
        assertEquals(Optional.of("0-1,4"), state.cpuset());
        assertEquals(OptionalDouble.of(0.5), state.load());
        assertEquals(OptionalDouble.of(52.5), state.celsius());
        assertEquals(Optional.of("github"), StateFacts.service(Map.of("GITHUB_ACTIONS", "true", "HOME", "/x")));
        assertEquals(Optional.empty(), StateFacts.service(Map.of("HOME", "/x")));
    }

    @Test
    void shouldFindTheVersionOfTheLibraryOfC() throws IOException {
        assertEquals(Optional.empty(), new SoftwareFacts(files()).libc());
        write("lib64/libc.so.6", "\0\u00ff\0GNU C Library (Some 2.36-9) stable release version 2.36.\n\0");
        assertEquals(Optional.of("glibc 2.36"), new SoftwareFacts(files()).libc());
    }

    @Test
    void shouldCountTheTimeInWhichThreadsWaitedForAProcessor() throws IOException {
        write("proc/pressure/cpu", "some avg10=1.00 avg60=1.00 avg300=1.00 total=1000\nfull avg10=0.00 total=7");
        Disturbances since = Disturbances.start(files());
        write("proc/pressure/cpu", "some avg10=1.00 avg60=1.00 avg300=1.00 total=9000000000\nfull avg10=0.00 total=7");
        assertEquals(OptionalDouble.of(100), since.cpuPressurePercent(),
                "more than has passed, as of rounding, is all");
        assertTrue(since.contention().gcCount().isPresent());
    }
}
