/**
 * The text forms of a run: CSV, JSON, and the folder that both are saved in.
 *
 * <p>Open {@link org.fabricmark.results.format.Column} first: the one list of names, order and conversions that
 * {@link org.fabricmark.results.format.CsvFormat} and {@link org.fabricmark.results.format.JsonFormat} share, so that
 * the two cannot drift apart. {@link org.fabricmark.results.format.RunFolder} saves a run through
 * {@link org.fabricmark.results.format.WholeFile}, which leaves a complete file or none.
 *
 * <p>Readers accept what older and newer builds wrote: columns and fields that they do not know are ignored, those that
 * a file lacks take their default or stay absent; only a newer {@code schemaVersion} is refused. What cannot be read is
 * a {@link org.fabricmark.results.format.RunFormatException} of one line. Nothing here starts a thread or depends on
 * the locale.
 */
package org.fabricmark.results.format;
