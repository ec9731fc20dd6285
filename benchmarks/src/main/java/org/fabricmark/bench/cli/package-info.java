/**
 * The command line: what a user types, and what each command then does.
 *
 * <p>Open {@link org.fabricmark.bench.cli.Main} first; the launcher {@code ./fabricmark} starts it.
 * {@link org.fabricmark.bench.cli.StandardError} undoes what the launcher had to do to stderr to start a JVM quietly.
 *
 * <p>Stdout carries results only; progress, warnings and errors go to stderr. Only this package, {@code bench.machine} and
 * {@code bootstrap} read system properties and the environment.
 */
package org.fabricmark.bench.cli;
