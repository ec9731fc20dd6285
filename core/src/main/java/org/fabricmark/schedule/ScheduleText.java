package org.fabricmark.schedule;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.fabricmark.collective.Shape;

/** A schedule as text for people: a header, then one line a step, channel by channel. Slices of the own rank omit it. */
public final class ScheduleText {
    /** What is said below a step. */
    @FunctionalInterface
    public interface Notes {
        /** Lines without line feed, or none, for step {@code index} of {@code channel}. */
        List<String> below(int channel, int index);
    }

    private static final Notes NO_NOTES = (_, _) -> List.of();

    private final Schedule schedule;

    private ScheduleText(Schedule schedule) {
        this.schedule = schedule;
    }

    /** The text; lines end with a line feed. */
    public static String of(Schedule schedule) {
        return of(schedule, NO_NOTES);
    }

    /** The text with {@code notes}, deeper than the steps. */
    public static String of(Schedule schedule, Notes notes) {
        return new ScheduleText(schedule).text(notes);
    }

    /** One step of {@code schedule}, as in its text. */
    public static String step(Schedule schedule, Step step) {
        return new ScheduleText(schedule).line(step);
    }

    private String text(Notes notes) {
        Shape shape = schedule.shape();
        StringBuilder text = new StringBuilder();
        text.append("rank %d of %d: %s %s, %d x %d B%s, scratch %d, %d signals\n"
                .formatted(
                        schedule.rank(),
                        shape.size(),
                        shape.collective().label(),
                        schedule.algorithm(),
                        shape.count(),
                        shape.elementBytes(),
                        shape.inPlace() ? ", in place" : "",
                        schedule.scratchElements(),
                        schedule.signals()));
        for (int channel = 0; channel < schedule.channels().size(); channel++) {
            List<Step> steps = schedule.channels().get(channel);
            if (schedule.channels().size() > 1) {
                text.append("  channel ").append(channel).append('\n');
            }
            for (int i = 0; i < steps.size(); i++) {
                text.append("  %4d  %s\n".formatted(i, line(steps.get(i))));
                notes.below(channel, i).forEach(note -> text.append("          ").append(note).append('\n'));
            }
        }
        return text.toString();
    }

    private String line(Step step) {
        return switch (step) {
            case Step.Put put ->
                "put        " + list(put.sources()) + " -> " + name(put.target())
                        + (put.signal() == Step.NO_SIGNAL ? "" : ", signal " + put.signal());
            case Step.Get get -> "get        " + name(get.source()) + " -> " + list(get.targets());
            case Step.Notify bump -> "notify     " + peer(bump.peer()) + ", signal " + bump.signal();
            case Step.Await await ->
                "await      " + peer(await.peer()) + ", signal " + await.signal()
                        + (await.times() == 1 ? "" : ", " + await.times() + " times");
            case Step.Reduce reduce ->
                "reduce     " + list(reduce.sources()) + " -> " + list(reduce.targets())
                        + (reduce.finish() ? ", divide by " + schedule.shape().size() : "");
            case Step.Copy copy -> "copy       " + list(copy.sources()) + " -> " + list(copy.targets());
            case Step.Multicast cast -> "multicast  " + name(cast.source()) + " -> " + list(cast.targets());
            case Step.Flush flush -> "flush";
        };
    }

    private String peer(int rank) {
        return rank == schedule.rank() ? "self" : "rank " + rank;
    }

    private String list(List<Slice> slices) {
        return slices.stream().map(this::name).collect(Collectors.joining(" + "));
    }

    private String name(Slice slice) {
        String owner = slice.rank() == schedule.rank() ? "" : slice.rank() + ":";
        return owner + slice.space().name().toLowerCase(Locale.ROOT) + "[" + slice.offset() + ".." + slice.end() + ")";
    }
}
