package org.fabricmark.transport.netty;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Traces of jobs over sockets of this process: meeting places, sockets, threads of Netty, and buffers that leaked. */
final class Leftovers {
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    /** What the JDK keeps for itself once a socket was used. */
    private static final Set<String> ALWAYS_THERE = afterFirstUse();

    private Leftovers() {}

    private static Set<String> afterFirstUse() {
        try (SocketChannel socket = SocketChannel.open();
                Selector selector = Selector.open()) {
            socket.configureBlocking(false);
            socket.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Set.copyOf(descriptors());
    }

    static List<String> ofThisProcess() {
        String mark = "-" + ProcessHandle.current().pid() + "-";
        List<String> found = new ArrayList<>(LeakWitness.leaks());
        try (Stream<Path> files = Files.list(Path.of("/tmp"))) {
            files.map(Path::toString)
                    .filter(name -> name.contains("fabricmark-net-") && name.contains(mark))
                    .forEach(found::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        descriptors().stream().filter(name -> !ALWAYS_THERE.contains(name)).forEach(found::add);
        Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.contains("netty") || name.contains("globalEventExecutor"))
                .forEach(found::add);
        return found;
    }

    private static List<String> descriptors() {
        List<String> found = new ArrayList<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return found;
        }
        try (Stream<Path> descriptors = Files.list(DESCRIPTORS)) {
            for (Path descriptor : descriptors.toList()) {
                try {
                    String target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:") || target.startsWith("anon_inode:")) {
                        found.add(target);
                    }
                } catch (IOException e) {
                    continue; // closed since it was listed
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
