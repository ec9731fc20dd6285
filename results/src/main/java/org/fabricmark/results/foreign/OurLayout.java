package org.fabricmark.results.foreign;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.fabricmark.results.model.CaseKey;

/**
 * The line in which this suite says what it measured when it prints in another suite's layout:
 * {@code all-reduce over shm, 2 ranks as threads, algorithm auto, isolated}.
 *
 * @param version the version that printed
 * @param collective what was called
 * @param transport over what
 * @param ranks how many
 * @param launch how ranks were started
 * @param algorithm the algorithm asked for
 * @param conditions further words
 */
record OurLayout(String version, String collective, String transport, int ranks, String launch, String algorithm,
        String conditions) {
    private static final Pattern PRINTED = Pattern.compile("^# .*printed by fabricmark ([^\\s:]+)");
    private static final Pattern TITLE = Pattern.compile(
            "([a-z-]+) over (\\S+), (\\d+) ranks? as ([a-z]+), algorithm ([a-z0-9-]+)((?:, [^,]+)*)$");

    /** The title in one line, if it has one; the version is that of the last line before that told one. */
    static Optional<OurLayout> in(String line, String version) {
        Matcher title = TITLE.matcher(line);
        return line.startsWith("# ") && title.find()
                ? Optional.of(new OurLayout(version, title.group(1), title.group(2), Integer.parseInt(title.group(3)),
                        title.group(4), title.group(5), title.group(6) + ","))
                : Optional.empty();
    }

    /** The version in a line that says who printed. */
    static Optional<String> version(String line) {
        Matcher printed = PRINTED.matcher(line);
        return printed.find() ? Optional.of(printed.group(1)) : Optional.empty();
    }

    /** Puts everything but size, type and place into a case. */
    void addTo(CaseKey.Builder key) {
        key.transport(transport).launch(launch).ranks(ranks).algorithm(algorithm)
                .cadence(conditions.contains(", isolated,") ? "isolated" : "streaming");
        if (conditions.contains(", private memory,")) {
            key.memory("private");
        }
        word(", buffers ").ifPresent(key::buffers);
        word(", arrival ").ifPresent(key::arrival);
    }

    private Optional<String> word(String before) {
        int at = conditions.indexOf(before);
        return at < 0 ? Optional.empty()
                : Optional
                        .of(conditions.substring(at + before.length(), conditions.indexOf(',', at + before.length())));
    }
}
