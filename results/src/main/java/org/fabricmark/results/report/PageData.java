package org.fabricmark.results.report;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import org.fabricmark.results.compare.Ratio;
import org.fabricmark.results.model.CaseResult;
import org.fabricmark.results.model.Distribution;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.model.StoredRun;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.stats.Estimate;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the page's scripts draw, as one JSON object. Measured numbers have all their digits, so that the page shows
 * exactly what its tables do; what only makes a picture is thinned out and rounded.
 *
 * <p>Per sweep: its sizes, and for each line arrays with one entry a size: {@code time}, its band {@code low} and
 * {@code high} (10th and 90th percentile over batches), {@code bus}, and {@code samples} behind each.
 */
final class PageData {
    /** As in the script that draws them. */
    private static final double[] LEVELS = {0, 10, 25, 50, 75, 90, 95, 99, 99.9, 99.99};
    private static final double LOW = 0.1;
    private static final double HIGH = 0.9;
    private static final double ALL = 100;
    /** Points of all cells together, so that a page with many cells stays small. */
    private static final int POINTS = 12_000;
    private static final int MOST_POINTS = 60;
    private static final int LEAST_POINTS = 8;
    private static final MathContext DRAWN = new MathContext(5);

    private final List<StoredRun> runs;
    private final List<Sweep> sweeps;
    /** Names of lines, each with a line of that name. */
    private final SequencedMap<String, Sweep.Line> looks = new LinkedHashMap<>();
    private final List<String> names;
    private final int points;
    private final StringWriter text = new StringWriter();
    private final JsonGenerator json = JsonMapper.shared().createGenerator(text);

    private PageData(List<StoredRun> runs, List<Sweep> sweeps) {
        this.runs = runs;
        this.sweeps = sweeps;
        sweeps.forEach(sweep -> sweep.lines().forEach(line -> looks.putIfAbsent(line.name(), line)));
        names = List.copyOf(looks.keySet());
        int cells = runs.stream().mapToInt(run -> run.run().cases().size()).sum();
        points = Math.clamp(POINTS / Math.max(1, cells), LEAST_POINTS, MOST_POINTS);
    }

    /** The object; contains no {@code <}, so it can stand in a page. */
    static String of(List<StoredRun> runs, List<Sweep> sweeps, int cases) {
        PageData data = new PageData(runs, sweeps);
        data.write(cases);
        return data.text.toString().replace("<", "\\u003c");
    }

