package org.fabricmark.bench.primitive.sweep;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * How much is measured.
 *
 * @param budget for all rows together
 * @param operations timed, of each row; where not said, as many as the budget has time for
 * @param warmup operations before them; where not said, until times are steady
 * @param batch operations between two readings of the clock, rounded up to whole rounds; where not said, one round, or as many as take
 *     10 us where a round is shorter than 2 us
 */
public record Effort(Duration budget, OptionalInt operations, OptionalInt warmup, OptionalInt batch) {}
