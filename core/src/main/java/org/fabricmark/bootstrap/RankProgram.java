package org.fabricmark.bootstrap;

/** What a rank in a process of its own runs: finds its task from a description that its launcher has sent. */
@FunctionalInterface
public interface RankProgram {
    /**
     * @param job the job that the rank is about to attach to
     * @param work the description, in whatever form launcher and program have agreed on
     * @throws IllegalArgumentException when the description is not one
     */
    RankTask task(Job job, String work);
}
