package org.fabricmark.communicator;

import org.fabricmark.collective.Shape;
import org.fabricmark.engine.Program;
import org.fabricmark.schedule.Schedule;

/**
 * A collective call, bound to its buffers, that can be executed any number of times. Made by {@link Communicator#plan}.
 *
 * <p>All ranks execute their plans in the same order. A call starts when the rank enters; when it returns, the rank's output is
 * complete and its input may be overwritten. What other ranks may still be doing is what the algorithm claims
 * ({@link org.fabricmark.algorithm.Algorithm#synchronising}).
 *
 * <p>Thread rule: the rank's thread. {@link #execute} allocates nothing after warm-up, except what the transport needs.
 */
public final class Plan implements AutoCloseable {
    private final Communicator communicator;
    private final PlanRequest request;
    private final Schedule schedule;
    private final boolean synchronising;
    private final LaneMemory memory;

    /** The same schedule, bound once for each lane; none where the call has nothing to do. */
    private final Program[] programs;

    private boolean closed;

    Plan(
            Communicator communicator,
            PlanRequest request,
            Schedule schedule,
            boolean synchronising,
            LaneMemory memory,
            Program[] programs) {
        this.communicator = communicator;
        this.request = request;
        this.schedule = schedule;
        this.synchronising = synchronising;
        this.memory = memory;
        this.programs = programs;
    }

    /**
     * Makes the call.
     *
     * @throws org.fabricmark.transport.FabricException when a rank failed; the communicator can then only be closed
     */
    public void execute() {
        if (closed) {
            throw new IllegalStateException("the plan is closed");
        }
        if (programs.length > 0) {
            communicator.execute(programs, synchronising);
        }
    }

    /** Name of the algorithm that runs. */
    public String algorithm() {
        return schedule.algorithm();
    }

    /** What it computes. */
    public Shape shape() {
        return schedule.shape();
    }

    /** The request it was made from. */
    public PlanRequest request() {
        return request;
    }

    /** The steps that this rank runs, lowered for its transport. */
    public Schedule schedule() {
        return schedule;
    }

    /** Gives back what only this plan used. Collective, like {@link Window#close}; closing twice does nothing. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            communicator.closed(request, memory);
        }
    }
}
