package org.fabricmark.results.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.StoredRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each kind of damage is one clear line, and reading changes nothing. */
class DamagedFilesTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void save() {
        RunFolder.prepare(folder).save(Samples.RUN, Samples.STORED.samples());
    }

    @Test
    void shouldRefuseACompressedFileThatWasCut() throws IOException {
        Path samples = folder.resolve(RunFolder.SAMPLES);
        byte[] whole = Files.readAllBytes(samples);
        for (int length : new int[] {0, 5, whole.length / 2, whole.length - 1}) {
            Files.write(samples, Arrays.copyOf(whole, length));
            assertRefused(samples + " ends before its data do: it was cut");
        }
    }

    @Test
    void shouldRefuseWhatIsNotCompressed() throws IOException {
        Path samples = Files.writeString(folder.resolve(RunFolder.SAMPLES), "{\"schemaVersion\":1}");
        assertRefused(samples + " is not whole: Not in GZIP format");
    }

    @Test
    void shouldRefuseSamplesThatLackALine() throws IOException {
        changeSamples(text -> text.substring(0, text.lastIndexOf("{\"cellId\"")));
        assertRefused("run.samples.jsonl.gz announces 2 launches, but has 1: it was cut or changed");
    }

    @Test
    void shouldRefuseAFileThatExpandsTooFar() throws IOException {
        changeSamples(text -> text + "\n".repeat(100_000));
        Path samples = folder.resolve(RunFolder.SAMPLES);
        assertTrue(Files.size(samples) < 3000);
        Exception refusal = assertThrows(RunFormatException.class,
                () -> SamplesFileReader.read(samples, Samples.RUN, 50_000));
        assertEquals(samples + " expands to more than 50000 bytes, which no run does:"
                + " it is damaged or not made by this suite", refusal.getMessage());
    }

    @Test
    void shouldRefuseALineThatExpandsTooFar() throws IOException {
        byte[] zip = zip(out -> {
            byte[] blanks = " ".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i <= LimitedInput.MOST_IN_LINE >> 20; i++) {
                out.write(blanks);
            }
        });
        Files.write(folder.resolve(RunFolder.SAMPLES), zip);
        assertRefused("run.samples.jsonl.gz has a line of more than 33554432 bytes, which no run has:"
                + " it is damaged or not made by this suite");
    }

    @Test
    void shouldRefuseSamplesOfAnotherRun() throws IOException {
        changeSamples(text -> text.replace(Samples.RUN.id(), "20200101T000000Z-abc"));
        assertRefused("run.samples.jsonl.gz belongs to run 20200101T000000Z-abc, but the run beside it is "
                + Samples.RUN.id());
    }

    @Test
    void shouldRefuseSamplesThatCannotBe() throws IOException {
        changeSamples(text -> text.replace("\"schemaVersion\":1", "\"schemaVersion\":2"));
        assertRefused("run.samples.jsonl.gz has schemaVersion 2; this build reads up to 1:"
                + " use the build that wrote it, or a newer one");
        changeSamples(text -> text.replace("[500,520,510]", "[]"));
        assertRefused("run.samples.jsonl.gz line 2: launch 0 has no samples");
        changeSamples(text -> text.replace("[500,520,510]", "[500,\"NaN\",510]"));
        assertRefused("run.samples.jsonl.gz line 2: 'NaN' in 'batchNs' is not a number");
        changeSamples(text -> text.replace("\"launch\":1", "\"launch\":0"));
        assertRefused("run.samples.jsonl.gz line 3: launch 0 of case '" + Samples.FULL_KEY + "' is there twice");
        changeSamples(text -> text.replace(Samples.FULL_KEY.id(), "0123456789abcdef"));
        assertRefused("run.samples.jsonl.gz line 2: the run has no cell '0123456789abcdef'");
        changeSamples(text -> text.replace("\"hdr\":\"", "\"hdr\":\"AAAA"));
        assertTrue(refusal().matches(".*line 3: 'AAAAHISTFAAAA...\\.\\.\\.' is not a compressed HdrHistogram"),
                refusal());
    }

    @Test
    void shouldRefuseCasesThatWereCut() throws IOException {
        Path jmh = folder.resolve(RunFolder.JMH);
        String whole = Files.readString(jmh);
        for (int length : new int[] {1, 50, whole.length() / 2, whole.length() - 3}) {
            Files.writeString(jmh, whole.substring(0, length));
            String refusal = refusal();
            assertEquals(1, refusal.lines().count(), refusal);
            assertTrue(refusal.matches(".*run\\.jmh\\.json cannot be read: .* \\(line \\d+, column \\d+\\)"), refusal);
        }
    }

    @Test
    void shouldRefuseCasesThatCannotBe() throws IOException {
        change(RunFolder.JMH, text -> text.replaceAll("(?s)\\n(\\{\"x-fabricmark.*?)(?=,\\n)", "\n$1,\n$1"));
        assertRefused("run.jmh.json result 2: case '" + Samples.FULL_KEY + "' is there twice");
        change(RunFolder.JMH, text -> text.replace("\"time_us\":12,", "\"time_us\":\"NaN\","));
        assertRefused("run.jmh.json result 2: time_us 'NaN' is not a finite number");
        change(RunFolder.JMH, text -> text.replace("\"time_us\":12,", "\"time_us\":NaN,"));
        assertTrue(refusal().contains("cannot be read: Non-standard token 'NaN'"), refusal());
        change(RunFolder.JMH, text -> text.replace("\"calls\":5,", "\"calls\":0,"));
        assertRefused("run.jmh.json result 2: calls '0' is below 1");
        change(RunFolder.JMH, text -> text.replace("{\"schemaVersion\":1", "{\"schemaVersion\":7"));
        assertRefused("run.jmh.json result 1 has schemaVersion 7; this build reads up to 2:"
                + " use the build that wrote it, or a newer one");
        change(RunFolder.JMH, text -> text.replace(Samples.RUN.id(), "20200101T000000Z-abc"));
        assertRefused("run.jmh.json result 1 belongs to run 20200101T000000Z-abc, but the run beside it is "
                + Samples.RUN.id());
        change(RunFolder.JMH, text -> text.replace("\"x-fabricmark\"", "\"x-other\""));
        assertRefused("run.jmh.json result 1 has no 'x-fabricmark': 'fabricmark import' reads what JMH itself wrote");
        change(RunFolder.JMH, text -> "{}");
        assertRefused("run.jmh.json is not a list of JMH results: it does not begin with '['");
        change(RunFolder.JMH, text -> text + "[]");
        assertRefused("run.jmh.json has something after its list of results");
    }

    @Test
    void shouldRefuseSurroundingsThatCannotBe() throws IOException {
        change(RunFolder.SURROUNDINGS, text -> text.replace("\"schemaVersion\":1", "\"schemaVersion\":2"));
        assertRefused("run.env.json has schemaVersion 2; this build reads up to 1: use the build that wrote it, or a"
                + " newer one");
        change(RunFolder.SURROUNDINGS, text -> text.substring(0, 100));
        assertTrue(refusal().contains("run.env.json cannot be read: "), refusal());
        change(RunFolder.SURROUNDINGS, text -> text.replace("\"runId\"", "\"runIdentity\""));
        assertRefused("run.env.json is not what surrounds a run: it has no 'runId'");
    }

    private void assertRefused(String end) throws IOException {
        String refusal = refusal();
        assertTrue(refusal.endsWith(end), refusal + "\n  is not\n" + end);
    }

    /** What reading everything says; the folder is the same afterwards. */
    private String refusal() throws IOException {
        Map<String, byte[]> before = content();
        Exception refusal = assertThrows(RunFormatException.class, () -> {
            StoredRun run = RunFolder.read(folder);
            run.launches(Samples.FULL);
        });
        Map<String, byte[]> after = content();
        assertEquals(before.keySet(), after.keySet());
        before.forEach((name, bytes) -> assertArrayEquals(bytes, after.get(name)));
        return refusal.getMessage();
    }

    private Map<String, byte[]> content() throws IOException {
        Map<String, byte[]> content = new TreeMap<>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                content.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return content;
    }

    /** Replaces a file by what the run as it was saved would have, changed. */
    private void change(String name, UnaryOperator<String> how) throws IOException {
        ByteArrayOutputStream right = new ByteArrayOutputStream();
        if (name.equals(RunFolder.JMH)) {
            JmhFile.write(Samples.RUN, Samples.STORED.samples(), right);
        } else {
            SurroundingsFile.write(Samples.RUN, right);
        }
        String text = right.toString(StandardCharsets.UTF_8);
        String changed = how.apply(text);
        assertNotEquals(text, changed);
        Files.writeString(folder.resolve(name), changed);
    }

    private void changeSamples(UnaryOperator<String> how) throws IOException {
        ByteArrayOutputStream right = new ByteArrayOutputStream();
        SamplesFile.write(Samples.RUN, Samples.STORED.samples(), right);
        String text;
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(right.toByteArray()))) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        String changed = how.apply(text);
        assertNotEquals(text, changed);
        Files.write(folder.resolve(RunFolder.SAMPLES),
                zip(out -> out.write(changed.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] zip(WholeFile.Content content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            content.writeTo(out);
        }
        return bytes.toByteArray();
    }
}
