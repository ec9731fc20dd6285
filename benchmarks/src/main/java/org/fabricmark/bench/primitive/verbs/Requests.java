package org.fabricmark.bench.primitive.verbs;

/** Rank 0 posts a request and awaits its completion; rank 1 only lets its device work. */
final class Requests implements Rounds {
    private final Completions completions;
    private final Waiting waiting;
    private final Lane lane;

    Requests(Completions completions, Waiting waiting) {
        this.completions = completions;
        this.waiting = waiting;
        this.lane = completions.lanes()[0];
    }

    @Override
    public void prepare(VerbsPrimitive primitive, int bytes) {
        // the lane is prepared, and that is all
    }

    @Override
    public void lead() {
        lane.post();
        if (completions.takeSends()) {
            return;
        }
        waiting.begin();
        while (lane.underWay() > 0) {
            if (!completions.takeSends()) {
                waiting.again();
            }
        }
    }

    @Override
    public void answer() {
        waiting.idle();
    }
}
