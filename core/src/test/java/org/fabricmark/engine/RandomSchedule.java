package org.fabricmark.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.DataType;
import org.fabricmark.collective.ReduceOp;
import org.fabricmark.collective.Shape;
import org.fabricmark.collective.Tuning;
import org.fabricmark.schedule.Schedule;
import org.fabricmark.schedule.Slice;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.Step;
import org.fabricmark.schedule.lowering.Lowering;

/**
 * A schedule of the catalogue with some steps replaced, exchanged or taken away at random, or one of random steps alone.
 *
 * @param emission of the catalogue's schedule, also where nothing of it is left
 * @param schedule of one rank
 * @param type element type, as wide as the shape says
 * @param op operation of the collective, or null
 * @param direct whether steps may touch peers' memory
 */
record RandomSchedule(Emission emission, Schedule schedule, DataType type, ReduceOp op, boolean direct) {
    private static final int MOST_RANKS = 4;

    static RandomSchedule draw(SplittableRandom random) {
        while (true) {
            Algorithm algorithm = Algorithms.all().get(random.nextInt(Algorithms.all().size()));
            Collective collective = algorithm.collective();
            int size = 1 + random.nextInt(MOST_RANKS);
            DataType type = DataType.values()[random.nextInt(DataType.values().length)];
            ReduceOp op = collective.reduces() ? ReduceOp.values()[random.nextInt(ReduceOp.values().length)] : null;
            Shape shape = new Shape(
                    collective, size, collective.movesData() ? random.nextInt(60) : 0, type.bytes(),
                    op != null && op.needsFinish(), collective.rooted() ? random.nextInt(size) : 0,
                    collective.movesData() && random.nextBoolean(), new Tuning(64, 4, 40));
            Optional<String> refusal = algorithm.refusal(shape);
            if (refusal.isEmpty()) {
                boolean direct = random.nextBoolean();
                Emission emission = new Emission(algorithm, shape);
                Schedule whole = Lowering.lower(emission.schedule(random.nextInt(size)), (_, _) -> direct);
                return new RandomSchedule(emission, changed(whole, random), type, op, direct);
            }
        }
    }

    private static Schedule changed(Schedule whole, SplittableRandom random) {
        List<List<Step>> channels = new ArrayList<>();
        if (random.nextInt(3) == 0) {
            for (int channel = random.nextInt(3); channel >= 0; channel--) {
                List<Step> steps = new ArrayList<>();
                for (int step = random.nextInt(6); step > 0; step--) {
                    steps.add(step(whole, random));
                }
                channels.add(steps);
            }
        } else {
            whole.channels().forEach(steps -> channels.add(new ArrayList<>(steps)));
            for (int blows = random.nextInt(4); blows > 0 && !channels.isEmpty(); blows--) {
                strike(whole, channels.get(random.nextInt(channels.size())), random);
            }
        }
        return new Schedule(
                whole.algorithm(), whole.shape(), whole.rank(), channels, whole.scratchElements(), whole.signals());
    }

    private static void strike(Schedule whole, List<Step> steps, SplittableRandom random) {
        if (steps.isEmpty()) {
            return;
        }
        int at = random.nextInt(steps.size());
        switch (random.nextInt(4)) {
            case 0 -> steps.remove(at);
            case 1 -> steps.add(at, steps.get(random.nextInt(steps.size())));
            case 2 -> steps.set(at, step(whole, random));
            default -> steps.set(at, nudged(steps.get(at), random));
        }
    }

    /** The step with one of its slices moved or stretched. */
    private static Step nudged(Step step, SplittableRandom random) {
        return switch (step) {
            case Step.Put put ->
                new Step.Put(nudged(put.sources(), random), nudged(put.target(), random), put.signal());
            case Step.Get get -> new Step.Get(nudged(get.source(), random), nudged(get.targets(), random));
            case Step.Reduce reduce ->
                new Step.Reduce(nudged(reduce.targets(), random), nudged(reduce.sources(), random), reduce.finish());
            case Step.Copy copy -> new Step.Copy(nudged(copy.targets(), random), nudged(copy.sources(), random));
            case Step.Multicast cast ->
                new Step.Multicast(nudged(cast.targets(), random), nudged(cast.source(), random));
            case Step.Await await -> new Step.Await(await.peer(), await.signal(), await.times() - random.nextInt(2));
            case Step.Notify bump -> new Step.Notify(bump.peer() + random.nextInt(-1, 2), bump.signal());
            case Step.Flush flush -> flush;
        };
    }

    private static List<Slice> nudged(List<Slice> slices, SplittableRandom random) {
        return slices.stream().map(slice -> nudged(slice, random)).toList();
    }

    private static Slice nudged(Slice slice, SplittableRandom random) {
        return switch (random.nextInt(8)) {
            case 0 -> new Slice(slice.rank(), slice.space(), slice.offset() + random.nextInt(4), slice.count());
            case 1 -> new Slice(slice.rank(), slice.space(), slice.offset(), slice.count() + random.nextInt(4));
            case 2 -> new Slice(slice.rank() + random.nextInt(2), slice.space(), slice.offset(), slice.count());
            default -> slice;
        };
    }

    private static Step step(Schedule whole, SplittableRandom random) {
        long count = 1 + random.nextInt(20);
        int signal = random.nextInt(-1, whole.signals() + 1);
        int own = whole.rank();
        int any = random.nextInt(-1, whole.shape().size() + 1);
        int peer = Math.max(0, any);
        return switch (random.nextInt(9)) {
            case 0 -> new Step.Put(slices(own, count, 1, random), slice(peer, count, random), signal);
            case 1 -> new Step.Put(slices(own, count, 2, random), slice(peer, 2 * count, random), signal);
            case 2 -> new Step.Get(slice(peer, count, random), slices(own, count, 1, random));
            case 3 -> new Step.Notify(any, signal);
            case 4 -> new Step.Await(any, signal, random.nextInt(3));
            case 5 -> new Step.Reduce(
                    slices(own, count, random.nextInt(4), random), slices(peer, count, random.nextInt(6), random),
                    random.nextBoolean());
            case 6 -> new Step.Copy(
                    slices(own, count, random.nextInt(3), random), slices(peer, count, random.nextInt(3), random));
            case 7 -> new Step.Multicast(slices(peer, count, random.nextInt(4), random), slice(own, count, random));
            default -> new Step.Flush();
        };
    }

    private static List<Slice> slices(int rank, long count, int number, SplittableRandom random) {
        List<Slice> slices = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            slices.add(slice(rank, count, random));
        }
        return slices;
    }

    /** Mostly near the beginning of its space, sometimes far beyond every memory. */
    private static Slice slice(int rank, long count, SplittableRandom random) {
        long offset = switch (random.nextInt(60)) {
            case 0 -> random.nextLong(Long.MAX_VALUE - count);
            case 1 -> (1L << 61) + random.nextInt(30); // where bytes wrap around
            default -> random.nextInt(30);
        };
        return new Slice(rank, Space.values()[random.nextInt(3)], offset, count);
    }
}
