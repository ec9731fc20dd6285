package org.fabricmark.transport.netty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A link that goes down without a word, so that each end still takes its connection for open: two network namespaces with a pair of
 * devices between them. Needs root, and the command {@code ip}.
 */
@Timeout(60)
class HalfOpenPeerTest {
    private static final long DEADLINE_MILLIS = 2000;
    private static final long GRACE_MILLIS = 1000;
    private static final String JOB = "half-open-" + ProcessHandle.current().pid() + "-";

    private final List<String> namespaces =
            List.of("fm0-" + ProcessHandle.current().pid(), "fm1-" + ProcessHandle.current().pid());
    private final List<Process> ranks = new ArrayList<>();

    @AfterEach
    void takeDown() throws Exception {
        ranks.forEach(Process::destroyForcibly);
        for (String namespace : namespaces) {
            ip("netns", "del", namespace);
        }
    }

    /** Whether the command succeeds. */
    private static boolean ip(String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false; // there is no such command
        }
    }

    private boolean linked() throws InterruptedException {
        boolean all = ip("netns", "add", namespaces.get(0)) && ip("netns", "add", namespaces.get(1));
        all = all
                && ip("link", "add", "veth0", "netns", namespaces.get(0), "type", "veth", "peer", "name", "veth1",
                        "netns", namespaces.get(1));
        for (int rank = 0; rank < 2; rank++) {
            String namespace = namespaces.get(rank);
            all = all
                    && ip("-n", namespace, "addr", "add", address(rank) + "/24", "dev", "veth" + rank)
                    && ip("-n", namespace, "link", "set", "lo", "up")
                    && ip("-n", namespace, "link", "set", "veth" + rank, "up");
        }
        return all;
    }

    private static String address(int rank) {
        return "10.213.7." + (1 + rank);
    }

    private BufferedReader start(int rank) throws IOException {
        Process process = new ProcessBuilder(
                "ip", "netns", "exec", namespaces.get(rank),
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules", "jdk.incubator.vector", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"),
                LonelyRank.class.getName(), JOB, "" + rank, address(rank), "" + DEADLINE_MILLIS)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        ranks.add(process);
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    @Test
    void shouldEndBothRanksWithinTheDeadlineWhenTheLinkBetweenThemGoesDown() throws Exception {
        assumeTrue(linked(), "skipped: network namespaces need root and the command 'ip'");
        List<BufferedReader> said = List.of(start(0), start(1));
        assertEquals("together", said.get(0).readLine());
        assertEquals("together", said.get(1).readLine());
        long start = System.nanoTime();
        assertTrue(ip("-n", namespaces.get(0), "link", "set", "veth0", "down"));
        for (int rank = 0; rank < 2; rank++) {
            int peer = 1 - rank;
            String line = String.valueOf(said.get(rank).readLine());
            assertTrue(
                    line.matches("LINK_LOST " + peer + " rank " + rank + " waited 2\\.\\d s for rank " + peer
                            + " at step \\d+ .* over netty.*"),
                    line);
            ranks.get(rank).waitFor();
            long millis = (System.nanoTime() - start) / 1_000_000;
            assertTrue(millis <= DEADLINE_MILLIS + GRACE_MILLIS, "ended after " + millis + " ms");
        }
        try (Stream<Path> files = Files.list(Path.of("/tmp"))) {
            assertEquals(List.of(), files.filter(file -> file.toString().contains(JOB)).toList());
        }
    }
}
