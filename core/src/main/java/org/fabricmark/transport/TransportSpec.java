package org.fabricmark.transport;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A transport with options, written like a URI: {@code shm}, {@code netty?io=epoll&connections=4}.
 *
 * @param name the transport
 * @param given options that were given, in that order
 */
public record TransportSpec(String name, Map<String, String> given) {
    public TransportSpec {
        given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
    }

    /**
     * Reads {@code text}; which transports and options exist is checked later, by {@link #check}.
     *
     * @throws IllegalArgumentException with one line that says what is wrong
     */
    public static TransportSpec parse(String text) {
        int mark = text.indexOf('?');
        String name = mark < 0 ? text : text.substring(0, mark);
        if (!name.matches("[a-z][a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "malformed transport '" + text + "': a name, then options as in 'shm?direct=no&inline=0'");
        }
        Map<String, String> given = new LinkedHashMap<>();
        for (String option : mark < 0 ? List.<String>of() : List.of(text.substring(mark + 1).split("&", -1))) {
            int equals = option.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException("malformed option '" + option + "' in '" + text + "': name=value");
            }
            if (given.put(option.substring(0, equals), option.substring(equals + 1)) != null) {
                throw new IllegalArgumentException(
                        "option '" + option.substring(0, equals) + "' is given twice in '" + text + "'");
            }
        }
        return new TransportSpec(name, given);
    }

    /**
     * Checks names and values of the options.
     *
     * @throws IllegalArgumentException for an unknown option or a malformed value; the message names the option and what is known
     */
    public void check(List<TransportOption> known) {
        given.forEach((option, value) -> {
            TransportOption match = known.stream()
                    .filter(candidate -> candidate.name().equals(option))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(
                            "transport '" + name + "' has no option '" + option + "'; known: " + names(known)));
            if (!match.type().accepts(value)) {
                throw new IllegalArgumentException("option '" + option + "' of transport '" + name + "' is '" + value
                        + "'; expected: " + match.type().expected());
            }
        });
    }

    private static String names(List<TransportOption> known) {
        return known.isEmpty()
                ? "none"
                : known.stream().map(TransportOption::name).collect(Collectors.joining(", "));
    }

    /** The value of {@code option}: the one given, or its default. */
    public String value(TransportOption option) {
        return given.getOrDefault(option.name(), option.defaultValue());
    }

    /** The value of an option of type {@link TransportOption.YesNo}. */
    public boolean yes(TransportOption option) {
        return value(option).equals("yes");
    }

    /** The value of an option of type {@link TransportOption.Whole}. */
    public int whole(TransportOption option) {
        return Integer.parseInt(value(option));
    }

    /** The one spelling of this transport: options at their defaults left out, the others sorted by name. */
    public TransportSpec canonical(List<TransportOption> known) {
        Map<String, String> kept = new LinkedHashMap<>();
        known.stream()
                .filter(option -> !value(option).equals(option.defaultValue()))
                .sorted((a, b) -> a.name().compareTo(b.name()))
                .forEach(option -> kept.put(option.name(), value(option)));
        return new TransportSpec(name, kept);
    }

    /** The written form: {@code name?option=value&option=value}. */
    @Override
    public String toString() {
        List<String> options = new ArrayList<>();
        given.forEach((option, value) -> options.add(option + "=" + value));
        return options.isEmpty() ? name : name + "?" + String.join("&", options);
    }
}
