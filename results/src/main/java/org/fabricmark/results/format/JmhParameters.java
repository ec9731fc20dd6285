package org.fabricmark.results.format;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.CasePart;

/**
 * The parts of a case as JMH's parameters, named as our JMH benchmarks name theirs. Viewers split them at blanks and
 * {@code =}, so a transport's options are a parameter of their own, written {@code io:epoll,mode:blocking}.
 */
final class JmhParameters {
    private JmhParameters() {}

    /** Every part but the primitive, or the collective and the algorithm, which are the benchmark's name. */
    static SequencedMap<String, String> of(CaseKey key) {
        SequencedMap<String, String> parameters = new LinkedHashMap<>();
        parameters.put("transport", key.transport().name());
        Map<String, String> options = key.transport().options();
        if (!options.isEmpty()) {
            parameters.put("transportOptions", options.entrySet().stream()
                    .map(option -> option.getKey() + ":" + option.getValue()).collect(Collectors.joining(",")));
        }
        for (CasePart part : key.parts()) {
            switch (part) {
                case PRIMITIVE, COLLECTIVE, ALGORITHM, TRANSPORT -> {
                    // said already
                }
                case TX_DEPTH, QPS, INLINE, CQ_MOD, POST_LIST -> {
                    if (!key.text(part).equals(CasePart.NONE)) {
                        parameters.put(part.key(), key.text(part));
                    }
                }
                case IN_PLACE -> parameters.put("inPlace", Boolean.toString(key.inPlace()));
                default -> parameters.put(part.key(), key.text(part));
            }
        }
        return parameters;
    }
}
