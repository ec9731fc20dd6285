package org.fabricmark.bench.harness;

import java.util.List;
import java.util.Locale;
import org.fabricmark.bootstrap.ChildRank;
import org.fabricmark.bootstrap.Job;
import org.fabricmark.bootstrap.RankTask;

/** What a rank in a process of its own runs; started by {@link Sweep} and {@link LedCase}, not by users. */
public final class RankMain {
    private RankMain() {}

    /**
     * Runs one rank and exits.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        Locale.setDefault(Locale.ROOT);
        System.exit(ChildRank.run(RankMain::task));
    }

    private static RankTask task(Job job, String text) {
        RankWork work = RankWork.parse(text);
        if (work.led()) {
            return communicator -> LedCase.follow(job, communicator, work.request());
        }
        // To a rank that follows, tables are one list of cases.
        JobRun run = new JobRun(work.request(), List.of(work.request().cases()), work.cores(), JobRun.Lead.NONE);
        return communicator -> run.run(job, communicator);
    }
}
