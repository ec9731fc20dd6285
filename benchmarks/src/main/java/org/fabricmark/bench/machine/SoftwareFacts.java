package org.fabricmark.bench.machine;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.JvmFlags;

/**
 * What runs on the machine.
 *
 * @param files where to read
 */
record SoftwareFacts(SystemFiles files) {
    private static final Pattern GLIBC = Pattern.compile("GNU C Library [^\0]{0,80}?release version ([0-9.]+[0-9])");

    Environment.Software all() {
        return new Environment.Software(
                Optional.of(System.getProperty("os.name") + " " + System.getProperty("os.version")),
                files.value("etc/os-release", "PRETTY_NAME", '=').map(name -> name.replace("\"", "")),
                libc(),
                container(),
                Optional.of(System.getProperty("java.vm.name")),
                Optional.of(System.getProperty("java.vm.vendor")),
                Optional.of(System.getProperty("java.vm.version")),
                JvmFlags.recordable(ManagementFactory.getRuntimeMXBean().getInputArguments()),
                Optional.of(ManagementFactory.getGarbageCollectorMXBeans().stream()
                        .map(collector -> collector.getName())
                        .collect(Collectors.joining(", "))),
                libraries());
    }

    /** The C library carries its version as a text, wherever the distribution keeps it. */
    Optional<String> libc() {
        return Stream.of("lib/x86_64-linux-gnu/libc.so.6", "lib/aarch64-linux-gnu/libc.so.6", "lib64/libc.so.6",
                "usr/lib64/libc.so.6", "usr/lib/libc.so.6")
                .flatMap(path -> files.bytesAsText(path).stream())
                .map(GLIBC::matcher)
                .filter(Matcher::find)
                .map(found -> "glibc " + found.group(1))
                .findFirst()
                .or(() -> files.names("lib").stream().anyMatch(name -> name.startsWith("ld-musl-"))
                        ? Optional.of("musl")
                        : Optional.empty());
    }

    private Optional<String> container() {
        if (System.getenv("KUBERNETES_SERVICE_HOST") != null) {
            return Optional.of("kubernetes");
        }
        if (files.exists(".dockerenv")) {
            return Optional.of("docker");
        }
        return files.exists("run/.containerenv") ? Optional.of("podman") : Optional.empty();
    }

    /** Netty tells its version in a file of its own; asking for it needs none of its classes. */
    private static SortedMap<String, String> libraries() {
        SortedMap<String, String> libraries = new TreeMap<>();
        try (InputStream in = ClassLoader.getSystemResourceAsStream("META-INF/io.netty.versions.properties")) {
            if (in != null) {
                Properties versions = new Properties();
                versions.load(in);
                // Each part of it has such a file, and of a merged jar any of them may be left.
                versions.stringPropertyNames().stream().filter(name -> name.endsWith(".version")).findAny()
                        .ifPresent(name -> libraries.put("netty", versions.getProperty(name)));
            }
        } catch (IOException unreadable) {
            return libraries; // a fact that cannot be read is unknown
        }
        return libraries;
    }
}
