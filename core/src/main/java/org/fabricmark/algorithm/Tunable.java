package org.fabricmark.algorithm;

/** What a user may set instead of an algorithm's own choice; an algorithm names those that it heeds. */
public enum Tunable {
    /** {@link org.fabricmark.collective.Tuning#segmentBytes}. */
    SEGMENT,
    /** {@link org.fabricmark.collective.Tuning#channels}. */
    CHANNELS
}
