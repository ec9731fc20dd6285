package org.fabricmark.results.format;

import java.util.OptionalDouble;

import org.fabricmark.results.model.Numbers;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JacksonModule;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes real numbers in records as {@link Numbers#text} does, so that all parts of a file have the same digits. */
final class PlainNumbers {
    private PlainNumbers() {}

    static JacksonModule module() {
        return new SimpleModule("plain-numbers").addSerializer(Double.class, new Real())
                .addSerializer(OptionalDouble.class, new OptionalReal());
    }

    private static final class Real extends StdSerializer<Double> {
        Real() {
            super(Double.class);
        }

        @Override
        public void serialize(Double value, JsonGenerator json, SerializationContext context) {
            json.writeNumber(Numbers.text(value));
        }
    }

    private static final class OptionalReal extends StdSerializer<OptionalDouble> {
        OptionalReal() {
            super(OptionalDouble.class);
        }

        @Override
        public void serialize(OptionalDouble value, JsonGenerator json, SerializationContext context) {
            if (value.isPresent()) {
                json.writeNumber(Numbers.text(value.getAsDouble()));
            } else {
                json.writeNull();
            }
        }
    }
}
