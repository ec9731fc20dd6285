package org.fabricmark.schedule.verify;

/** Carries a {@link Violation} from where it is found to {@link Verifier}; an expected outcome, so without a stack trace. */
final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Violation violation;

    Rejection(Violation violation) {
        super(violation.toString(), null, false, false);
        this.violation = violation;
    }

    Violation violation() {
        return violation;
    }
}
