package org.fabricmark.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.bench.cli.console.TextTable;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.ScheduleText;
import org.fabricmark.schedule.drawing.MessageRounds;
import org.fabricmark.schedule.drawing.RoundsText;
import org.fabricmark.schedule.drawing.SpaceTimeDiagram;
import org.fabricmark.schedule.verify.Form;
import org.fabricmark.schedule.verify.StepCosts;
import org.fabricmark.schedule.verify.Theorem;
import org.fabricmark.schedule.verify.Violation;

/** One schedule in words and numbers. */
final class Explanation {
    private static final int WIDTH = 110;

    private final Emission emission;
    private final Form form;
    private final DataType type;
    private final List<Schedule> schedules;
    private final MessageRounds rounds;

    /**
     * @param emission an algorithm and a shape that it takes
     * @param form in which the schedules are shown
     * @param type the element type, whose width the shape has
     */
    Explanation(Emission emission, Form form, DataType type) {
        this.emission = emission;
        this.form = form;
        this.type = type;
        schedules = emission.schedules().stream().map(form::lower).toList();
        rounds = MessageRounds.of(schedules);
    }

    /** Everything but the steps. */
    List<String> summary() {
        Algorithm algorithm = emission.algorithm();
        Shape shape = emission.shape();
        List<String> lines = new ArrayList<>();
        lines.add("%s %s, %d ranks, %s%s%s, %s form".formatted(algorithm.collective().label(), algorithm.name(),
                shape.size(),
                data(shape), shape.collective().rooted() ? ", root " + shape.root() : "",
                shape.average() ? ", average" : "",
                form.label()));
        lines.add("");
        lines.add("how            " + algorithm.description().summary());
        lines.add("source         " + algorithm.description().source());
        lines.add("formula        " + algorithm.description().costFormula());
        emission.segmented().ifPresent(segments -> lines.add("segments       " + segments.parts() + " to "
                + segments.count() + " elements, the longest piece that is cut"));
        lines.add("scratch        " + scratch());
        lines.add("synchronising  " + (emission.synchronising() ? "yes: no rank leaves before every rank has entered"
                : "no: a rank may leave before others have entered"));
        lines.add("order          " + AlgorithmList.order(algorithm.order()));
        lines.add("proof          " + proof());
        lines.add("");
        lines.addAll(costs().lines());
        if (!rounds.rounds().isEmpty()) {
            lines.add("");
            lines.add("messages by round, with the elements that each carries (. signal only)");
            lines.add("  source>destination put, source=>destination stored, reader<source got, reader<=source loaded");
            RoundsText.of(rounds, WIDTH).lines().forEach(lines::add);
        }
        return lines;
    }

    private String data(Shape shape) {
        if (!shape.collective().movesData()) {
            return "no data";
        }
        return "%d x %s a rank (%d B)%s".formatted(shape.count(), type.label(), shape.count() * type.bytes(),
                shape.inPlace() ? ", in place" : "");
    }

    private String scratch() {
        long elements = schedules.stream().mapToLong(Schedule::scratchElements).max().orElse(0);
        int signals = schedules.stream().mapToInt(Schedule::signals).max().orElse(0);
        return "%d elements (%d B) a rank and lane; %d signals for each peer".formatted(elements,
                elements * emission.shape().elementBytes(), signals);
    }

    private String proof() {
        Optional<Violation> violation = new Theorem(emission.algorithm(), emission.shape(), form).prove();
        return violation.map(v -> "NOT PROVEN: " + v)
                .orElse("proven just now for this shape and form, in every interleaving, several calls in a row");
    }

    /** The rounds as a picture. @throws IllegalArgumentException for more ranks or rounds than it has place for */
    String diagram() {
        Shape shape = emission.shape();
        Cost counted = StepCosts.of(schedules, rounds.rounds().size());
        return SpaceTimeDiagram.svg(rounds, new SpaceTimeDiagram.Caption(
                "%s %s, %d ranks, %s".formatted(emission.algorithm().collective().label(), emission.algorithm().name(),
                        shape.size(), data(shape)),
                List.of("%s form: %d rounds; busiest rank: %d messages, %d elements moved, %d reduced".formatted(
                        form.label(), counted.rounds(), counted.messages(), counted.moved(), counted.reduced()),
                        "A round is one message later than the one above it; its height is no time."),
                shape.size(), shape.elementBytes()));
    }

    /** Declared costs are those of the direct form; a lowered one moves the same data in more messages. */
    private TextTable costs() {
        TextTable table =
                new TextTable("cost of the busiest rank", ">rounds", ">messages", ">moved", ">reduced", ">scratch");
        row(table, "declared (direct form)", emission.cost());
        row(table, "counted (" + form.label() + " form)", StepCosts.of(schedules, rounds.rounds().size()));
        return table;
    }

    private static void row(TextTable table, String name, Cost cost) {
        table.row(name, cost.rounds(), cost.messages(), cost.moved(), cost.reduced(), cost.scratch());
    }

    /** The schedules of all ranks, as shown. */
    List<Schedule> schedules() {
        return schedules;
    }

    /** The steps of one rank; lines end with a line feed. */
    String steps(int rank) {
        return ScheduleText.of(schedules.get(rank));
    }
}
