package org.fabricmark.transport.rdma;

import org.fabricmark.transport.FabricException;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;
import org.fabricmark.transport.host.HostMeeting;
import org.fabricmark.transport.rdma.verbs.CompletionStatus;
import org.fabricmark.transport.rdma.verbs.VerbsException;
import org.fabricmark.transport.rdma.verbs.VerbsException.Reason;
import org.fabricmark.transport.rdma.verbs.WorkCompletion;

/**
 * What verbs say that went wrong, as failures of the job: told to all ranks, and thrown as all ranks throw it.
 *
 * <p>Thread rule: the rank's thread.
 */
final class RdmaFailures {
    /** How long the rank that knows the cause may take to tell it: it polls, unless it has lost its core. */
    private static final long TELL_NANOS = 500_000_000;

    private final HostMeeting meeting;

    RdmaFailures(HostMeeting meeting) {
        this.meeting = meeting;
    }

    /** A verb was refused. */
    FabricException verb(String what, VerbsException e) {
        Category category = e.reason() == Reason.ENOMEM ? Category.NO_ROOM : Category.PROGRAM_WRONG;
        String words = category == Category.NO_ROOM
                ? e.getMessage() : "rank " + meeting.rank() + " cannot " + what + ": " + e.getMessage();
        return told(Failure.of(category, meeting.rank(), meeting.name(), words), e);
    }

    /** The ranks do not agree with each other, or with the device. */
    FabricException wrong(String what) {
        return told(Failure.of(Category.PROGRAM_WRONG, meeting.rank(), meeting.name(), what), null);
    }

    /** A request to {@code peer} has not ended well. */
    FabricException send(WorkCompletion completion, int peer) {
        return completion(RdmaLayout.operation(completion.id()).words() + " to rank " + peer, completion, peer);
    }

    /** A receive for {@code peer} has not ended well. */
    FabricException receive(WorkCompletion completion, int peer) {
        return completion("receive from rank " + peer, completion, peer);
    }

    private FabricException completion(String what, WorkCompletion completion, int peer) {
        if (completion.status() == CompletionStatus.WORK_REQUEST_FLUSHED) {
            awaitCause();
        }
        String words = "rank " + meeting.rank() + ": " + what + " ended with " + completion.status() + " over "
                + meeting.name();
        return told(
                new Failure(
                        category(completion.status()), meeting.rank(), peer, Failure.UNKNOWN, meeting.name(), 0, words),
                null);
    }

    /** A queue has overflowed or was refused a request, which our own counting should have kept from happening. */
    FabricException queue(String what, int peer) {
        return told(
                new Failure(
                        Category.PROGRAM_WRONG, meeting.rank(), peer, Failure.UNKNOWN, meeting.name(), 0,
                        "rank " + meeting.rank() + ": " + what + " over " + meeting.name()),
                null);
    }

    /** Flushed requests are the consequence of an error, which whoever has met it tells. */
    private void awaitCause() {
        long start = System.nanoTime();
        while (meeting.aborted().isEmpty() && System.nanoTime() - start < TELL_NANOS) {
            meeting.breathe();
            Thread.yield();
        }
    }

    static Category category(CompletionStatus status) {
        return switch (status) {
            case RETRY_EXCEEDED_ERROR, RESPONSE_TIMEOUT_ERROR, WORK_REQUEST_FLUSHED, FATAL_ERROR, GENERAL_ERROR ->
                Category.LINK_LOST;
            default -> Category.PROGRAM_WRONG;
        };
    }

    private FabricException told(Failure failure, Throwable cause) {
        meeting.abort(failure);
        return new FabricException(meeting.aborted().orElse(failure), cause);
    }
}
