package org.fabricmark.bench.cli;

import java.io.PrintWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Prints maps, lists and records as JSON. A class of its own, so that only those who ask for JSON load the library. */
final class JsonText {
    private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private JsonText() {}

    static void print(Object value, PrintWriter out) {
        out.println(MAPPER.writeValueAsString(value));
        out.flush();
    }
}
