/**
 * The command line: what a user types, and what each command then does.
 *
 * <p>Open {@link org.fabricmark.bench.cli.Main} first; the launcher {@code ./fabricmark} starts it. Each command is one class,
 * {@code PerfCommand} and its like, over {@code ConsoleCommand}. {@code perf} goes this way: options
 * ({@code SizeOptions}, {@code MatrixOptions} with {@code TuningOptions}, {@code EffortOptions}) become cases ({@code CaseMatrix}), are checked against the
 * machine ({@code Preflight}) and the folder to save in ({@code Destination}), measured, and printed by a {@code RowPrinter}.
 * {@code JmhCommand} says the cases in JMH's words ({@code JmhSelection}) and saves what JMH measured ({@code MeasuredByJmh}).
 * {@code ErrorLines} makes every error one line and an exit code. {@link org.fabricmark.bench.cli.StandardError} undoes what the
 * launcher had to do to stderr to start a JVM quietly.
 *
 * <p>Stdout carries results only; progress, warnings and errors go to stderr. Only this package, {@code bench.machine} and
 * {@code bootstrap} read system properties and the environment.
 */
package org.fabricmark.bench.cli;
