/**
 * Schedules as people see them. Open {@link org.fabricmark.schedule.drawing.MessageRounds} first: it lines up the messages of
 * all ranks in rounds, where a message is one round later than what its sender had to wait for.
 * {@link org.fabricmark.schedule.drawing.RoundsText} prints them,
 * and {@link org.fabricmark.schedule.drawing.SpaceTimeDiagram} draws them. The steps of a single rank, one by one, are
 * {@link org.fabricmark.schedule.ScheduleText}.
 *
 * <p>Everything here is a pure function of schedules.
 */
package org.fabricmark.schedule.drawing;
