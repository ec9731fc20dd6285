package org.fabricmark.schedule.verify;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.algorithm.ResultOrder;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.Cost;
import org.fabricmark.schedule.verify.Violation.Kind;

/** What must be true when a rank leaves a call: its output, the order of contributions, the claims, the cost. */
final class Outcome {
    private final Values values;
    private final int size;
    private final CallState[] calls;

    /** What is known of one call while ranks enter and leave it. */
    private static final class CallState {
        private final int[] entries;
        private final boolean[] left;
        private final List<PendingGet> gets = new ArrayList<>();
        private Strip firstOutput;
        private int rounds;
        private int ranksLeft;

        CallState(int size) {
            entries = new int[size];
            left = new boolean[size];
        }
    }

    private record PendingGet(int source, Accesses.Transfer transfer) {}

    Outcome(Values values, int calls, int size) {
        this.values = values;
        this.size = size;
        this.calls = new CallState[calls];
        for (int i = 0; i < calls; i++) {
            this.calls[i] = new CallState(size);
        }
    }

    void entered(PlannedCall call, int rank, int time) {
        calls[call.number()].entries[rank] = time;
    }

    /** A get reads from {@code source}, which makes progress only while it is in the call. */
    void got(Event event, PlannedCall call, int source, int actor, Accesses.Transfer transfer) {
        CallState state = calls[call.number()];
        if (state.left[source]) {
            throw event.reject(Kind.UNFINISHED, null, "gets from rank " + source + ", which may have left the call");
        }
        state.gets.add(new PendingGet(source, transfer));
    }

    /** {@code rank} leaves {@code call} with {@code output}, {@code depth} messages deep. */
    void left(Event event, PlannedCall call, int rank, Strip output, int depth) {
        CallState state = calls[call.number()];
        state.left[rank] = true;
        for (PendingGet get : state.gets) {
            if (get.source == rank && !event.isOver(get.transfer.read())) {
                throw event.reject(Kind.UNFINISHED, null, "leaves while a get may still need its progress");
            }
        }
        Shape shape = call.call().shape();
        checkValues(event, call, rank, output);
        if (call.call().order() != ResultOrder.NONE) {
            checkOrder(event, call, rank, state, output);
        }
        if (call.call().synchronising()) {
            for (int peer = 0; peer < size; peer++) {
                if (state.entries[peer] == 0 || !event.knows(peer, state.entries[peer])) {
                    throw event.reject(
                            Kind.CLAIM, null,
                            "claims to synchronise, but leaves without word that rank " + peer + " entered");
                }
            }
        }
        state.rounds = Math.max(state.rounds, depth);
        if (++state.ranksLeft == size && !shape.isEmpty()) {
            call.call().cost().ifPresent(declared -> checkCost(event, call, declared, state.rounds));
        }
    }

    private void checkValues(Event event, PlannedCall call, int rank, Strip output) {
        for (int i = 0; i < output.size(); i++) {
            if (!isRight(call, rank, output, i)) {
                throw event.reject(
                        Kind.VALUE,
                        null,
                        "output elements %d to %d of rank %d hold element %d of %s"
                                .formatted(output.start(i), output.end(i), rank, output.element(i),
                                        values.describe(output.value(i))));
            }
        }
    }

    /** Whether interval {@code i} of {@code rank}'s output holds what the collective defines. */
    private boolean isRight(PlannedCall call, int rank, Strip output, int i) {
        Shape shape = call.call().shape();
        long start = output.start(i);
        int value = output.value(i);
        return switch (shape.collective()) {
            case ALL_REDUCE -> isReduced(shape, call, value) && output.element(i) == start;
            case REDUCE_SCATTER -> isReduced(shape, call, value)
                    && output.element(i) == start + rank * shape.count();
            case REDUCE -> rank == shape.root()
                    ? isReduced(shape, call, value) && output.element(i) == start
                    : output.element(i) == start && value == untouched(shape, call, rank);
            case ALL_GATHER -> isOfBlock(shape, call, output, i, 0);
            case ALL_TO_ALL -> isOfBlock(shape, call, output, i, rank * shape.count());
            case BROADCAST -> value == values.input(call.number(), shape.root()) && output.element(i) == start;
            case SEND_RECV -> value == values.input(call.number(), (rank + size - 1) % size)
                    && output.element(i) == start;
            case BARRIER -> true;
        };
    }

    private boolean isReduced(Shape shape, PlannedCall call, int value) {
        return values.isComplete(value, call.number(), size)
                && values.isFinished(value) == (shape.average() && size > 1);
    }

    /** What the user left in an output that nobody may write: nothing, or in place the rank's input. */
    private int untouched(Shape shape, PlannedCall call, int rank) {
        return shape.inPlace() ? values.input(call.number(), rank) : Values.UNDEFINED;
    }

    /** Whether the interval lies in one block and holds the elements from {@code first} on of the input of that rank. */
    private boolean isOfBlock(Shape shape, PlannedCall call, Strip output, int i, long first) {
        int block = (int) (output.start(i) / shape.count());
        return output.value(i) == values.input(call.number(), block)
                && output.element(i) == first + output.start(i) - block * shape.count()
                && output.end(i) <= (block + 1) * shape.count();
    }

    private void checkOrder(Event event, PlannedCall call, int rank, CallState state, Strip output) {
        Shape shape = call.call().shape();
        if (shape.collective() == Collective.REDUCE && rank != shape.root()) {
            return; // combines nothing
        }
        if (call.call().order() == ResultOrder.RANK_ORDER) {
            for (int i = 0; i < output.size(); i++) {
                if (!values.isOrdered(output.value(i))) {
                    throw event.reject(
                            Kind.CLAIM, null,
                            "claims the order of ranks, but not from output element " + output.start(i));
                }
            }
        }
        if (shape.collective() != Collective.ALL_REDUCE) {
            return; // each element is on one rank only
        }
        if (state.firstOutput == null) {
            state.firstOutput = output;
        } else if (state.firstOutput.difference(output) >= 0) {
            throw event.reject(
                    Kind.CLAIM,
                    null,
                    "claims the same order on all ranks, but output element " + state.firstOutput.difference(output)
                            + " is combined in another");
        }
    }

    private void checkCost(Event event, PlannedCall call, Cost declared, int rounds) {
        Cost counted = StepCosts.of(call.call().schedules(), rounds);
        if (!counted.equals(declared)) {
            throw event.reject(Kind.CLAIM, null, "declares " + declared + ", but costs " + counted);
        }
    }
}
