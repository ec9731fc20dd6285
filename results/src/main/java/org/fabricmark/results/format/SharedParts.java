package org.fabricmark.results.format;

import java.util.HashMap;
import java.util.Map;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;
import tools.jackson.databind.JsonNode;

/**
 * What the files of many runs say again and again, kept once: words, cases, and what surrounds runs of one machine. Most of
 * a thousand runs is that. Not thread-safe.
 */
final class SharedParts {
    private final Map<String, String> words = new HashMap<>();
    private final Map<Map<CasePart, String>, CaseKey> cases = new HashMap<>();
    private final Map<Class<?>, Latest> latest = new HashMap<>();

    /** What was read last of a type. */
    private record Latest(JsonNode json, Object value) {}

    /** The same text. */
    String word(String text) {
        return words.computeIfAbsent(text, same -> same);
    }

    /** The case of these texts. */
    CaseKey caseOf(CaseKey.Builder builder) {
        return builder.build(cases);
    }

    /** What {@code json} is as a {@code type}, whose values never change. */
    <T> T value(JsonNode json, Class<T> type) {
        Latest before = latest.get(type);
        if (before != null && before.json.equals(json)) {
            return type.cast(before.value);
        }
        T value = Json.MAPPER.treeToValue(json, type);
        latest.put(type, new Latest(json, value));
        return value;
    }
}
