package org.fabricmark.bench.machine;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.fabricmark.results.model.Environment;

/**
 * Settings of the machine, and what disturbs it.
 *
 * @param files where to read
 */
record StateFacts(SystemFiles files) {
    /** A variable that a service of continuous integration sets, and what to call the service. */
    private static final Map<String, String> SERVICES = Map.of("GITHUB_ACTIONS", "github", "GITLAB_CI", "gitlab",
            "JENKINS_URL", "jenkins", "BUILDKITE", "buildkite", "CIRCLECI", "circleci", "TF_BUILD", "azure");

    private static final double MILLI = 1e3;

    Environment.State all(Disturbances disturbances) {
        ControlGroup group = new ControlGroup(files);
        return new Environment.State(
                files.text("sys/devices/system/cpu/cpu0/cpufreq/scaling_governor"),
                boost(),
                files.text("sys/devices/system/cpu/smt/control"),
                hugePages(),
                whole("proc/sys/kernel/randomize_va_space"),
                files.text("sys/devices/system/clocksource/clocksource0/current_clocksource"),
                group.cpus(),
                group.memoryBytes(),
                files.value("proc/self/status", "Cpus_allowed_list", ':'),
                service(System.getenv()),
                Optional.ofNullable(System.getenv("ImageOS")),
                load().map(OptionalDouble::of).orElse(OptionalDouble.empty()),
                celsius(),
                disturbances.stealPercent(),
                disturbances.throttledPeriods());
    }

    /** Said by most drivers, and the other way round by Intel's. */
    private Optional<Boolean> boost() {
        return files.text("sys/devices/system/cpu/cpufreq/boost").map("1"::equals)
                .or(() -> files.text("sys/devices/system/cpu/intel_pstate/no_turbo").map("0"::equals));
    }

    /** The word in brackets is the one that is set. */
    private Optional<String> hugePages() {
        return files.text("sys/kernel/mm/transparent_hugepage/enabled")
                .filter(text -> text.indexOf('[') >= 0 && text.indexOf(']') > text.indexOf('['))
                .map(text -> text.substring(text.indexOf('[') + 1, text.indexOf(']')));
    }

    private OptionalInt whole(String path) {
        OptionalLong number = files.text(path).map(SystemFiles::number).orElse(OptionalLong.empty());
        return number.isPresent() ? OptionalInt.of((int) number.getAsLong()) : OptionalInt.empty();
    }

    /** Of the variables only that one of them is there is told. */
    static Optional<String> service(Map<String, String> variables) {
        return SERVICES.entrySet().stream().filter(service -> variables.containsKey(service.getKey()))
                .map(Map.Entry::getValue).sorted().findFirst();
    }

    /** How many threads wanted to run in the last minute, on average. */
    Optional<Double> load() {
        return files.text("proc/loadavg").map(text -> text.split(" ")[0]).map(Double::valueOf);
    }

    private OptionalDouble celsius() {
        return files.names("sys/class/thermal").stream().filter(name -> name.startsWith("thermal_zone"))
                .flatMap(zone -> files.text("sys/class/thermal/" + zone + "/temp").stream())
                .flatMapToLong(text -> SystemFiles.number(text).stream())
                .mapToDouble(milli -> milli / MILLI)
                .max();
    }
}
