/**
 * How a comparison looks on the console and in Markdown.
 *
 * <p>Open {@link org.fabricmark.bench.cli.comparison.Sections} first: it makes {@link org.fabricmark.bench.cli.comparison.Section}s
 * of a {@link org.fabricmark.results.compare.Comparison}, each a table with a title and notes, in words and figures that are the
 * same in every form ({@link org.fabricmark.bench.cli.comparison.Words}). {@link org.fabricmark.bench.cli.comparison.SectionText} prints them aligned, with colours on a terminal,
 * {@link org.fabricmark.bench.cli.comparison.SectionMarkdown} as tables of Markdown. Nothing here computes.
 */
package org.fabricmark.bench.cli.comparison;
