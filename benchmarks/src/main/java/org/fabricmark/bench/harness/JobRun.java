package org.fabricmark.bench.harness;

import java.util.List;
import org.fabricmark.bench.cases.BenchmarkCase;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.communicator.Communicator;

/**
 * What every rank of a job does in a sweep: one case after the other. Ranks that follow know the same cases and the same request,
 * and nothing of tables, budgets and listeners.
 *
 * @param request how cases are measured
 * @param tables the job's cases
 * @param cores processors that the launcher may use; a pinned rank would count only its own
 * @param lead what rank 0 decides and tells
 */
record JobRun(SweepRequest request, List<List<BenchmarkCase>> tables, int cores, Lead lead) {

    /** Rank 0's side, called on its thread only. */
    interface Lead {
        /** For ranks other than 0, on which nothing of this is called. */
        Lead NONE = new Lead() {
            @Override
            public void tableStarted(BenchmarkCase first, Registration registration) {
                throw new IllegalStateException("this rank does not lead");
            }

            @Override
            public Effort caseStarted(BenchmarkCase subject) {
                throw new IllegalStateException("this rank does not lead");
            }

            @Override
            public void caseFinished(CaseRun.Measured measured) {
                throw new IllegalStateException("this rank does not lead");
            }
        };

        /**
         * The rows of a table follow.
         *
         * @param registration what the windows of this job have cost
         */
        void tableStarted(BenchmarkCase first, Registration registration);

        /** A case is about to be measured; says what it may cost. */
        Effort caseStarted(BenchmarkCase subject);

        /** A case has been measured. */
        void caseFinished(CaseRun.Measured measured);
    }

    /**
     * How long a case may take.
     *
     * @param nanos about how long in all
     * @param warmupNanos how long warming up takes at least
     */
    record Effort(long nanos, long warmupNanos) {
        private static final Effort FOLLOWED = new Effort(0, 0);
    }

    /** Collective: all ranks of {@code job}. */
    void run(Job job, Communicator communicator) {
        SideChannel.use(job, communicator, side -> run(communicator, side));
    }

    private void run(Communicator communicator, SideChannel side) {
        List<BenchmarkCase> cases = tables.stream().flatMap(List::stream).toList();
        JobRank rank = new JobRank(communicator, cases, side, request.seed());
        LimitProbes limits = new LimitProbes(rank, cores);
        for (List<BenchmarkCase> table : tables) {
            if (rank.leads()) {
                lead.tableStarted(table.getFirst(), rank.registration());
            }
            for (BenchmarkCase subject : table) {
                Effort effort = rank.leads() ? lead.caseStarted(subject) : Effort.FOLLOWED;
                new CaseRun(rank, subject, request, limits, effort.nanos(), effort.warmupNanos())
                        .run()
                        .ifPresent(lead::caseFinished);
            }
        }
    }
}