    private void write(int cases) {
        json.writeStartObject();
        json.writeNumberProperty("cells", cases);
        strings("runs", runs.size() > 1 ? letters() : List.of(""));
        strings("names", names);
        looks();
        json.writeArrayPropertyStart("sweeps");
        sweeps.forEach(this::sweep);
        json.writeEndArray();
        json.writeArrayPropertyStart("orders");
        for (ExchangeOrder order : ExchangeOrder.of(runs)) {
            order(order);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.close();
    }

    /** What decides how a line looks: which algorithm and transport it is, and which run. */
    private void looks() {
        List<String> bases = looks.values().stream().map(Sweep.Line::base).distinct().toList();
        json.writeArrayPropertyStart("looks");
        for (Sweep.Line line : looks.values()) {
            json.writeStartObject();
            json.writeNumberProperty("base", bases.indexOf(line.base()));
            json.writeNumberProperty("run", line.run());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private List<String> letters() {
        List<String> letters = new ArrayList<>();
        for (int run = 0; run < runs.size(); run++) {
            letters.add(RunNames.letter(run));
        }
        return letters;
    }

    private void sweep(Sweep sweep) {
        json.writeStartObject();
        json.writeStringProperty("title", sweep.title());
        json.writeStringProperty("measure", sweep.measure().label());
        json.writeArrayPropertyStart("sizes");
        sweep.sizes().forEach(json::writeNumber);
        json.writeEndArray();
        json.writeArrayPropertyStart("series");
        sweep.lines().forEach(line -> line(sweep, line));
        json.writeEndArray();
        json.writeArrayPropertyStart("limits");
        SweepLimits.byTransport(sweep).forEach((transport, cells) -> {
            json.writeStartObject();
            json.writeStringProperty("name", "limit over " + transport);
            numbers("time", cells, CaseResult::limitUs);
            numbers("bus", cells, SweepLimits::busBandwidth);
            json.writeEndObject();
        });
        json.writeEndArray();
        json.writeEndObject();
    }

    private void line(Sweep sweep, Sweep.Line line) {
        List<Optional<CaseResult>> cells = sweep.sizes().stream().map(line::at).toList();
        List<Optional<CellSamples>> samples = cells.stream().map(cell -> cell.flatMap(known -> samples(line, known)))
                .toList();
        json.writeStartObject();
        json.writeNumberProperty("name", names.indexOf(line.name()));
        json.writeNumberProperty("reference", sweep.reference(line, runs.size() > 1));
        numbers("time", cells, cell -> right(cell, OptionalDouble.of(cell.timeUs())));
        numbers("bus", cells, cell -> right(cell, sweep.second(cell)));
        ratio(sweep, line);
        quantiles("low", samples, LOW);
        quantiles("high", samples, HIGH);
        json.writeArrayPropertyStart("samples");
        for (int i = 0; i < cells.size(); i++) {
            if (samples.get(i).isPresent()) {
                samples(cells.get(i).orElseThrow(), samples.get(i).get());
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** The interval of the line's ratio to its reference. */
    private void ratio(Sweep sweep, Sweep.Line line) {
        Sweep.Line reference = sweep.lines().get(sweep.reference(line, runs.size() > 1));
        if (reference == line) {
            return;
        }
        List<Optional<Estimate>> intervals = sweep.sizes().stream()
                .map(size -> cell(reference, size).flatMap(base -> cell(line, size)
                        .flatMap(other -> Ratio.of(base, other)).flatMap(Ratio::interval)))
                .toList();
        json.writeObjectPropertyStart("ratio");
        bounds("low", intervals, Estimate::low);
        bounds("high", intervals, Estimate::high);
        json.writeEndObject();
    }

    private Optional<Cell> cell(Sweep.Line line, long size) {
        return line.at(size).map(result -> new Cell(runs.get(line.run()), result));
    }

    private void bounds(String name, List<Optional<Estimate>> intervals, ToDoubleFunction<Estimate> bound) {
        json.writeArrayPropertyStart(name);
        for (Optional<Estimate> interval : intervals) {
            if (interval.isPresent()) {
                drawn(bound.applyAsDouble(interval.get()));
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private Optional<CellSamples> samples(Sweep.Line line, CaseResult cell) {
        List<Launch> launches = runs.get(line.run()).launches(cell);
        return launches.isEmpty() ? Optional.empty() : Optional.of(CellSamples.of(launches));
    }

    private void samples(CaseResult cell, CellSamples samples) {
        Distribution times = samples.times();
        json.writeStartObject();
        json.writeNumberProperty("launches", samples.launches());
        json.writeNumberProperty("batch", samples.batch());
        json.writeNumberProperty("n", times.samples());
        json.writeArrayPropertyStart("p");
        for (double level : LEVELS) {
            if (level == 0 || times.samples() * (ALL - level) >= ALL) {
                drawn(times.quantile(level / ALL).orElseThrow());
            }
        }
        json.writeEndArray();
        json.writeName("max");
        drawn(times.value(times.size() - 1));
        drawn("b", Thinning.of(samples.inOrder(), points));
        json.writeArrayPropertyStart("x");
        number(samples.exchangeBeforeNs());
        number(samples.exchangeAfterNs());
        json.writeEndArray();
        drawn("last", samples.lastShares());
        json.writeName("skew");
        number(cell.skewUs());
        json.writeEndObject();
    }

    /** A result that is wrong has no time that could be drawn. */
    private static OptionalDouble right(CaseResult cell, OptionalDouble number) {
        return cell.isWrong() ? OptionalDouble.empty() : number;
    }

    private void order(ExchangeOrder order) {
        json.writeStartObject();
        json.writeStringProperty("run", order.run());
        strings("cases", order.cases());
        strings("transports", order.transports());
        json.writeArrayPropertyStart("before");
        order.beforeNs().forEach(this::number);
        json.writeEndArray();
        json.writeArrayPropertyStart("after");
        order.afterNs().forEach(this::number);
        json.writeEndArray();
        json.writeEndObject();
    }

    private void numbers(String name, List<Optional<CaseResult>> cells, Function<CaseResult, OptionalDouble> number) {
        json.writeArrayPropertyStart(name);
        cells.forEach(cell -> number(cell.map(number).orElse(OptionalDouble.empty())));
        json.writeEndArray();
    }

    private void quantiles(String name, List<Optional<CellSamples>> samples, double share) {
        json.writeArrayPropertyStart(name);
        for (Optional<CellSamples> each : samples) {
            OptionalDouble value = each.map(known -> known.times().quantile(share)).orElse(OptionalDouble.empty());
            if (value.isPresent()) {
                drawn(value.getAsDouble());
            } else {
                json.writeNull();
            }
        }
        json.writeEndArray();
    }

    private void strings(String name, List<String> texts) {
        json.writeArrayPropertyStart(name);
        texts.forEach(json::writeString);
        json.writeEndArray();
    }

    private void number(OptionalDouble value) {
        if (value.isPresent()) {
            json.writeNumber(Numbers.text(value.getAsDouble()));
        } else {
            json.writeNull();
        }
    }

    private void drawn(String name, double[] values) {
        json.writeArrayPropertyStart(name);
        for (double value : values) {
            drawn(value);
        }
        json.writeEndArray();
    }

    private void drawn(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).round(DRAWN);
        json.writeNumber(rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString());
    }
}
