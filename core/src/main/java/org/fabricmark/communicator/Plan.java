package org.fabricmark.communicator;

import org.fabricmark.collective.Shape;
import org.fabricmark.engine.Program;
import org.fabricmark.schedule.Schedule;

/**
 * A collective call, bound to its buffers, that can be made any number of times: a persistent call in the sense of MPI. Made by
 * {@link Communicator#plan}.
 *
 * <p>{@link #execute} makes the call and waits for it. {@link #start} makes it without waiting, so that the rank can compute
 * meanwhile; a plan has one call at a time, of several plans calls may overlap. All ranks make the calls of their plans in the same
 * order. When a call is over on a rank, its output is complete and its input may be overwritten; until then the buffers belong
 * to the call. What other ranks may still be doing is what the algorithm claims
 * ({@link org.fabricmark.algorithm.Algorithm#synchronising}).
 *
 * <p>Thread rule: the rank's thread. Calls allocate nothing after warm-up, except what the transport needs.
 */
public final class Plan implements AutoCloseable {
    private final Communicator communicator;
    private final PlanRequest request;
    private final Schedule schedule;
    private final boolean synchronising;
    private final LaneMemory memory;

    /** The same schedule, bound once for each lane; none where the call has nothing to do. */
    private final Program[] programs;

    private final Request outstanding;
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
        this.outstanding = new Request(communicator);
    }

    /**
     * Makes the call and returns when it is over on this rank.
     *
     * @throws org.fabricmark.transport.FabricException when a rank failed; the communicator can then only be closed
     * @throws IllegalStateException when the plan is closed, or its last call is outstanding
     */
    public void execute() {
        checkReady();
        if (programs.length > 0) {
            communicator.execute(outstanding.call, programs, synchronising);
        }
    }

    /**
     * Starts the call, and returns without waiting for other ranks. The call is outstanding until {@link Request#test} has
     * answered yes or {@link Request#await} has returned.
     *
     * @return the plan's one request, the same for each of its calls
     * @throws org.fabricmark.transport.FabricException when a rank failed; the communicator can then only be closed
     * @throws IllegalStateException when the plan is closed, or its last call is outstanding
     */
    public Request start() {
        checkReady();
        if (programs.length > 0) {
            outstanding.begin();
            communicator.start(outstanding.call, programs, synchronising);
        }
        return outstanding;
    }

    /** Follows private memory to where it is in the next call. */
    void relocate() {
        checkReady();
        for (Program program : programs) {
            program.relocate();
        }
    }

    private void checkReady() {
        if (closed) {
            throw new IllegalStateException("the plan is closed");
        }
        if (outstanding.isOutstanding()) {
            throw new IllegalStateException("the plan's last call is outstanding: await its request first");
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

    /**
     * Gives back what only this plan used. Collective, like {@link Window#close}; closing twice does nothing.
     *
     * @throws IllegalStateException when its last call is outstanding, unless a rank failed
     */
    @Override
    public void close() {
        if (!closed) {
            if (outstanding.isOutstanding() && !communicator.failed()) {
                throw new IllegalStateException("the plan's last call is outstanding: await its request first");
            }
            closed = true;
            communicator.closed(request, memory);
        }
    }
}
