package org.fabricmark.results.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules of OpenMetrics 1.0 that a text of gauges and infos can break: form of lines, one block for each family,
 * metadata before samples and once, units that end names, suffixes that belong to types, labels once each, no sample
 * twice, and the end.
 */
final class OpenMetricsRules {
    private static final Pattern METADATA = Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
    private static final Pattern SAMPLE = Pattern.compile(
            "([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? (-?[0-9]+(?:\\.[0-9]+)?(?:e[+-]?[0-9]+)?|NaN|[+-]Inf)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");

    private final List<String> violations = new ArrayList<>();
    private final Map<String, String> types = new HashMap<>();
    private final Set<String> metadata = new HashSet<>();
    private final Set<String> samples = new HashSet<>();
    private final Set<String> finished = new HashSet<>();
    private String family = "";
    private boolean sampled;

    private OpenMetricsRules() {}

    static List<String> violations(String text) {
        OpenMetricsRules rules = new OpenMetricsRules();
        if (!text.endsWith("\n# EOF\n")) {
            rules.violations.add("does not end with # EOF and a line feed");
        }
        text.lines().filter(line -> !line.equals("# EOF")).forEach(rules::line);
        if (text.lines().filter(line -> line.equals("# EOF")).count() != 1) {
            rules.violations.add("# EOF is not there once");
        }
        return rules.violations;
    }

    private void line(String line) {
        Matcher about = METADATA.matcher(line);
        Matcher sample = SAMPLE.matcher(line);
        if (about.matches()) {
            metadata(about.group(1), about.group(2), about.group(3), line);
        } else if (sample.matches()) {
            sample(sample.group(1), sample.group(2), line);
        } else {
            violations.add("neither metadata nor sample: " + line);
        }
    }

    private void metadata(String kind, String name, String text, String line) {
        if (!name.equals(family)) {
            if (!finished.add(name)) {
                violations.add("a second block of " + line);
            }
            family = name;
            sampled = false;
        }
        require(!sampled, "metadata after samples", line);
        require(metadata.add(kind + name), "metadata twice", line);
        if (kind.equals("TYPE")) {
            require(Set.of("gauge", "info").contains(text), "unknown type", line);
            types.put(name, text);
        } else if (kind.equals("UNIT")) {
            require(name.endsWith("_" + text), "the unit does not end the name", line);
        }
    }

    private void sample(String name, String labels, String line) {
        String expected = "info".equals(types.get(family)) ? family + "_info" : family;
        require(name.equals(expected), "a sample outside of its block", line);
        require(!"info".equals(types.get(family)) || line.endsWith(" 1"), "an info is 1", line);
        sampled = true;
        Set<String> names = new HashSet<>();
        Matcher label = LABEL.matcher(labels == null ? "" : labels);
        int at = 0;
        while (label.find() && label.start() == at) {
            require(names.add(label.group(1)) && !label.group(1).startsWith("__"), "a label twice, or reserved", line);
            at = label.end();
        }
        require(labels == null || at == labels.length() && !labels.endsWith(","), "labels have another form", line);
        require(samples.add(name + labels), "a sample twice", line);
    }

    private void require(boolean condition, String otherwise, String line) {
        if (!condition) {
            violations.add(otherwise + ": " + line);
        }
    }
}
