package org.fabricmark.results.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class EnvironmentTest {
    @Test
    void shouldKeepOnlyFlagsThatCanChangeSpeed() {
        List<String> given = List.of("-Xmx512m", "-XX:+UseParallelGC", "-Dpassword=secret", "--add-modules",
                "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-javaagent:/home/u/agent.jar=x", "-cp",
                "/home/u/classes", "-XX:HeapDumpPath=/home/u/dump", "-Xlog:gc:/home/u/gc.log",
                "--module-path=/home/u/m",
                "-agentlib:jdwp=address=host:5005", "--add-opens=java.base/java.lang=ALL-UNNAMED");
        Environment.Software software = Environment.Software.of(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), given);
        assertEquals(
                List.of("-Xmx512m", "-XX:+UseParallelGC", "--add-modules", "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED", "-XX:HeapDumpPath=...", "-Xlog:gc:...",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED"),
                software.jvmFlags());
    }

    @Test
    void shouldNameTheFactsThatDiffer() {
        Environment.Hardware one = hardware("A", OptionalInt.of(2));
        Environment.Hardware other = hardware("B", OptionalInt.empty());
        assertEquals(List.of("cpuModel (A / B)", "cores (2 / unknown)"),
                one.facts().differences(other.facts()).stream().map(Facts.Difference::toString).toList());
        assertEquals(List.of(true, false),
                one.facts().differences(other.facts()).stream().map(Facts.Difference::certain).toList());
        assertNotEquals(one.id(), other.id());
        assertEquals(one.id(), hardware("A", OptionalInt.of(2)).id());
    }

    @Test
    void shouldLeaveDisturbancesOutOfTheNameOfAState() {
        assertEquals(state("performance", 0.5).id(), state("performance", 7).id());
        assertNotEquals(state("performance", 0.5).id(), state("powersave", 0.5).id());
        assertEquals("7", state("performance", 7).facts().texts().get("stealPercent"));
    }

    private static Environment.Hardware hardware(String model, OptionalInt cores) {
        return Environment.Hardware.of(Optional.of(model), cores, OptionalInt.empty(),
                new TreeMap<>(Map.of("L1d", 32_768L)), OptionalLong.empty());
    }

    private static Environment.State state(String governor, double steal) {
        return Environment.State.of(Optional.of(governor), Optional.empty(), OptionalDouble.empty(),
                OptionalLong.empty(), OptionalDouble.of(steal), OptionalLong.empty());
    }
}
