package org.fabricmark.results.foreign;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns of a table of nccl-tests, found by their names, because their number has changed over the years and with
 * options: first what was called, then for each place the time and what belongs to it.
 *
 * @param call {@code size count type redop root}, or fewer
 * @param places one or two groups of columns, each beginning with {@code time}
 * @param inPlace whether each group is in place
 */
record NcclColumns(List<String> call, List<List<String>> places, List<Boolean> inPlace) {
    private static final String TIME = "time";

    /**
     * The columns of a header line, if it is one.
     *
     * @param above the last line that named places; it tells their order
     */
    static Optional<NcclColumns> of(String line, String above) {
        List<String> names = new ArrayList<>(ForeignText.fields(line.replaceFirst("^#", "")));
        names.remove("timestamp");
        int first = names.indexOf(TIME);
        if (!line.startsWith("#") || !names.contains("size") || first < 0) {
            return Optional.empty();
        }
        List<List<String>> places = new ArrayList<>();
        for (String name : names.subList(first, names.size())) {
            if (name.equals(TIME)) {
                places.add(new ArrayList<>());
            }
            places.getLast().add(name);
        }
        int in = above.replace("out-of-place", "############").indexOf("in-place");
        int out = above.indexOf("out-of-place");
        boolean inFirst = in >= 0 && (out < 0 || in < out);
        List<Boolean> inPlace = places.size() == 1 ? List.of(inFirst) : List.of(inFirst, !inFirst);
        return Optional.of(new NcclColumns(List.copyOf(names.subList(0, first)), places, inPlace));
    }

    /** How many fields a row has, without a time of day. */
    int size() {
        return call.size() + places.stream().mapToInt(List::size).sum();
    }

    /** What a row says of the call; empty if it has no such column. */
    String call(String name, List<String> fields) {
        int at = call.indexOf(name);
        return at < 0 ? "" : fields.get(at);
    }

    /** What a row says of a place; empty if that has no such column. */
    String place(int place, String name, List<String> fields) {
        int at = places.get(place).indexOf(name);
        int before = call.size() + places.subList(0, place).stream().mapToInt(List::size).sum();
        return at < 0 ? "" : fields.get(before + at);
    }
}
