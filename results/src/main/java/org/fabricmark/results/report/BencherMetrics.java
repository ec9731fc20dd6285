package org.fabricmark.results.report;

import java.io.StringWriter;
import java.util.OptionalDouble;

import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.StoredRun;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * One object; each cell's canonical name has its measures, each measure a value and, where launches tell, bounds.
 * {@code latency} is the measure that every Bencher project has, in nanoseconds; {@code latency-p99} is in nanoseconds
 * too, {@code busbw} in GB/s; of primitives, {@code bandwidth} in GB/s and {@code rate} in millions of messages a second.
 */
final class BencherMetrics {
    private static final double NANOS_IN_MICRO = 1e3;

    private BencherMetrics() {}

    static String text(StoredRun run) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonMapper.shared().writerWithDefaultPrettyPrinter().createGenerator(text)) {
            json.writeStartObject();
            run.run().cases().stream().filter(cell -> !cell.isWrong()).forEach(cell -> write(run, cell, json));
            json.writeEndObject();
        }
        return text + "\n";
    }

    private static void write(StoredRun run, CaseResult cell, JsonGenerator json) {
        json.writeObjectPropertyStart(cell.key().canonicalName());
        json.writeObjectPropertyStart("latency");
        number("value", cell.timeUs() * NANOS_IN_MICRO, json);
        LaunchSpread.of(run, cell).ifPresent(spread -> {
            number("lower_value", spread.leastUs() * NANOS_IN_MICRO, json);
            number("upper_value", spread.mostUs() * NANOS_IN_MICRO, json);
        });
        json.writeEndObject();
        measure("latency-p99", cell.p99Us(), NANOS_IN_MICRO, json);
        measure("busbw", cell.busbwGBs(), 1, json);
        if (cell.measure().higherIsBetter()) {
            measure(cell.measure().label(), cell.figure(), 1, json);
        }
        json.writeEndObject();
    }

    private static void measure(String name, OptionalDouble value, double factor, JsonGenerator json) {
        if (value.isPresent()) {
            json.writeObjectPropertyStart(name);
            number("value", value.getAsDouble() * factor, json);
            json.writeEndObject();
        }
    }

    private static void number(String name, double value, JsonGenerator json) {
        json.writeName(name);
        json.writeNumber(Numbers.text(value));
    }
}
