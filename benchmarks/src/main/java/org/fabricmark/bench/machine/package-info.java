/**
 * The machine that measures: what it is, what disturbs it, and whether it is fit.
 *
 * <p>Open {@link org.fabricmark.bench.machine.MachineExamination} first: it probes the limits and judges.
 * {@link org.fabricmark.bench.machine.MachineFacts} reads what is stored beside results, through {@code SystemFiles}, so that tests
 * can show it another machine; {@link org.fabricmark.bench.machine.Disturbances} counts what the host took away meanwhile.
 *
 * <p>Facts come from an allow-list, and one that cannot be read is unknown, never guessed. Besides the command line, only this
 * package and {@code bootstrap} read system properties.
 */
package org.fabricmark.bench.machine;
