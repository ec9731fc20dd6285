package org.fabricmark.bench.machine;

import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.JvmFlags;

/**
 * Reads what results depend on besides the code. Reads only what has a place in {@link Environment}.
 *
 * <p>Thread rule: any thread.
 */
public final class MachineFacts {
    private static final int MOST_CACHES = 16;

    private final SystemFiles files;

    /** Facts of this machine. */
    public MachineFacts() {
        this(SystemFiles.HERE);
    }

    MachineFacts(SystemFiles files) {
        this.files = files;
    }

    /**
     * Everything that could be found out.
     *
     * @param suite the build that measures
     * @param disturbances counted since the run began
     */
    public Environment environment(Environment.Suite suite, Disturbances disturbances) {
        return new Environment(hardware(), software(), state(disturbances), suite);
    }

    Environment.Hardware hardware() {
        return Environment.Hardware.of(cpuModel(), cores(), OptionalInt.of(threads()), caches(), memoryBytes());
    }

    private Optional<String> cpuModel() {
        return files.value("proc/cpuinfo", "model name", ':').or(() -> files.value("proc/cpuinfo", "Model", ':'));
    }

    private int threads() {
        return Runtime.getRuntime().availableProcessors();
    }

    private OptionalInt cores() {
        Set<String> cores = new HashSet<>();
        String socket = "";
        for (String line : files.lines("proc/cpuinfo")) {
            if (line.startsWith("physical id")) {
                socket = line;
            } else if (line.startsWith("core id")) {
                cores.add(socket + line);
            }
        }
        return cores.isEmpty() ? OptionalInt.empty() : OptionalInt.of(cores.size());
    }

    private SortedMap<String, Long> caches() {
        SortedMap<String, Long> caches = new TreeMap<>();
        for (int index = 0; index < MOST_CACHES; index++) {
            String folder = "sys/devices/system/cpu/cpu0/cache/index" + index + "/";
            Optional<String> level = files.text(folder + "level");
            Optional<String> type = files.text(folder + "type");
            OptionalLong bytes = files.text(folder + "size").map(MachineFacts::bytes).orElse(OptionalLong.empty());
            if (level.isPresent() && type.isPresent() && bytes.isPresent()) {
                String suffix = switch (type.get()) {
                    case "Data" -> "d";
                    case "Instruction" -> "i";
                    default -> "";
                };
                caches.put("L" + level.get() + suffix, bytes.getAsLong());
            }
        }
        return caches;
    }

    /** The largest cache that a processor of this machine has; empty where it is not told. */
    public OptionalLong lastLevelCacheBytes() {
        return caches().values().stream().mapToLong(Long::longValue).max();
    }

    private static OptionalLong bytes(String size) {
        boolean kibi = size.endsWith("K");
        boolean mebi = size.endsWith("M");
        OptionalLong number = SystemFiles.number(kibi || mebi ? size.substring(0, size.length() - 1) : size);
        long unit = kibi ? 1024 : mebi ? 1024 * 1024 : 1;
        return number.isPresent() ? OptionalLong.of(number.getAsLong() * unit) : number;
    }

    private OptionalLong memoryBytes() {
        String kibibytes = files.value("proc/meminfo", "MemTotal", ':').orElse("").replace("kB", "").strip();
        OptionalLong number = SystemFiles.number(kibibytes);
        return number.isPresent() ? OptionalLong.of(number.getAsLong() * 1024) : number;
    }

    private Environment.Software software() {
        return Environment.Software.of(
                Optional.of(System.getProperty("os.name") + " " + System.getProperty("os.version")),
                files.value("etc/os-release", "PRETTY_NAME", '=').map(name -> name.replace("\"", "")),
                Optional.of(System.getProperty("java.vm.name")),
                Optional.of(System.getProperty("java.vm.version")),
                JvmFlags.recordable(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    }

    Environment.State state(Disturbances disturbances) {
        ControlGroup group = new ControlGroup(files);
        return Environment.State.of(
                governor(),
                hugePages(),
                group.cpus(),
                group.memoryBytes(),
                disturbances.stealPercent(),
                disturbances.throttledPeriods());
    }

    private Optional<String> governor() {
        return files.text("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor");
    }

    /** The word in brackets is the one that is set. */
    private Optional<String> hugePages() {
        return files.text("sys/kernel/mm/transparent_hugepage/enabled")
                .filter(text -> text.indexOf('[') >= 0 && text.indexOf(']') > text.indexOf('['))
                .map(text -> text.substring(text.indexOf('[') + 1, text.indexOf(']')));
    }

    /** How many threads wanted to run in the last minute, on average. */
    Optional<Double> load() {
        return files.text("proc/loadavg").map(text -> text.split(" ")[0]).map(Double::valueOf);
    }

    /** Bytes that are free for shared memory. */
    public OptionalLong freeSharedMemory() {
        return SharedMemorySpace.free(files.root());
    }
}
