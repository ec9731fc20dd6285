package org.fabricmark.results.foreign;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON of other programs, read strictly. */
final class ForeignJson {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private ForeignJson() {}

    /**
     * The tree of a text.
     *
     * @throws org.fabricmark.results.format.RunFormatException if it is not JSON, or was cut
     */
    static JsonNode tree(ForeignText text) {
        try {
            return MAPPER.readTree(text.text());
        } catch (JacksonException notJson) {
            int line = notJson.getLocation() == null ? 0 : Math.max(1, notJson.getLocation().getLineNr());
            throw text.failure(Math.max(0, line - 1), "is not JSON, or was cut: "
                    + notJson.getOriginalMessage().lines().findFirst().orElse("").replaceFirst(" \\(.*", ""));
        }
    }
}
