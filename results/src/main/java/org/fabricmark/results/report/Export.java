package org.fabricmark.results.report;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import org.fabricmark.results.model.StoredRun;

/**
 * A form that another tool reads, of one run. A result that is wrong has no time in any of them: what is missing is
 * noticed, what is fast is not.
 */
public enum Export {
    /** For charts of github-action-benchmark, as its tool {@code customSmallerIsBetter}. */
    GITHUB_ACTION_BENCHMARK("github-action-benchmark", "github-action-benchmark.json", GithubActionBenchmark::text),
    /** For Bencher's adapter {@code json}: the Bencher Metric Format. */
    BENCHER("bencher", "bmf.json", BencherMetrics::text),
    /** For whatever reads OpenMetrics. */
    OPENMETRICS("openmetrics", "metrics.prom", OpenMetrics::text);

    private final String label;
    private final String file;
    private final Function<StoredRun, String> text;

    Export(String label, String file, Function<StoredRun, String> text) {
        this.label = label;
        this.file = file;
        this.text = text;
    }

    /** The name that users type. */
    public String label() {
        return label;
    }

    /** The name of the file. */
    public String file() {
        return file;
    }

    /** The export called {@code label}. */
    public static Optional<Export> named(String label) {
        return Arrays.stream(values()).filter(export -> export.label.equals(label)).findFirst();
    }

    /** All names, in order. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Export::label).toList();
    }

    /** The content of the file for {@code run}. */
    String text(StoredRun run) {
        return text.apply(run);
    }
}
