package org.fabricmark.transport.netty;

import java.io.IOException;
import java.util.Optional;
import org.fabricmark.transport.Failure;

/**
 * Where the ranks of a job find each other before they are connected. No method waits: whoever needs something that is not there
 * yet asks again, and has a deadline.
 *
 * <p>Thread rule: the rank's thread.
 */
interface Rendezvous extends AutoCloseable {
    /** The job's secret, once rank 0 has made it. */
    Optional<byte[]> secret() throws IOException;

    /**
     * Takes this rank's number.
     *
     * @return false when another rank has it
     */
    boolean claim() throws IOException;

    /** Tells the others where this rank listens. */
    void publish(String address) throws IOException;

    /** Where {@code rank} listens, once it has said so. */
    Optional<String> address(int rank) throws IOException;

    /** Whether {@code rank} has taken its number. */
    boolean present(int rank) throws IOException;

    /** Tells those who still look for others that they need not; the first failure stays. */
    void fail(Failure failure) throws IOException;

    /** Why the job has failed before it began, if it has. */
    Optional<Failure> failure() throws IOException;

    /** Whether rank 0 has removed the place. */
    boolean gone() throws IOException;

    /** Whether nobody else has a number any more: all others have left. */
    boolean deserted() throws IOException;

    /** Gives this rank's number back; rank 0 removes the place. */
    @Override
    void close() throws IOException;
}
