/**
 * Schedules: collective algorithms as data. Open {@link org.fabricmark.schedule.Step} first, the whole instruction set with
 * its ordering contract; then {@link org.fabricmark.schedule.Schedule}, which holds the steps of one rank, and
 * {@link org.fabricmark.schedule.StepSink}, through which algorithms emit steps without creating objects
 * ({@link org.fabricmark.schedule.ScheduleBuilder} builds the records; sinks that only count or simulate need none).
 * {@link org.fabricmark.schedule.ScheduleText} prints a schedule, {@link org.fabricmark.schedule.Lanes} decides what lets
 * one call follow another, or overlap with it.
 *
 * <p>Sub-packages consume schedules: {@code lowering} rewrites them for pairs of ranks without direct access, {@code verify}
 * proves them. Everything here is immutable data or a single-threaded sink; nothing imports I/O, threads or foreign memory.
 */
package org.fabricmark.schedule;
