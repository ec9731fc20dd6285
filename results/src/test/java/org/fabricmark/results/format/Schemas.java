package org.fabricmark.results.format;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

/** The schemas that are shipped, and what they say of a text. */
final class Schemas {
    private static final List<String> NAMES = List.of("run-1", "run-jmh-1", "run-jmh-2", "run-env-1", "run-samples-1");

    private Schemas() {}

    /** What the first version of the schema {@code name} has against {@code text}. */
    static List<Error> errors(String name, String text) throws IOException {
        return errors(name, 1, text);
    }

    /** What a version of the schema {@code name} has against {@code text}. */
    static List<Error> errors(String name, int version, String text) throws IOException {
        Map<String, String> byId = new HashMap<>();
        for (String each : NAMES) {
            byId.put("urn:fabricmark:" + each.replaceFirst("-(\\d)$", ":$1"), resource(each));
        }
        SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12,
                builder -> builder.schemas(byId));
        Schema schema = registry.getSchema(SchemaLocation.of("urn:fabricmark:" + name + ":" + version));
        return schema.validate(text, InputFormat.JSON);
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = Schemas.class.getResourceAsStream("/org/fabricmark/results/" + name + ".schema.json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
