/**
 * What is computed, before anyone says how: start with {@link org.fabricmark.collective.Shape}, the value that every
 * schedule is a function of. Its parts are {@link org.fabricmark.collective.Collective} (which also owns the size and
 * bandwidth conventions), {@link org.fabricmark.collective.DataType}, {@link org.fabricmark.collective.ReduceOp} and
 * {@link org.fabricmark.collective.Tuning}. {@link org.fabricmark.collective.Chunks} is the only code that divides a buffer.
 *
 * <p>Everything here is an immutable value; nothing imports I/O, threads or foreign memory.
 */
package org.fabricmark.collective;
