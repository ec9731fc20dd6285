package org.fabricmark.transport.rdma.verbs;

import java.util.Objects;

/** A verb was refused; nothing has changed. */
public final class VerbsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, in the words of {@code errno(3)}. */
    public enum Reason {
        /** An argument is not allowed, or not now. */
        EINVAL,
        /** Something else still uses the object. */
        EBUSY,
        /** There is no room. */
        ENOMEM,
        /** There is nothing at this place. */
        ENODATA,
        /** This provider does not have it. */
        EOPNOTSUPP
    }

    private final Reason reason;

    /**
     * @param reason why
     * @param message one line: what was refused, which value, what would be right
     */
    public VerbsException(Reason reason, String message) {
        this(reason, message, null);
    }

    /** As the other one, with what brought it about. */
    public VerbsException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }

    /** Refuses an argument. */
    public static VerbsException invalid(String message) {
        return new VerbsException(Reason.EINVAL, message);
    }

    /** Refuses to end something that is in use. */
    public static VerbsException busy(String message) {
        return new VerbsException(Reason.EBUSY, message);
    }
}
