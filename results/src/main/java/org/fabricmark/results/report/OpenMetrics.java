package org.fabricmark.results.report;

import java.util.OptionalDouble;
import java.util.function.Function;

import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.StoredRun;

/**
 * OpenMetrics text, version 1.0: gauges in base units, a sample for each cell, its parts as labels; the run itself as
 * an info metric. Units end the names, as the format demands, and {@code # EOF} ends the text.
 */
final class OpenMetrics {
    private static final double MICROS_IN_SECOND = 1e6;
    private static final double BYTES_IN_GB = 1e9;
    private static final double MILLION = 1e6;

    private final StoredRun run;
    private final StringBuilder text = new StringBuilder();

    private OpenMetrics(StoredRun run) {
        this.run = run;
    }

    static String text(StoredRun run) {
        OpenMetrics metrics = new OpenMetrics(run);
        metrics.info();
        metrics.gauge("fabricmark_call_seconds", "seconds",
                "Time of one call of the slowest rank, median over batches.",
                cell -> right(cell, time(cell, false), 1 / MICROS_IN_SECOND));
        metrics.gauge("fabricmark_call_p99_seconds", "seconds", "99th percentile over batches of the time of a call.",
                cell -> right(cell, cell.key().isPrimitive() ? OptionalDouble.empty() : cell.p99Us(),
                        1 / MICROS_IN_SECOND));
        metrics.gauge("fabricmark_bus_bandwidth_bytes_per_second", "bytes_per_second",
                "Bus bandwidth, with the factor of nccl-tests.", cell -> right(cell, cell.busbwGBs(), BYTES_IN_GB));
        metrics.gauge("fabricmark_wrong_elements", "elements", "Wrong elements over all checked calls.",
                cell -> cell.wrong().isPresent() ? OptionalDouble.of(cell.wrong().getAsLong())
                        : OptionalDouble.empty());
        if (run.run().cases().stream().anyMatch(cell -> cell.key().isPrimitive())) {
            metrics.primitives();
        }
        return metrics.text.append("# EOF\n").toString();
    }

    private void primitives() {
        gauge("fabricmark_primitive_seconds", "seconds",
                "Time of one operation of a primitive: median of latencies, mean of streams.",
                cell -> right(cell, time(cell, true), 1 / MICROS_IN_SECOND));
        gauge("fabricmark_primitive_p99_seconds", "seconds", "99th percentile over batches of the same.",
                cell -> right(cell, cell.key().isPrimitive() ? cell.p99Us() : OptionalDouble.empty(),
                        1 / MICROS_IN_SECOND));
        gauge("fabricmark_primitive_bandwidth_bytes_per_second", "bytes_per_second",
                "All bytes of a primitive's stream in all time.",
                cell -> right(cell, cell.measure() == Measure.BANDWIDTH ? cell.figure() : OptionalDouble.empty(),
                        BYTES_IN_GB));
        gauge("fabricmark_primitive_messages_per_second", "messages_per_second",
                "All messages of a primitive's stream in all time.",
                cell -> right(cell, cell.measure() == Measure.RATE ? cell.figure() : OptionalDouble.empty(), MILLION));
    }

    private static OptionalDouble time(CaseResult cell, boolean primitive) {
        return cell.key().isPrimitive() == primitive ? OptionalDouble.of(cell.timeUs()) : OptionalDouble.empty();
    }

    private void info() {
        text.append("# TYPE fabricmark_run info\n# HELP fabricmark_run The run that was measured.\n");
        text.append("fabricmark_run_info{id=").append(quoted(run.run().id())).append(",started_at=")
                .append(quoted(run.run().startedAt().toString())).append(",commit=")
                .append(quoted(run.run().environment().suite().commit().orElse(""))).append(",tool=")
                .append(quoted(run.run().origin().tool())).append("} 1\n");
    }

    private void gauge(String name, String unit, String help, Function<CaseResult, OptionalDouble> value) {
        text.append("# TYPE ").append(name).append(" gauge\n# UNIT ").append(name).append(' ').append(unit)
                .append("\n# HELP ").append(name).append(' ').append(help).append('\n');
        for (CaseResult cell : run.run().cases()) {
            OptionalDouble number = value.apply(cell);
            if (number.isPresent()) {
                text.append(name).append('{');
                String separator = "";
                for (CasePart part : cell.key().parts()) {
                    text.append(separator).append(part.key()).append('=').append(quoted(cell.key().text(part)));
                    separator = ",";
                }
                text.append("} ").append(Numbers.text(number.getAsDouble())).append('\n');
            }
        }
    }

    private static OptionalDouble right(CaseResult cell, OptionalDouble value, double factor) {
        return value.isPresent() && !cell.isWrong() ? OptionalDouble.of(value.getAsDouble() * factor)
                : OptionalDouble.empty();
    }

    /** A label's value: the three characters that have a meaning in it are escaped. */
    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\n", "\\n").replace("\"", "\\\"") + '"';
    }
}
