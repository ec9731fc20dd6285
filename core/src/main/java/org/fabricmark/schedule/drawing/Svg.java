package org.fabricmark.schedule.drawing;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Writes elements of SVG, one a line, with texts and values escaped. Not thread-safe. */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    /** Begins an element that has others in it; attributes are names and values in turn. */
    Svg open(String name, Object... attributes) {
        tag(name, attributes);
        text.append(">\n");
        return this;
    }

    /** Ends it. */
    Svg close(String name) {
        text.append("</").append(name).append(">\n");
        return this;
    }

    /** An element without content. */
    Svg empty(String name, Object... attributes) {
        tag(name, attributes);
        text.append("/>\n");
        return this;
    }

    /** An element with a text. */
    Svg words(String name, String words, Object... attributes) {
        tag(name, attributes);
        text.append('>').append(escaped(words)).append("</").append(name).append(">\n");
        return this;
    }

    private void tag(String name, Object... attributes) {
        text.append('<').append(name);
        for (int i = 0; i < attributes.length; i += 2) {
            Object value = attributes[i + 1];
            text.append(' ').append(attributes[i]).append("=\"")
                    .append(value instanceof Double number ? number(number) : escaped(value.toString())).append('"');
        }
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP).stripTrailingZeros().toPlainString();
    }

    /** Nothing in it is markup, and nothing is a character that XML does not have. */
    static String escaped(String words) {
        StringBuilder safe = new StringBuilder();
        words.codePoints().forEach(character -> {
            switch (character) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.appendCodePoint(isAllowed(character) ? character : 0xFFFD);
            }
        });
        return safe.toString();
    }

    private static boolean isAllowed(int character) {
        return character == '\t' || character == '\n' || character == '\r'
                || character >= 0x20 && character <= 0xD7FF
                || character >= 0xE000 && character <= 0xFFFD || character >= 0x10000;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
