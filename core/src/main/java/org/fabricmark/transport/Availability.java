package org.fabricmark.transport;

import java.util.Objects;

/** Whether a transport works on this machine; when not, the reason, in words for the user. */
public sealed interface Availability {
    /** It works. */
    record Available() implements Availability {}

    /**
     * It does not work here.
     *
     * @param reason what is missing, and what would help
     */
    record Absent(String reason) implements Availability {
        public Absent {
            Objects.requireNonNull(reason, "reason");
        }
    }

    /** It works. */
    static Availability available() {
        return new Available();
    }

    /** It does not work here, for {@code reason}. */
    static Availability absent(String reason) {
        return new Absent(reason);
    }
}
