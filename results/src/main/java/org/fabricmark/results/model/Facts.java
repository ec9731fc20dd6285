package org.fabricmark.results.model;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The facts of one group of an {@link Environment} as texts by name, so that groups can be shown, hashed and compared
 * without a list of their components in three places. What is unknown is left out.
 *
 * @param texts name to text, in the order of the components
 */
public record Facts(SequencedMap<String, String> texts) {
    private static final int ID_DIGITS = 16;

    /** Copies the map. */
    public Facts {
        texts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(texts));
    }

    /**
     * A fact that two machines do not share.
     *
     * @param name what it is called
     * @param one the first one's; empty if unknown there
     * @param other the second one's; empty if unknown there
     */
    public record Difference(String name, Optional<String> one, Optional<String> other) {
        /** Whether both are known: that a build did not look is no difference between machines. */
        public boolean certain() {
            return one.isPresent() && other.isPresent();
        }

        @Override
        public String toString() {
            return name + " (" + one.orElse("unknown") + " / " + other.orElse("unknown") + ")";
        }
    }

    /** An immutable copy; empty if there is none. It is here because a group must not need the environment to exist. */
    static <V> SortedMap<String, V> copyOf(SortedMap<String, V> map) {
        return map == null ? Collections.emptySortedMap() : Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    /** What a group knows. Facts of facts, as the sizes of caches, are named {@code name.key}. */
    static Facts of(Record group) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        for (RecordComponent component : group.getClass().getRecordComponents()) {
            try {
                add(component.getName(), component.getAccessor().invoke(group), texts);
            } catch (IllegalAccessException | InvocationTargetException impossible) {
                throw new IllegalStateException("components of public records can be read", impossible);
            }
        }
        return new Facts(texts);
    }

    /** These facts without some. */
    Facts without(Set<String> names) {
        SequencedMap<String, String> rest = new LinkedHashMap<>(texts);
        rest.keySet().removeAll(names);
        return new Facts(rest);
    }

    /** A short name of all these facts together: equal for equal facts. */
    String id() {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(texts).forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        return Digest.hex(text.toString(), ID_DIGITS);
    }

    /** What is not the same in {@code other}, in the order of names here, then there. */
    public List<Difference> differences(Facts other) {
        SequencedMap<String, String> names = new LinkedHashMap<>(texts);
        names.putAll(other.texts);
        List<Difference> differences = new ArrayList<>();
        for (String name : names.keySet()) {
            String here = texts.get(name);
            String there = other.texts.get(name);
            if (!Objects.equals(here, there)) {
                differences.add(new Difference(name, Optional.ofNullable(here), Optional.ofNullable(there)));
            }
        }
        return differences;
    }

    private static void add(String name, Object value, Map<String, String> texts) {
        switch (value) {
            case Optional<?> optional -> optional.ifPresent(known -> add(name, known, texts));
            case OptionalInt number -> number.ifPresent(known -> texts.put(name, Integer.toString(known)));
            case OptionalLong number -> number.ifPresent(known -> texts.put(name, Long.toString(known)));
            case OptionalDouble number -> number.ifPresent(known -> texts.put(name, Numbers.text(known)));
            case Map<?, ?> map -> map.forEach((key, known) -> add(name + "." + key, known, texts));
            case Collection<?> list when list.isEmpty() -> {
                // nothing is known
            }
            case Collection<?> list -> texts.put(name, String.join(" ", list.stream().map(Object::toString).toList()));
            default -> texts.put(name, value.toString());
        }
    }
}
