package org.fabricmark.algorithm;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.collective.Chunks;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Space;
import org.fabricmark.schedule.StepSink;

/**
 * One of the parts into which {@link org.fabricmark.collective.Tuning#channels} divides a call: a call of the same algorithm on
 * fewer elements, with channels, signals and scratch of its own, so that it needs no algorithm to know about channels. Of a
 * vector it is a range; of blocks the same range of each.
 *
 * <p>An algorithm that allows this ({@link Tunable#CHANNELS}) names, where there are blocks, no more than one with an operand.
 *
 * @param whole the shape of the call
 * @param shape the shape of the part, with one channel
 * @param start first element of the part in the vector, or in each block
 * @param firstChannel channels of earlier parts
 * @param firstSignal signals of earlier parts
 * @param firstScratch scratch elements of earlier parts
 */
record ChannelPart(Shape whole, Shape shape, long start, int firstChannel, int firstSignal, long firstScratch) {
    /** The parts of {@code shape}, in order; some are empty when there are fewer elements than channels. */
    static List<ChannelPart> of(Algorithm algorithm, Shape shape) {
        int parts = algorithm.tunables().contains(Tunable.CHANNELS) ? shape.tuning().channels() : 1;
        Chunks chunks = Chunks.of(shape.count(), parts, shape.elementBytes());
        List<ChannelPart> list = new ArrayList<>();
        int channel = 0;
        int signal = 0;
        long scratch = 0;
        for (int i = 0; i < parts; i++) {
            Shape part = shape.withCount(chunks.length(i)).withTuning(shape.tuning().withChannels(1));
            list.add(new ChannelPart(shape, part, chunks.start(i), channel, signal, scratch));
            channel += algorithm.channels();
            signal += algorithm.signals(part);
            scratch += algorithm.scratchElements(part);
        }
        return list;
    }

    /** Passes on the steps of the part as steps of the whole. */
    StepSink into(StepSink to) {
        return new Shifted(to);
    }

    private long offset(Space space, long offset) {
        if (space == Space.SCRATCH) {
            return firstScratch + offset;
        }
        long elements = space == Space.INPUT ? whole.inputElements() : whole.outputElements();
        boolean blocks = elements > whole.count();
        return blocks ? offset / shape.count() * whole.count() + start + offset % shape.count() : start + offset;
    }

    private final class Shifted implements StepSink {
        private final StepSink to;

        Shifted(StepSink to) {
            this.to = to;
            to.channel(firstChannel);
        }

        @Override
        public void channel(int channel) {
            to.channel(firstChannel + channel);
        }

        @Override
        public void source(int rank, Space space, long offset, long count) {
            to.source(rank, space, count == 0 ? 0 : offset(space, offset), count);
        }

        @Override
        public void target(int rank, Space space, long offset, long count) {
            to.target(rank, space, count == 0 ? 0 : offset(space, offset), count);
        }

        @Override
        public void put(int signal) {
            to.put(shifted(signal));
        }

        @Override
        public void get() {
            to.get();
        }

        @Override
        public void reduce(boolean finish) {
            to.reduce(finish);
        }

        @Override
        public void copy() {
            to.copy();
        }

        @Override
        public void multicast() {
            to.multicast();
        }

        @Override
        public void notifyPeer(int peer, int signal) {
            to.notifyPeer(peer, shifted(signal));
        }

        @Override
        public void await(int peer, int signal, int times) {
            to.await(peer, shifted(signal), times);
        }

        @Override
        public void flush() {
            to.flush();
        }

        private int shifted(int signal) {
            return signal < 0 ? signal : firstSignal + signal;
        }
    }
}
