package org.fabricmark.results.model;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class EnvironmentTest {
    @Test
    void shouldKeepOnlyFlagsThatCanChangeSpeed() {
        List<String> given = List.of("-Xmx512m", "-XX:+UseParallelGC", "-Dpassword=secret", "--add-modules",
                "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED", "-javaagent:/home/u/agent.jar=x", "-cp",
                "/home/u/classes", "-XX:HeapDumpPath=/home/u/dump", "-Xlog:gc:/home/u/gc.log",
                "--module-path=/home/u/m",
                "-agentlib:jdwp=address=host:5005", "--add-opens=java.base/java.lang=ALL-UNNAMED");
        Environment.Software software = new Environment.Software(Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty(), given);
        assertEquals(
                List.of("-Xmx512m", "-XX:+UseParallelGC", "--add-modules", "jdk.incubator.vector",
                        "--enable-native-access=ALL-UNNAMED", "-XX:HeapDumpPath=...", "-Xlog:gc:...",
                        "--add-opens=java.base/java.lang=ALL-UNNAMED"),
                software.jvmFlags());
    }
}
