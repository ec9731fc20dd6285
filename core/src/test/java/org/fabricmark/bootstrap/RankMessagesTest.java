package org.fabricmark.bootstrap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.TransportSpec;
import org.junit.jupiter.api.Test;

/** What launcher and ranks tell each other. */
class RankMessagesTest {
    private static final Job JOB = new Job(
            "me-1-ab",
            3,
            TransportSpec.parse("queue?depth=4"),
            new CommunicatorConfig(Duration.ofMillis(1500), Waiting.YIELD, 77))
            .withPinning(new Pinning(List.of(5, 0)));

    private static byte[] written(JobDescription description) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        description.write(bytes);
        return bytes.toByteArray();
    }

    @Test
    void shouldReadBackADescription() throws IOException {
        JobDescription given = new JobDescription(JOB, 2, "many\nlines é " + "x".repeat(100_000));
        assertEquals(given, JobDescription.read(new ByteArrayInputStream(written(given))));
    }

    @Test
    void shouldNoticeWhenTheSenderEndsInTheMiddle() throws IOException {
        byte[] bytes = written(new JobDescription(JOB, 2, "work"));
        for (int length : new int[] {0, 7, 20, bytes.length - 1}) {
            assertThrows(
                    EOFException.class,
                    () -> JobDescription.read(new ByteArrayInputStream(Arrays.copyOf(bytes, length))));
        }
    }

    @Test
    void shouldRefuseWhatIsNoDescription() throws IOException {
        assertThrows(
                IllegalArgumentException.class,
                () -> JobDescription.read(new ByteArrayInputStream("hello, rank, do something".getBytes())));
        byte[] wrongRank = written(new JobDescription(JOB, 3, "work"));
        assertThrows(
                IllegalArgumentException.class, () -> JobDescription.read(new ByteArrayInputStream(wrongRank)));
    }

    @Test
    void shouldReadBackReports() {
        Failure failure = new Failure(
                Category.LINK_LOST, 1, Failure.UNKNOWN, 17, "shm?direct=no", 1_500_000_000L, "a b\tc\n+%20 é");
        for (RankReport report : List.of(
                new RankReport.Ready(), new RankReport.Done(), new RankReport.Failed(failure))) {
            assertFalse(report.line().contains("\n"));
            assertEquals(Optional.of(report), RankReport.parse(report.line()));
        }
        assertTrue(RankReport.parse("fabricmark rank ready").isEmpty(), "somebody printed it");
        assertThrows(IllegalArgumentException.class, () -> RankReport.parse(RankReport.MARK + "failed LINK_LOST"));
    }

    @Test
    void shouldGiveProcessesTheFlagsThatMatterAndNoneThatWriteTheSameFile() {
        for (String flag : List.of(
                "-XX:+UseParallelGC", "--add-modules=jdk.incubator.vector", "-ea", "-XX:SharedArchiveFile=a.jsa",
                "-Xlog:all=warning:stderr")) {
            assertTrue(JvmCommand.inherited(flag), flag);
        }
        for (String flag : List.of(
                "-Dfabricmark.stderr=3", "-agentlib:jdwp=transport=dt_socket", "-javaagent:a.jar",
                "-XX:ArchiveClassesAtExit=a.jsa", "-Xlog:gc:file=gc.log")) {
            assertFalse(JvmCommand.inherited(flag), flag);
        }
    }
}
