package org.fabricmark.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.fabricmark.collective.Shape;

/** The sink that builds the records of a {@link Schedule}. One builder builds one schedule. */
public final class ScheduleBuilder extends OperandSink {
    private final List<List<Step>> channels = new ArrayList<>();

    /** The schedule of all steps received so far. */
    public Schedule build(String algorithm, Shape shape, int rank, long scratchElements, int signals) {
        return new Schedule(algorithm, shape, rank, channels, scratchElements, signals);
    }

    private void add(Step step) {
        while (channels.size() <= channel) {
            channels.add(new ArrayList<>());
        }
        channels.get(channel).add(step);
    }

    private static List<Slice> slices(Operands operands) {
        return IntStream.range(0, operands.size()).mapToObj(operands::slice).toList();
    }

    @Override
    protected void onPut(int signal) {
        add(new Step.Put(slices(sources), targets.slice(0), signal));
    }

    @Override
    protected void onGet() {
        add(new Step.Get(sources.slice(0), slices(targets)));
    }

    @Override
    protected void onReduce(boolean finish) {
        add(new Step.Reduce(slices(targets), slices(sources), finish));
    }

    @Override
    protected void onCopy() {
        add(new Step.Copy(slices(targets), slices(sources)));
    }

    @Override
    protected void onMulticast() {
        add(new Step.Multicast(slices(targets), sources.slice(0)));
    }

    @Override
    public void notifyPeer(int peer, int signal) {
        add(new Step.Notify(peer, signal));
    }

    @Override
    public void await(int peer, int signal, int times) {
        add(new Step.Await(peer, signal, times));
    }

    @Override
    public void flush() {
        add(new Step.Flush());
    }
}
