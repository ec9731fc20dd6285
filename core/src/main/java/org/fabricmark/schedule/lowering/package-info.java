/**
 * Schedules for ranks that cannot reach each other's memory. {@link org.fabricmark.schedule.lowering.Lowering} is a pure
 * function from a schedule and the pairs that have direct access ({@link org.fabricmark.schedule.lowering.Reach}) to a
 * schedule; both forms are proven by the verifier and run by the same engine.
 */
package org.fabricmark.schedule.lowering;
