package org.fabricmark.results.model;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A transport and its options, written like a URI: {@code shm}, {@code netty?io=epoll},
 * {@code rdma?mtu=4096&provider=loopback}.
 *
 * @param name the transport
 * @param options its options by name; sorted, so that two spellings of the same options are the same case
 */
public record TransportSpec(String name, SortedMap<String, String> options) {
    /** Copies the options and refuses characters that the written form needs. */
    public TransportSpec {
        requireWord("transport", name);
        options = options.isEmpty() ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(options));
        options.forEach((option, value) -> {
            requireWord("an option of transport '" + name + "'", option);
            requireWord("option '" + option + "' of transport '" + name + "'", value);
        });
    }

    /** The transport {@code name} with these options. */
    public static TransportSpec of(String name, Map<String, String> options) {
        return new TransportSpec(name, new TreeMap<>(options));
    }

    /** The transport that {@link #text()} wrote, its options in any order. */
    public static TransportSpec parse(String text) {
        int mark = text.indexOf('?');
        if (mark < 0) {
            return of(text, Map.of());
        }
        SortedMap<String, String> options = new TreeMap<>();
        for (String option : text.substring(mark + 1).split("&", -1)) {
            int equals = option.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "transport '" + text + "': option '" + option + "' is not NAME=VALUE");
            }
            if (options.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(
                        "transport '" + text + "' has option '" + option.substring(0, equals) + "' twice");
            }
        }
        return of(text.substring(0, mark), options);
    }

    /** The name, then {@code ?name=value&name=value} if there are options, sorted by name. */
    public String text() {
        StringBuilder text = new StringBuilder(name);
        char separator = '?';
        for (Map.Entry<String, String> option : options.entrySet()) {
            text.append(separator).append(option.getKey()).append('=').append(option.getValue());
            separator = '&';
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return text();
    }

    private static void requireWord(String what, String word) {
        CaseKey.requireWord(what, word);
        if (word.indexOf('?') >= 0 || word.indexOf('&') >= 0 || word.indexOf('=') >= 0) {
            throw new IllegalArgumentException(what + " is '" + word + "': the characters ? & = separate options");
        }
    }
}
