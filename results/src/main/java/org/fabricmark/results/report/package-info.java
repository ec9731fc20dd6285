/**
 * What people read of stored runs: one page, one summary, one table, and forms that other tools read.
 *
 * <p>Open {@link org.fabricmark.results.report.Report} first. Runs go through {@link org.fabricmark.results.report.Sweep},
 * which says which cells one picture shows; {@link org.fabricmark.results.report.Contest} holds its lines against each
 * other, for maps of winners, crossovers and guidelines; {@link org.fabricmark.results.report.ReportPage} is everything that the page
 * says, as texts and tables, for the templates in {@code src/main/jte};
 * {@link org.fabricmark.results.report.PageData} is what its scripts draw. The page is complete without scripts, but for
 * pictures. {@link org.fabricmark.results.report.Export} has a constant for each other tool.
 *
 * <p>Every text from a file is escaped by what writes it: the templates, the JSON and CSV libraries, and
 * {@link org.fabricmark.results.report.MarkdownSummary}. The page loads nothing: its policy allows exactly the script
 * and the style that are in it, by their hashes.
 */
package org.fabricmark.results.report;
