package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What is printed as bandwidth and rate is bytes and messages by the time in the same row, and that time is real. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class PrimitiveUnitsTest {
    private static final double MIB = 1 << 20;
    /** CSV has six digits. */
    private static final double DIGITS = 1e-4;
    private static final int MESSAGES = 20_000;
    private static final int BYTES = 64 << 10;

    private static CommandRun run(String more) {
        CommandRun run = CommandRun.ofLine("perf -w 512 --budget 8s --quiet --primitive " + more);
        assertEquals(ExitCode.GOOD, run.code(), run.err());
        return run;
    }

    private static List<Map<String, String>> csv(CommandRun run) {
        List<String> names = Arrays.asList(run.lines().getFirst().split(",", -1));
        List<Map<String, String>> rows = new ArrayList<>();
        for (String line : run.lines().subList(1, run.lines().size())) {
            String[] values = line.split(",", -1);
            assertEquals(names.size(), values.length, line);
            Map<String, String> row = new LinkedHashMap<>();
            for (int i = 0; i < values.length; i++) {
                row.put(names.get(i), values[i]);
            }
            rows.add(row);
        }
        return rows;
    }

    private static void assertNear(double expected, double actual, Object what) {
        assertEquals(expected, actual, DIGITS * expected, what::toString);
    }

    private static void assertUnits(double bytes, double averageMicros, double fastestMicros, double megabytes,
            double gigabytes, double peak, double rate, Object what) {
        assertTrue(averageMicros > 0 && fastestMicros > 0, what::toString);
        assertNear(bytes / (averageMicros / 1e6) / MIB, megabytes, what);
        assertNear(bytes / (averageMicros / 1e6) / 1e9, gigabytes, what);
        assertNear(bytes / (fastestMicros / 1e6) / MIB, peak, what);
        assertNear(1 / averageMicros, rate, what); // millions of messages in a second
    }

    @Test
    void shouldPrintBytesAndMessagesByTheTimeOfTheirRowAsCsv() {
        List<Map<String, String>> rows = new ArrayList<>();
        rows.addAll(csv(run("write-bw,read-bw,send-bw,rate --transport rdma -n 2000 --sizes 8,4K --format csv")));
        rows.addAll(csv(run("put-bw --transport shm -n 2000 --sizes 8,4K --format csv")));
        assertTrue(rows.size() >= 9, rows::toString);
        for (Map<String, String> row : rows) {
            assertUnits(
                    number(row, "bytes"), number(row, "t_avg_us"), number(row, "t_min_us"),
                    number(row, "bw_average_MBs"), number(row, "bw_average_GBs"), number(row, "bw_peak_MBs"),
                    number(row, "rate_Mpps"), row);
        }
    }

    private static double number(Map<String, String> row, String column) {
        return Double.parseDouble(row.get(column));
    }

    @Test
    void shouldPrintBytesAndMessagesByTheTimeOfTheirRowAsJson() {
        JsonNode rows = new ObjectMapper().readTree(
                run("write-bw,put-rate --transport rdma -n 2000 --sizes 8,4K --format json").out()).get("primitives");
        assertTrue(rows.size() > 0);
        for (JsonNode row : rows) {
            assertUnits(
                    row.get("bytes").asDouble(), row.get("t_avg_us").asDouble(), row.get("t_min_us").asDouble(),
                    row.get("bw_average_MBs").asDouble(), row.get("bw_average_GBs").asDouble(),
                    row.get("bw_peak_MBs").asDouble(), row.get("rate_Mpps").asDouble(), row);
        }
    }

    /** Over a port that is modelled nothing is faster than the port; and no row can have taken longer than all of them. */
    @Test
    void shouldMeasureNoLessTimeThanTheModelNeedsAndNoMoreThanHasGoneBy() {
        long start = System.nanoTime();
        List<Map<String, String>> rows = csv(run("write-bw,read-bw --transport rdma?model=roce400g -n " + MESSAGES
                + " --sizes 64K --format csv"));
        double micros = (System.nanoTime() - start) / 1e3;
        double measured = 0;
        double leastMicros = (BYTES + 16 * 82) / 50_000.0; // packets of 4096 and 82 bytes, 50,000 bytes in a microsecond
        for (Map<String, String> row : rows) {
            assertTrue(number(row, "iterations") >= MESSAGES, row::toString);
            // What was under way when the clock was read first came in less time: at most the queue's depth of 128.
            assertTrue(number(row, "t_avg_us") >= leastMicros * (1 - 128.0 / MESSAGES), row::toString);
            measured += number(row, "iterations") * number(row, "t_avg_us");
        }
        assertEquals(2, rows.size());
        assertTrue(measured <= micros, measured + " us measured in " + micros);
    }

    @Test
    void shouldMeasureNoLessLatencyThanTheModelNeeds() {
        List<Map<String, String>> rows = csv(run("write-lat,read-lat,send-lat --transport rdma?model=roce400g -n 2000"
                + " --sizes 64K --inline 0 --format csv"));
        assertEquals(4, rows.size());
        for (Map<String, String> row : rows) {
            double there = 0.3 + (BYTES + 16 * 82) / 50_000.0 + 0.7; // half of there and back
            double read = there + 0.01 + 0.7; // a request before it
            assertTrue(
                    number(row, "t_min_us") >= (row.get("primitive").equals("read-lat") ? read : there) - 0.005,
                    row::toString);
        }
    }
}
