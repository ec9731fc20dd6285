package org.fabricmark.bench.machine;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.fabricmark.results.model.Environment;

/**
 * The machine, as Linux describes it.
 *
 * @param files where to read
 */
record HardwareFacts(SystemFiles files) {
    private static final String CPU = "proc/cpuinfo";
    private static final int MOST_CACHES = 16;

    Environment.Hardware all() {
        return new Environment.Hardware(
                files.value(CPU, "model name", ':').or(() -> files.value(CPU, "Model", ':')),
                stepping(),
                files.value(CPU, "microcode", ':'),
                distinct("physical id", ""),
                distinct("core id", "physical id"),
                OptionalInt.of(Runtime.getRuntime().availableProcessors()),
                caches(),
                nodes(),
                memoryBytes(),
                hypervisor(),
                networks());
    }

    /** Family, model and stepping; on processors of Arm their own numbers. */
    private Optional<String> stepping() {
        String text =
                List.of("cpu family", "model\t", "stepping", "CPU implementer", "CPU part", "CPU revision").stream()
                        .flatMap(key -> files.value(CPU, key, ':').stream())
                        .collect(Collectors.joining("-"));
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** How many different values a key has, together with the last value of another key above it. */
    private OptionalInt distinct(String key, String above) {
        Set<String> values = new HashSet<>();
        String within = "";
        for (String line : files.lines(CPU)) {
            if (!above.isEmpty() && line.startsWith(above)) {
                within = line;
            } else if (line.startsWith(key)) {
                values.add(within + line);
            }
        }
        return values.isEmpty() ? OptionalInt.empty() : OptionalInt.of(values.size());
    }

    SortedMap<String, Long> caches() {
        SortedMap<String, Long> caches = new TreeMap<>();
        for (int index = 0; index < MOST_CACHES; index++) {
            String folder = "sys/devices/system/cpu/cpu0/cache/index" + index + "/";
            Optional<String> level = files.text(folder + "level");
            Optional<String> type = files.text(folder + "type");
            OptionalLong bytes = files.text(folder + "size").map(HardwareFacts::bytes).orElse(OptionalLong.empty());
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

    private static OptionalLong bytes(String size) {
        boolean kibi = size.endsWith("K");
        boolean mebi = size.endsWith("M");
        OptionalLong number = SystemFiles.number(kibi || mebi ? size.substring(0, size.length() - 1) : size);
        long unit = kibi ? 1024 : mebi ? 1024 * 1024 : 1;
        return number.isPresent() ? OptionalLong.of(number.getAsLong() * unit) : number;
    }

    private OptionalInt nodes() {
        long nodes = files.names("sys/devices/system/node").stream().filter(name -> name.matches("node[0-9]+")).count();
        return nodes == 0 ? OptionalInt.empty() : OptionalInt.of((int) nodes);
    }

    private OptionalLong memoryBytes() {
        String kibibytes = files.value("proc/meminfo", "MemTotal", ':').orElse("").replace("kB", "").strip();
        OptionalLong number = SystemFiles.number(kibibytes);
        return number.isPresent() ? OptionalLong.of(number.getAsLong() * 1024) : number;
    }

    /** What calls itself the machine's maker, where the processor says that it is virtual. */
    private Optional<String> hypervisor() {
        boolean virtual = files.value(CPU, "flags", ':').map(flags -> (" " + flags + " ").contains(" hypervisor "))
                .orElse(false);
        return files.text("sys/hypervisor/type").or(
                () -> virtual ? files.text("sys/devices/virtual/dmi/id/sys_vendor").or(() -> Optional.of("yes"))
                        : Optional.empty());
    }

    /** Ranks of one host meet over the loopback interface; its packet size matters to them. */
    private SortedMap<String, String> networks() {
        SortedMap<String, String> networks = new TreeMap<>();
        files.text("sys/class/net/lo/mtu").ifPresent(mtu -> networks.put("lo", "mtu " + mtu));
        return networks;
    }
}
