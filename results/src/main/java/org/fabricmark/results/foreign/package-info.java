/**
 * Results of other programs, read into ours.
 *
 * <p>Open {@link org.fabricmark.results.foreign.Importer} first: it finds out which program wrote a file, lets that
 * program's {@code ForeignFormat} read it, and makes one run of all files. Each format turns lines into
 * {@code ForeignCell}s with the help of {@code CellConversion}, which knows how suites count sizes and converts them and the
 * bandwidths to ours. A time is taken as it is; what it is stays beside it as
 * {@link org.fabricmark.results.model.Conventions}.
 *
 * <p>What a file does not say, {@link org.fabricmark.results.foreign.Given} does, or the import is refused with a line
 * that tells how to say it. Of environments that other programs dump nothing is kept. Nothing here starts a thread.
 */
package org.fabricmark.results.foreign;
