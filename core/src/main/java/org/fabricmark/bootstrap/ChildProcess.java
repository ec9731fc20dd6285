package org.fabricmark.bootstrap;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;

/**
 * One process that we have started, with the two threads that listen to it. The first reads its reports and then waits for its
 * end; the second passes on what it complains of.
 *
 * <p>Thread rule: the thread that started it, except where a method says otherwise.
 */
final class ChildProcess {
    /** An exit code above this stands for the signal that ended the process. */
    private static final int SIGNAL_BASE = 128;

    /** What a JVM says on standard error without being asked, and our user has been told or need not know. */
    private static final List<String> UNASKED = List.of(
            "WARNING: Using incubator modules: jdk.incubator.vector", "Picked up JAVA_TOOL_OPTIONS:",
            "NOTE: Picked up JDK_JAVA_OPTIONS:");

    /** Hears of the process, on its threads. */
    interface Listener {
        void ready(int rank);

        /** The process has failed, or has ended without having said that all is well. */
        void failed(Failure failure);

        /** A line that is no report. */
        void said(int rank, String line);
    }

    private final int rank;
    private final String transport;
    private final Process process;
    private final Listener listener;
    private final Thread reports;
    private final Thread complaints;

    private ChildProcess(int rank, String transport, Process process, Listener listener) {
        this.rank = rank;
        this.transport = transport;
        this.process = process;
        this.listener = listener;
        this.reports = Thread.ofPlatform().name("rank-" + rank + "-reports").daemon().unstarted(this::readReports);
        this.complaints = Thread.ofPlatform().name("rank-" + rank + "-errors").daemon().unstarted(this::readComplaints);
    }

    /**
     * @param transport for failures
     * @throws IOException when the process cannot be started
     */
    static ChildProcess start(int rank, String transport, List<String> command, Listener listener) throws IOException {
        ChildProcess child =
                new ChildProcess(rank, transport, new ProcessBuilder(command).start(), listener);
        child.reports.start();
        child.complaints.start();
        return child;
    }

    int rank() {
        return rank;
    }

    /** Sends what the process is waiting for. */
    void describe(JobDescription description) throws IOException {
        description.write(process.getOutputStream());
    }

    /** Tells the process to end, if it still runs: it does so as soon as its standard input is closed. */
    void tell() {
        try (OutputStream stdin = process.getOutputStream()) {
            assert stdin != null;
        } catch (IOException e) {
            process.destroyForcibly(); // it is closed by now, or the process is dead already
        }
    }

    /** Ends the process without asking. */
    void kill() {
        process.destroyForcibly();
    }

    /** Waits for the end of the process and of both threads; says whether they have ended. */
    boolean ended(long millis) throws InterruptedException {
        reports.join(millis);
        complaints.join(millis);
        return !reports.isAlive() && !complaints.isAlive();
    }

    private void readReports() {
        boolean ended = false;
        try (BufferedReader lines = reader(process.getInputStream())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<RankReport> report = RankReport.parse(line);
                switch (report.orElse(null)) {
                    case null -> listener.said(rank, line);
                    case RankReport.Ready _ -> listener.ready(rank);
                    case RankReport.Done _ -> ended = true;
                    case RankReport.Failed(Failure failure) -> {
                        ended = true;
                        listener.failed(failure);
                    }
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            kill(); // what it says cannot be understood
        }
        int code = process.onExit().join().exitValue();
        if (!ended) {
            listener.failed(Failure.of(Category.LINK_LOST, rank, transport, "the process of rank " + rank + " (pid "
                    + process.pid() + ") " + ending(code)));
        }
    }

    private static String ending(int code) {
        return code > SIGNAL_BASE ? "was killed by signal " + (code - SIGNAL_BASE) : "ended with exit code " + code;
    }

    private void readComplaints() {
        try (BufferedReader lines = reader(process.getErrorStream())) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (UNASKED.stream().noneMatch(line::startsWith)) {
                    listener.said(rank, line);
                }
            }
        } catch (IOException e) {
            listener.said(rank, "its further messages are lost: " + e.getMessage());
        }
    }

    private static BufferedReader reader(InputStream stream) {
        return new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
    }
}
