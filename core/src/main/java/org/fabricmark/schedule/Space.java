package org.fabricmark.schedule;

/** The three buffers that a schedule may name on any rank. */
public enum Space {
    /** What the user passes in; the user may overwrite it once the call has returned. */
    INPUT,
    /** Where the user reads the result; belongs to the user until the rank enters the call. */
    OUTPUT,
    /** The communicator's own memory of the call's lane; its content at entry is undefined. */
    SCRATCH
}
