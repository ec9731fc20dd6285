/**
 * The text forms of a run: the folder that it is saved in, and what commands print.
 *
 * <p>Open {@link org.fabricmark.results.format.RunFolder} first: it saves a run through {@code WholeFile}, which leaves a
 * complete file or none, and reads it. The files are {@code JmhFile} (cases, as JMH writes them; {@code JmhFileReader}
 * reads our part), {@code SamplesFile} and {@code SurroundingsFile};
 * {@link org.fabricmark.results.format.RunIndex} lists the runs of a results folder. What is printed is
 * {@link org.fabricmark.results.format.CsvFormat} and {@link org.fabricmark.results.format.JsonFormat}.
 * {@link org.fabricmark.results.format.Column} is the one list of names, order and conversions of a case's fields that
 * all of them share, so that they cannot drift apart.
 *
 * <p>Readers accept what older and newer builds wrote: columns and fields that they do not know are ignored, those that
 * a file lacks take their default or stay absent; only a newer {@code schemaVersion} is refused. What cannot be read is
 * a {@link org.fabricmark.results.format.RunFormatException} of one line, and reading changes nothing. Samples are read when they
 * are asked for. Only {@link org.fabricmark.results.format.RunFolder#readAll} uses more than the caller's thread;
 * nothing depends on the locale.
 */
package org.fabricmark.results.format;
