package org.fabricmark.schedule;

/**
 * The sink that counts what one rank's steps cost, without building them: messages, moved and reduced elements. Rounds and
 * scratch are properties of all ranks' schedules together, which the verifier counts.
 */
public final class CostCounter extends OperandSink {
    private final int rank;
    private long messages;
    private long moved;
    private long reduced;

    /** Counts the steps of {@code rank}. */
    public CostCounter(int rank) {
        this.rank = rank;
    }

    /** Messages to other ranks so far. */
    public long messages() {
        return messages;
    }

    /** Elements moved between ranks so far. */
    public long moved() {
        return moved;
    }

    /** Element-wise combinations so far. */
    public long reduced() {
        return reduced;
    }

    @Override
    protected void onPut(int signal) {
        messages++;
        moved += targets.elements();
    }

    @Override
    protected void onGet() {
        messages++;
        moved += sources.elements();
    }

    @Override
    protected void onReduce(boolean finish) {
        reduced += (sources.size() - 1) * targets.count(0);
        countRemote();
    }

    @Override
    protected void onCopy() {
        countRemote();
    }

    @Override
    protected void onMulticast() {
        countRemote();
    }

    private void countRemote() {
        moved += remote(sources) + remote(targets);
    }

    private long remote(Operands operands) {
        long sum = 0;
        for (int i = 0; i < operands.size(); i++) {
            sum += operands.rank(i) == rank ? 0 : operands.count(i);
        }
        return sum;
    }

    @Override
    public void notifyPeer(int peer, int signal) {
        messages += peer == rank ? 0 : 1;
    }

    @Override
    public void await(int peer, int signal, int times) {
        // waiting costs its share of the rounds, which one rank's steps do not show
    }

    @Override
    public void flush() {
        // a flush sends nothing
    }
}
