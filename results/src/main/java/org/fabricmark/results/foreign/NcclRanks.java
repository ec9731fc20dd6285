package org.fabricmark.results.foreign;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.fabricmark.results.model.CaseKey;

/**
 * The ranks that nccl-tests lists before it measures. How many there are on how many hosts and in how many processes is
 * kept; which hosts and processes is not.
 */
final class NcclRanks {
    private static final Pattern LINE = Pattern.compile("^#\\s+Rank\\s+(\\d+)\\s.*?Pid\\s+(\\S+)\\s+on\\s+(\\S+)\\s");

    private final Map<String, Integer> perHost = new HashMap<>();
    private final Set<String> processes = new HashSet<>();
    private int ranks;

    /** Whether {@code line} names a rank, which is then counted. */
    boolean line(String line) {
        Matcher matcher = LINE.matcher(line + " ");
        if (!matcher.find()) {
            return false;
        }
        add(matcher.group(2), matcher.group(3));
        return true;
    }

    /** Counts a rank. */
    void add(String process, String host) {
        ranks++;
        processes.add(host + " " + process);
        perHost.merge(host, 1, Integer::sum);
    }

    int count() {
        return ranks;
    }

    /** Puts what is known into a case. */
    void addTo(CaseKey.Builder key) {
        key.launch(ranks > 1 && processes.size() == 1 ? "threads" : "processes");
        if (ranks > 0) {
            key.ranks(ranks);
        }
        if (perHost.size() > 1) {
            Set<Integer> sizes = new HashSet<>(perHost.values());
            key.placement(sizes.size() == 1 ? perHost.size() + "x" + sizes.iterator().next() : "irregular");
        }
    }
}
