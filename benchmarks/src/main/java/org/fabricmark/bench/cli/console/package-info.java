/**
 * What the command line writes: open {@link org.fabricmark.bench.cli.console.TextTable} for aligned text, then
 * {@link org.fabricmark.bench.cli.console.Progress} for the line on stderr that says that work goes on, and
 * {@link org.fabricmark.bench.cli.console.Terminal} for who is listening.
 *
 * <p>Stdout carries results only. Colour and moving lines appear only where a person looks at a terminal.
 */
package org.fabricmark.bench.cli.console;
