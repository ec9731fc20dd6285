package org.fabricmark.schedule.verify;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.algorithm.ResultOrder;
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
            checkOrder(event, call, state, output);
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
        Shape shape = call.call().shape();
        for (int i = 0; i < output.size(); i++) {
            long start = output.start(i);
            int value = output.value(i);
            boolean right =
                    switch (shape.collective()) {
                        case ALL_REDUCE ->
                            values.isComplete(value, call.number(), size)
                                    && output.element(i) == start
                                    && values.isFinished(value) == (shape.average() && size > 1);
                        case ALL_GATHER -> {
                            int block = (int) (start / shape.count());
                            yield value == values.input(call.number(), block)
                                    && output.element(i) == start - block * shape.count()
                                    && output.end(i) <= (block + 1) * shape.count();
                        }
                        case BROADCAST ->
                            value == values.input(call.number(), shape.root()) && output.element(i) == start;
                        case BARRIER -> true;
                    };
            if (!right) {
                throw event.reject(
                        Kind.VALUE,
                        null,
                        "output elements %d to %d of rank %d hold element %d of %s"
                                .formatted(start, output.end(i), rank, output.element(i), values.describe(value)));
            }
        }
    }

    private void checkOrder(Event event, PlannedCall call, CallState state, Strip output) {
        if (call.call().order() == ResultOrder.RANK_ORDER) {
            for (int i = 0; i < output.size(); i++) {
                if (!values.isOrdered(output.value(i))) {
                    throw event.reject(
                            Kind.CLAIM, null,
                            "claims the order of ranks, but not from output element " + output.start(i));
                }
            }
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
