package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** Short sweeps of primitives: what is printed, not how fast it is. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PrimitivePerfTest {
    private static CommandRun primitive(String more) {
        return CommandRun.ofLine("perf -n 64 -w 16 --budget 2s --quiet --out none --primitive " + more);
    }

    private static List<List<String>> csv(CommandRun run) {
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        return run.lines().stream().map(line -> Arrays.asList(line.split(",", -1))).toList();
    }

    private static List<String> column(List<List<String>> csv, String name) {
        int at = csv.getFirst().indexOf(name);
        assertTrue(at >= 0, "no column " + name);
        return csv.stream().skip(1).map(line -> line.get(at)).toList();
    }

    @Test
    void shouldPrintATableForEachPrimitive() {
        CommandRun run = primitive("put-lat,put-bw --transport shm,netty --sizes 8,100");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertEquals(2, run.lines().stream().filter(line -> line.startsWith("transport ")).count(), run.out());
        assertEquals(4, run.lines().stream().filter(line -> line.startsWith("shm ")).count(), run.out());
        assertEquals(4, run.lines().stream().filter(line -> line.startsWith("netty ")).count(), run.out());
        assertTrue(run.out().contains("half of there and back"), run.out());
        assertEquals("", run.err());
    }

    @Test
    void shouldUseTheWordsOfPerftest() {
        String out = primitive("put-lat,put-bw --transport shm --sizes 8").out();
        for (String word : List.of("#bytes", "#iterations", "t_min", "t_max", "t_typical", "t_avg", "t_stdev", "99%",
                "99.9%", "BW peak", "BW average", "MsgRate", "MB/s", "Mpps")) {
            assertTrue(out.contains(word), word + " in " + out);
        }
    }

    @Test
    void shouldAlignColumns() {
        List<String> table = primitive("put-lat --transport shm --sizes 8,64").lines();
        int names =
                table.indexOf(table.stream().filter(line -> line.startsWith("transport ")).findFirst().orElseThrow());
        for (String column : List.of("#bytes", "#iterations", "t_typical")) {
            int end = table.get(names).indexOf(column) + column.length();
            for (String row : table.subList(names + 2, table.size())) {
                assertTrue(Character.isDigit(row.charAt(end - 1)) && row.charAt(end) == ' ', column + " in " + row);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads", "processes"})
    void shouldPrintALineForEachRowAsCsv(String launch) {
        List<List<String>> csv =
                csv(primitive("put-lat,notify --transport shm --sizes 8,64 --format csv --launch " + launch));
        assertEquals(List.of("put-lat", "put-lat", "notify"), column(csv, "primitive"));
        assertEquals(List.of("8", "64", "0"), column(csv, "bytes"));
        assertEquals(List.of(launch, launch, launch), column(csv, "launch"));
        assertEquals(List.of("exchange", "exchange", "round-trip"), column(csv, "reference"));
        assertEquals(List.of("0", "0", "0"), column(csv, "wrong"));
        assertTrue(column(csv, "t_typical_us").stream().allMatch(us -> Double.parseDouble(us) > 0), csv.toString());
    }

    @Test
    void shouldMeasureVerbsBetweenProcesses() {
        List<List<String>> csv = csv(primitive("send-lat --transport rdma --sizes 8 --format csv --launch processes"));
        assertEquals(List.of("processes"), column(csv, "launch"));
        assertEquals(List.of("0"), column(csv, "wrong"));
    }

    @Test
    void shouldMeasureVerbs() {
        List<List<String>> csv = csv(primitive("write-lat,send-lat,read-lat,atomic-lat,write-bw,rate --transport rdma"
                + " --sizes 8 --format csv"));
        assertEquals(
                List.of("write-lat", "write-imm-lat", "send-lat", "read-lat", "fetch-and-add-lat",
                        "compare-and-swap-lat", "write-bw", "rate", "put-rate"),
                column(csv, "primitive"));
        assertEquals(Set.of("0"), Set.copyOf(column(csv, "wrong")));
        assertEquals(Set.of("loopback", ""), Set.copyOf(column(csv, "provider")));
        assertEquals(Set.of("yes", ""), Set.copyOf(column(csv, "emulated")));
    }

    @Test
    void shouldSayWhoseDevicesTheseAre() {
        CommandRun run = primitive("write-imm-lat --transport rdma?model=roce400g --sizes 8");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        assertTrue(run.out().contains("provider loopback (emulated: software only, no device); times are modelled as"
                + " roce400g, not measured"), run.out());
        assertTrue(run.lastLine().endsWith(" 0  m") || run.lastLine().endsWith(" 0  ~m"), run.lastLine());
    }

    @Test
    void shouldCheckDataUnderTheLeastOrderThatIsAllowed() {
        List<List<String>> csv = csv(primitive("write-lat,send-lat,write-bw,send-bw,read-bw,atomic-bw --transport"
                + " rdma?order=adversarial&seed=3 --sizes 8,5000 --format csv"));
        assertEquals(Set.of("0"), Set.copyOf(column(csv, "wrong")));
    }

    @Test
    void shouldMakeAMatrixOfQueues() {
        List<List<String>> csv = csv(primitive("write-bw --transport rdma --sizes 8 --tx-depth 16,32 --qps 1,4"
                + " --cq-mod 8 --inline 0,64 --post-list 4 --format csv"));
        assertEquals(List.of("16", "16", "16", "16", "32", "32", "32", "32"), column(csv, "tx_depth"));
        assertEquals(List.of("1", "1", "4", "4", "1", "1", "4", "4"), column(csv, "qps"));
        assertEquals(List.of("no", "yes", "no", "yes", "no", "yes", "no", "yes"), column(csv, "inline"));
    }

    @Test
    void shouldRefuseWhatTheDeviceDoesNotHave() {
        CommandRun run = primitive("write-lat --transport rdma --inline 16384");
        assertEquals(ExitCode.MISUSED, run.code());
        assertTrue(run.err().matches("fabricmark perf: --inline '16384': loopback has at most \\d+ bytes inline\n"),
                run.err());
    }

    @Test
    void shouldPrintOneObjectAsJson() {
        CommandRun run = primitive("put-rate,put-bw --transport shm --format json --sizes 4K");
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        JsonNode all = new ObjectMapper().readTree(run.out());
        assertEquals(2, all.get("primitives").size());
        JsonNode stream = all.get("primitives").get(0);
        assertEquals("put-bw", stream.get("primitive").asString());
        assertTrue(stream.get("bw_average_MBs").asDouble() > 0);
        assertTrue(stream.get("t_typical_us").isNull());
        assertTrue(stream.get("ratio").asDouble() > 0);
    }

    @Test
    void shouldSweepAsPerftestDoesWhenNoSizesAreGiven() {
        List<String> sizes = column(csv(primitive("put-bw,put-rate --transport shm --format csv -e 16K")), "bytes");
        assertEquals("2", sizes.getFirst());
        assertEquals(28, sizes.size());
        List<String> rate = column(csv(primitive("put-rate --transport shm --format csv")), "bytes");
        assertEquals(List.of("8"), rate, "a rate is of one size when none is said");
    }
}
