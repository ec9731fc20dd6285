package org.fabricmark.schedule.lowering;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.Step;

/**
 * Which spaces some rank touches at another one. A space that is not among them is met by its own rank's steps only: it may lie in
 * memory that peers have no name for, and elsewhere in each call.
 */
public final class ReachedSpaces {
    private ReachedSpaces() {}

    /**
     * The spaces that are touched from outside.
     *
     * @param schedules of all ranks, lowered: what one rank does with its own memory says nothing of what others do with it
     */
    public static Set<Space> of(Stream<Schedule> schedules) {
        Set<Space> reached = EnumSet.noneOf(Space.class);
        schedules.forEach(schedule -> add(schedule, reached));
        return reached;
    }

    private static void add(Schedule schedule, Set<Space> reached) {
        Predicate<Slice> remote = slice -> slice.rank() != schedule.rank();
        schedule.channels().stream().flatMap(List::stream).flatMap(ReachedSpaces::slices).filter(remote)
                .forEach(slice -> reached.add(slice.space()));
    }

    /** All slices that {@code step} touches. */
    static Stream<Slice> slices(Step step) {
        return switch (step) {
            case Step.Put put -> Stream.concat(put.sources().stream(), Stream.of(put.target()));
            case Step.Get get -> Stream.concat(get.targets().stream(), Stream.of(get.source()));
            case Step.Reduce reduce -> Stream.concat(reduce.sources().stream(), reduce.targets().stream());
            case Step.Copy copy -> Stream.concat(copy.sources().stream(), copy.targets().stream());
            case Step.Multicast cast -> Stream.concat(cast.targets().stream(), Stream.of(cast.source()));
            case Step.Notify _,Step.Await _,Step.Flush _ -> Stream.empty();
        };
    }
}
