/**
 * What a measurement leaves behind: the record of a case, the run around it, and the files that keep both.
 *
 * <p>The path of a number, from the harness to a reader:
 * <ol>
 * <li>{@link org.fabricmark.results.model.CaseKey} says what was measured; its canonical name identifies the case for
 * ever;
 * <li>{@link org.fabricmark.results.model.CaseResult} adds the numbers: one line of a table;
 * <li>{@link org.fabricmark.results.model.Run} collects the lines, the environment and the machine's limits;
 * <li>{@link org.fabricmark.results.model.Launch} keeps what the numbers were computed from;
 * <li>{@link org.fabricmark.results.format.CsvFormat} and {@link org.fabricmark.results.format.JsonFormat} are what is
 * printed;
 * <li>{@link org.fabricmark.results.format.RunFolder} keeps all of it on disk;
 * <li>{@link org.fabricmark.results.model.StoredRun} is what a reader gets, also of results that other programs
 * measured: {@link org.fabricmark.results.foreign.Importer};
 * <li>{@link org.fabricmark.results.report.Report} shows it to people and to other tools.
 * </ol>
 *
 * <p>Nothing here depends on another module: collectives, algorithms, transports, types and operations are words, so a
 * file that knows a word which this build does not know is still read.
 */
package org.fabricmark.results;
