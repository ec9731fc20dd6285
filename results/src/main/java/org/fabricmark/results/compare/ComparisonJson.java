package org.fabricmark.results.compare;

import java.io.StringWriter;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

import org.fabricmark.results.model.Measure;
import org.fabricmark.results.model.Numbers;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.select.Key;

import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Everything that a comparison found, as one JSON object. An absent number is null. */
public final class ComparisonJson {
    private static final int SCHEMA_VERSION = 1;

    private final JsonGenerator json;

    private ComparisonJson(JsonGenerator json) {
        this.json = json;
    }

    /** The object, indented. */
    public static String text(Comparison comparison) {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = JsonMapper.shared().writerWithDefaultPrettyPrinter().createGenerator(text)) {
            new ComparisonJson(generator).comparison(comparison);
        }
        return text + "\n";
    }

    private void comparison(Comparison comparison) {
        json.writeStartObject();
        json.writeNumberProperty("schemaVersion", SCHEMA_VERSION);
        list("runs", comparison.runs(), run -> object(() -> {
            word("name", run.name());
            word("id", run.run().id());
            word("startedAt", run.run().startedAt().toString());
        }));
        list("tables", comparison.grids(), this::grid);
        list("means", comparison.means(), this::mean);
        json.writeObjectPropertyStart("family");
        json.writeNumberProperty("tests", comparison.family().tests());
        json.writeNumberProperty("alone", comparison.family().alone());
        json.writeNumberProperty("differing", comparison.family().differing());
        json.writeEndObject();
        list("winnerMaps", comparison.maps(), this::map);
        list("leadChanges", comparison.findings().changes(), change -> object(() -> {
            word("case", change.below().key().toBuilder().bytes(0).build().canonicalName());
            word("run", change.below().run().name());
            word("below", Winner.name(change.below()));
            word("above", Winner.name(change.above()));
            number("bytes", OptionalDouble.of(change.crossover().bytes()));
            number("lowBytes", change.crossover().lowBytes());
            number("highBytes", change.crossover().highBytes());
        }));
        list("regrets", comparison.regrets(), regret -> object(() -> {
            word("auto", regret.auto().key().canonicalName());
            word("ran", regret.auto().result().algorithmSelected());
            word("best", regret.best().key().algorithm());
            ratio("ratio", Optional.of(regret.ratio()));
        }));
        list("violations", comparison.violations(), violation -> object(() -> {
            word("guideline", violation.guideline());
            word("case", violation.slow().key().canonicalName());
            word("run", violation.slow().run().name());
            word("bound", violation.bound());
            ratio("ratio", Optional.of(violation.ratio()));
        }));
        list("remarks", comparison.remarks(), remark -> object(() -> {
            word("kind", remark.kind().name().toLowerCase(Locale.ROOT));
            word("text", remark.text());
        }));
        json.writeEndObject();
    }

    private void grid(Grid grid) {
        object(() -> {
            key("table", grid.table());
            list("columns", grid.columns(), column -> object(() -> texts(column)));
            list("rows", grid.rows(), row -> object(() -> {
                key("row", row);
                list("places", grid.places().get(grid.rows().indexOf(row)), this::place);
            }));
            list("means", grid.means(), this::mean);
            list("crossovers", grid.crossovers(), crossover -> object(() -> {
                key("row", crossover.row());
                key("below", crossover.below());
                key("above", crossover.above());
                number("bytes", OptionalDouble.of(crossover.bytes()));
                number("lowBytes", crossover.lowBytes());
                number("highBytes", crossover.highBytes());
            }));
        });
    }

    private void place(Place place) {
        object(() -> {
            list("cases", place.cells(), cell -> json.writeString(cell.key().canonicalName()));
            list("ran", place.cells(), cell -> json.writeString(cell.result().algorithmSelected()));
            json.writeBooleanProperty("wrong", place.isWrong());
            number("timeUs", place.timeUs());
            number("figure", place.figure());
            word("unit", place.measure().map(Measure::unit).orElse(""));
            ratio("ratio", place.ratio());
        });
    }

    private void mean(ColumnMean mean) {
        object(() -> {
            key("column", mean.column());
            word("measure", mean.measure().label());
            number("ratio", mean.ratio());
            json.writeNumberProperty("rows", mean.rows());
            json.writeNumberProperty("leftOut", mean.leftOut());
        });
    }

    private void map(WinnerMap map) {
        object(() -> {
            key("conditions", map.conditions());
            json.writeArrayPropertyStart("winners");
            for (int size = 0; size < map.sizes().size(); size++) {
                map.winners().get(size).forEach(place -> place.ifPresent(this::winner));
            }
            json.writeEndArray();
        });
    }

    private void winner(Winner winner) {
        object(() -> {
            Cell fastest = winner.fastest();
            json.writeNumberProperty("bytes", fastest.key().bytes());
            json.writeNumberProperty("ranks", fastest.key().ranks());
            word("algorithm", fastest.result().algorithmSelected());
            word("transport", fastest.key().transport().text());
            number("timeUs", OptionalDouble.of(fastest.result().timeUs()));
            if (winner.second().isPresent()) {
                word("second", Winner.name(winner.second().get()));
            }
            ratio("lead", winner.lead());
        });
    }

    private void ratio(String name, Optional<Ratio> ratio) {
        if (ratio.isEmpty()) {
            json.writeNullProperty(name);
            return;
        }
        json.writeName(name);
        object(() -> {
            Ratio known = ratio.get();
            number("value", OptionalDouble.of(known.value()));
            known.interval().ifPresent(interval -> {
                number("low", OptionalDouble.of(interval.low()));
                number("high", OptionalDouble.of(interval.high()));
                number("confidence", OptionalDouble.of(interval.confidence()));
            });
            word("basis", known.basis().label());
            number("p", known.p());
            json.writeBooleanProperty("sameRegime", known.sameRegime());
            json.writeBooleanProperty("decided", known.isDecided());
        });
    }

    private void object(Runnable fields) {
        json.writeStartObject();
        fields.run();
        json.writeEndObject();
    }

    private void key(String name, Key key) {
        json.writeName(name);
        object(() -> texts(key));
    }

    private void texts(Key key) {
        for (int i = 0; i < key.labels().size(); i++) {
            word(key.labels().get(i), key.texts().get(i));
        }
    }

    private <T> void list(String name, Collection<T> values, Consumer<T> write) {
        json.writeArrayPropertyStart(name);
        values.forEach(write);
        json.writeEndArray();
    }

    private void word(String name, String text) {
        json.writeStringProperty(name, text);
    }

    private void number(String name, OptionalDouble value) {
        json.writeName(name);
        if (value.isPresent()) {
            json.writeNumber(Numbers.text(value.getAsDouble()));
        } else {
            json.writeNull();
        }
    }
}
