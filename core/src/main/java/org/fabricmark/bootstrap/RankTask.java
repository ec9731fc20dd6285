package org.fabricmark.bootstrap;

import org.fabricmark.communicator.Communicator;

/** What one rank does. */
@FunctionalInterface
public interface RankTask {
    /**
     * Runs on the rank's thread; the communicator is closed afterwards.
     *
     * @throws Exception any: it ends all ranks of the job
     */
    void run(Communicator communicator) throws Exception;
}
