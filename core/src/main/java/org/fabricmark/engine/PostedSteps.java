package org.fabricmark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Step;
import org.fabricmark.transport.anatomy.Anatomy;
import org.fabricmark.transport.anatomy.PostedRequest;

/**
 * What a transport would post for each step of a schedule: the operations that {@link Binder} would make of it, told to an
 * {@link Anatomy} instead of executed. A pure function; steps are taken channel by channel.
 *
 * @param schedule without remote operands that the transport cannot reach
 * @param channels by channel and step, what is posted
 * @param end what is posted at the end of the call
 */
public record PostedSteps(Schedule schedule, List<List<List<PostedRequest>>> channels, List<PostedRequest> end) {
    public PostedSteps {
        channels = channels.stream().map(List::copyOf).toList();
        end = List.copyOf(end);
    }

    /**
     * Asks {@code anatomy} for all steps of {@code schedule}.
     *
     * @throws IllegalArgumentException when a step has a remote operand, which no request can carry
     */
    public static PostedSteps of(Schedule schedule, Anatomy anatomy) {
        Bumps bumps = Bumps.of(schedule);
        List<List<List<PostedRequest>>> channels = new ArrayList<>();
        for (int channel = 0; channel < schedule.channels().size(); channel++) {
            List<Step> steps = schedule.channels().get(channel);
            List<List<PostedRequest>> posted = new ArrayList<>();
            for (int index = 0; index < steps.size(); index++) {
                posted.add(switch (steps.get(index)) {
                    case Step.Put put -> put(schedule, put, channel, index, bumps, anatomy);
                    case Step.Get get -> get(schedule, get, channel, anatomy);
                    case Step.Notify bump when bump.peer() != schedule.rank() ->
                        anatomy.notifyPeer(bump.peer(), channel, bump.signal());
                    case Step.Flush _ -> anatomy.flush(channel);
                    case Step.Await await when await.peer() != schedule.rank() ->
                        anatomy.await(await.peer(), channel, await.signal(), await.times());
                    case Step.Notify _ -> List.of(); // to another channel of this rank
                    case Step.Await _ -> List.of();
                    case Step.Reduce reduce -> local(schedule, reduce, reduce.sources(), reduce.targets());
                    case Step.Copy copy -> local(schedule, copy, copy.sources(), copy.targets());
                    case Step.Multicast cast -> local(schedule, cast, List.of(cast.source()), cast.targets());
                });
            }
            channels.add(posted);
        }
        return new PostedSteps(schedule, channels, anatomy.drain());
    }

    /** A gather is one put for each source, the signal with the last one, as {@link Binder} does it. */
    private static List<PostedRequest> put(
            Schedule schedule, Step.Put put, int channel, int index, Bumps bumps, Anatomy anatomy) {
        int peer = put.target().rank();
        List<PostedRequest> posted = new ArrayList<>();
        int last = put.sources().size() - 1;
        for (int i = 0; i <= last; i++) {
            long bytes = bytes(schedule, put.sources().get(i));
            if (i < last || put.signal() == Step.NO_SIGNAL) {
                posted.addAll(anatomy.put(peer, channel, bytes));
            } else {
                boolean sole = last == 0 && bumps.soleAndLast(channel, index, peer, put.signal());
                posted.addAll(anatomy.putAndNotify(peer, channel, bytes, put.signal(), sole));
            }
        }
        return posted;
    }

    private static List<PostedRequest> get(Schedule schedule, Step.Get get, int channel, Anatomy anatomy) {
        return get.targets().stream()
                .flatMap(target -> anatomy.get(get.source().rank(), channel, bytes(schedule, target)).stream())
                .toList();
    }

    private static List<PostedRequest> local(Schedule schedule, Step step, List<Slice> sources, List<Slice> targets) {
        for (List<Slice> slices : List.of(sources, targets)) {
            for (Slice slice : slices) {
                if (slice.rank() != schedule.rank()) {
                    throw new IllegalArgumentException(slice + " is remote in " + step);
                }
            }
        }
        return List.of();
    }

    private static long bytes(Schedule schedule, Slice slice) {
        return slice.count() * schedule.shape().elementBytes();
    }

    /** All that is posted, channel by channel, then the end. */
    public List<PostedRequest> all() {
        return Stream.concat(channels.stream().flatMap(List::stream).flatMap(List::stream), end.stream()).toList();
    }
}
