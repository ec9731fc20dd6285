package org.fabricmark.results.format;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.Writer;
import java.util.List;
import java.util.Optional;

import org.fabricmark.results.Samples;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Environment;
import org.fabricmark.results.model.Run;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class JsonFormatTest {
    private static final String SPARSE =
            "{\"collective\":\"all-reduce\",\"algorithm\":\"auto:two-shot\",\"transport\":\"shm\","
                    + "\"launch\":\"threads\",\"ranks\":2,\"type\":\"float\",\"op\":\"sum\",\"root\":-1,"
                    + "\"in_place\":false,"
                    + "\"placement\":\"one-host\",\"memory\":\"window\",\"cadence\":\"streaming\",\"buffers\":\"same\","
                    + "\"arrival\":\"none\",\"bytes\":8,\"count\":2,\"calls\":5,\"batch\":1,"
                    + "\"time_us\":12,\"min_us\":null,"
                    + "\"p50_us\":null,\"p99_us\":null,\"max_us\":null,\"skew_us\":null,"
                    + "\"first_us\":null,\"algbw_GBs\":null,"
                    + "\"busbw_GBs\":null,\"limit_us\":null,\"exchange_ns\":null,\"flags\":\"\",\"wrong\":null}";

    @Test
    void shouldReadWhatItWrote() throws IOException {
        assertEquals(Samples.RUN, read(write(Samples.RUN)));
    }

    @Test
    void shouldReadOverlapAndLeaveItOutWhereItWasNotMeasured() throws IOException {
        Run run = Run.of(Samples.RUN.startedAt(), List.of(), 0, Environment.UNKNOWN, Optional.empty(),
                List.of(Samples.OVERLAPPED, Samples.SPARSE));
        List<String> lines = write(run).lines().toList();
        assertTrue(lines.stream().anyMatch(
                line -> line.endsWith("\"pure_us\":0.25,\"compute_us\":0.5,\"total_us\":0.625},")), lines::toString);
        assertTrue(lines.contains(SPARSE + "]"), lines::toString);
        assertEquals(run, read(write(run)));
    }

    @Test
    void shouldReadTheRegimeAndTheHitRateAndLeaveThemOutWhereTheyAreNotKnown() throws IOException {
        CaseResult known = CaseResult.builder(Samples.PLAIN_KEY, 2, 5, 1).algorithmSelected("two-shot").timeUs(12)
                .lineNs(57.5).hitRate(0.75).build();
        Run run = Run.of(Samples.RUN.startedAt(), List.of(), 0, Environment.UNKNOWN, Optional.empty(), List.of(known));
        assertTrue(write(run).contains("\"wrong\":null,\"line_ns\":57.5,\"hit_rate\":0.75}"), write(run));
        assertEquals(run, read(write(run)));
    }

    @Test
    void shouldReadWhatItWroteWhenNothingIsKnown() throws IOException {
        Run bare = Run.of(Samples.RUN.startedAt(), List.of(), 0, Environment.UNKNOWN, Optional.empty(), List.of());
        assertEquals(bare, read(write(bare)));
    }

    @Test
    void shouldWriteEachFieldAndEachCaseOnALineOfItsOwn() throws IOException {
        List<String> lines = write(Samples.RUN).lines().toList();
        assertEquals("{", lines.get(0));
        assertEquals("\"schemaVersion\":1,", lines.get(1));
        assertEquals("\"startedAt\":\"2026-11-23T08:42:00.125Z\",", lines.get(2));
        assertEquals("\"arguments\":[\"perf\",\"--ranks\",\"2-5,7\",\"--out\",\"a \\\"b\\\"\"],", lines.get(3));
        assertEquals("\"seed\":-9223372036854775808,", lines.get(4));
        assertTrue(lines.get(5).startsWith("\"environment\":{\"hardware\":{"), lines.get(5));
        assertTrue(lines.get(6).startsWith("\"machine\":{\"limits\":{\"clockNs\":20.1,\"exchangeNs\":51,"),
                lines.get(6));
        assertEquals("\"cases\":[", lines.get(7));
        assertEquals(SPARSE + "]", lines.get(9));
        assertEquals("}", lines.get(10));
        assertEquals(11, lines.size());
    }

    @Test
    void shouldWriteNumbersAndBooleansAsSuch() throws IOException {
        JsonNode full = JsonMapper.shared().readTree(write(Samples.RUN)).path("cases").get(0);
        assertTrue(full.path("in_place").booleanValue());
        assertEquals(7, full.path("ranks").intValue());
        assertEquals("rotate", full.path("root").stringValue());
        assertEquals(0.0512, full.path("time_us").doubleValue());
        assertEquals(3, full.path("wrong").intValue());
        assertEquals("mo", full.path("flags").stringValue());
    }

    @Test
    void shouldWriteNoExponentsAnywhere() throws IOException {
        String environment = write(Samples.RUN).lines().skip(5).findFirst().orElseThrow();
        assertTrue(environment.contains("\"stealPercent\":0.00001,"), environment);
        assertTrue(environment.contains("\"cgroupCpus\":1.5,"), environment);
    }

    @Test
    void shouldWriteTheMachineAsAnObjectOfItsOwn() throws IOException {
        StringWriter out = new StringWriter();
        JsonFormat.write(Samples.MACHINE, out);
        JsonNode machine = JsonMapper.shared().readTree(out.toString());
        assertEquals(1, machine.path("schemaVersion").intValue());
        assertEquals(45.5, machine.path("limits").path("copyGBs").path("16384").doubleValue());
        assertEquals(9, machine.path("limits").path("tcpExchangeUs").path("busy").doubleValue());
        assertEquals(3.5, machine.path("limits").path("tcpStreamGBs").path("1048576").path("oneWay").doubleValue());
        assertEquals("unfit", machine.path("fit").path("verdict").stringValue());
        assertEquals("the governor is 'powersave'", machine.path("fit").path("reasons").get(0).stringValue());
    }

    @Test
    void shouldIgnoreFieldsThatItDoesNotKnow() throws IOException {
        String text = write(Samples.RUN).replace("\"schemaVersion\":1,", "\"schemaVersion\":1,\"future\":{\"a\":[1]},")
                .replace("\"collective\":", "\"future\":[1],\"collective\":")
                .replace("\"hardware\":{", "\"future\":1,\"hardware\":{\"future\":1,")
                .replace("\"limits\":{", "\"limits\":{\"future\":{},");
        assertEquals(Samples.RUN, read(text));
    }

    @Test
    void shouldReadARunThatLacksWhatOlderBuildsDidNotWrite() throws IOException {
        Run run = read("""
                {"schemaVersion":1,"startedAt":"2026-11-23T08:42:00Z","environment":{"suite":{"version":"0.1.0"}},
                 "machine":{"limits":{"exchangeNs":51}},
                 "cases":[{"collective":"all-reduce","algorithm":"auto:two-shot","transport":"shm","in_place":false,
                           "bytes":8,"count":2,"calls":5,"batch":1,"time_us":1.2E+1}]}""");
        assertEquals(List.of(Samples.SPARSE), run.cases());
        assertEquals(Optional.of("0.1.0"), run.environment().suite().version());
        assertEquals(Environment.Hardware.UNKNOWN, run.environment().hardware());
        assertEquals(51, run.machine().orElseThrow().limits().exchangeNs().orElseThrow());
        assertTrue(run.machine().orElseThrow().limits().clockNs().isEmpty());
        assertTrue(run.machine().orElseThrow().fit().isEmpty());
    }

    @Test
    void shouldRefuseANewerForm() throws IOException {
        assertRefused(
                "r.json has schemaVersion 2; this build reads up to 1: use the build that wrote it, or a newer one",
                write(Samples.RUN).replace("\"schemaVersion\":1", "\"schemaVersion\":2"));
    }

    @Test
    void shouldSayInOneLineWhatIsNoRun() throws IOException {
        String run = write(Samples.RUN);
        assertRefused("r.json is not a run: it has no whole number 'schemaVersion'", "{}");
        assertRefused("r.json is not a run: it has no whole number 'schemaVersion'", "[1]");
        assertRefused("r.json is not a run: it has no whole number 'schemaVersion'", "");
        assertRefused("r.json is not a run: it has no 'cases'", run.replace("\"cases\"", "\"boxes\""));
        assertRefused("r.json is not a run: 'cases' is not a list",
                run.replace("\"cases\":", "\"cases\":1,\"boxes\":"));
        assertRefused("r.json: schemaVersion 0 is not from 1 to 1",
                run.replace("\"schemaVersion\":1", "\"schemaVersion\":0"));
        assertRefused("r.json case 2: bytes 'many' is not a whole number",
                run.replace("\"bytes\":8,", "\"bytes\":\"many\","));
        assertRefused("r.json case 2: field 'bytes' is not a single value",
                run.replace("\"bytes\":8,", "\"bytes\":[8],"));
    }

    @Test
    void shouldSayInOneLineWhereTheTextBreaksOff() throws IOException {
        String run = write(Samples.RUN);
        for (int length : new int[] {1, 20, run.length() / 2, run.length() - 3}) {
            Exception refusal = assertThrows(RunFormatException.class, () -> read(run.substring(0, length)));
            assertEquals(1, refusal.getMessage().lines().count(), refusal.getMessage());
            assertTrue(refusal.getMessage().matches("r\\.json cannot be read: .* \\(line \\d+, column \\d+\\)"),
                    refusal.getMessage());
        }
    }

    @Test
    void shouldSayInOneLineWhatIsWrongWithAFact() throws IOException {
        String run = write(Samples.RUN);
        assertRefused(
                "r.json cannot be read: Cannot deserialize value of type `int` from String \"two\": not "
                        + "a valid `int` value "
                        + "(in hardware.cores)",
                run.replace("\"cores\":2", "\"cores\":\"two\""));
        assertRefused("r.json cannot be read: verdict 'so-so' is neither fit nor unfit (in fit)",
                run.replace("unfit", "so-so"));
        assertRefused("r.json cannot be read: a machine needs 'limits'",
                run.replace("\"limits\":", "\"limitations\":"));
        assertRefused("r.json: seed 'x' is not a whole number",
                run.replace("\"seed\":-9223372036854775808", "\"seed\":\"x\""));
    }

    @Test
    void shouldRefuseAFieldThatIsGivenTwice() throws IOException {
        String run = write(Samples.RUN).replace("\"seed\":", "\"seed\":1,\"seed\":");
        assertRefused("r.json cannot be read: Duplicate property \"seed\" (line 5, column 17)", run);
    }

    @Test
    void shouldLeaveTheOutputOpen() throws IOException {
        boolean[] closed = {false};
        Writer out = new StringWriter() {
            @Override
            public void close() {
                closed[0] = true;
            }
        };
        JsonFormat.write(Samples.RUN, out);
        assertFalse(closed[0]);
    }

    @Test
    void shouldPassOnTheOutputsOwnFailure() {
        IOException full = new IOException("disk full");
        Writer out = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw full;
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        assertEquals(full, assertThrows(IOException.class, () -> JsonFormat.write(Samples.RUN, out)));
    }

    private static String write(Run run) throws IOException {
        StringWriter out = new StringWriter();
        JsonFormat.write(run, out);
        return out.toString();
    }

    private static Run read(String text) throws IOException {
        return JsonFormat.read(new StringReader(text), "r.json");
    }

    private static void assertRefused(String message, String text) {
        assertEquals(message, assertThrows(RunFormatException.class, () -> read(text)).getMessage());
    }
}
