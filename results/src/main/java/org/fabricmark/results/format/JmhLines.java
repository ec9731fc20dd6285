package org.fabricmark.results.format;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Cuts a file that {@link JmhFile} laid out, one object a line and ours first in it, down to our part: three quarters of
 * the bytes are for viewers of JMH results, and hundreds of files are read at once. What is left has the same lines and
 * columns. A file of any other layout, as one that was cut or formatted by somebody, is left to a reader of all of it.
 */
final class JmhLines {
    private static final byte[] BEGIN = bytes("{\"" + JmhFile.EXTENSION + "\":{");

    /** What follows our object. Inside of a string its quotes would be escaped. */
    private static final byte[] NEXT = bytes(",\"jmhVersion\":");

    private final byte[] text;
    private int length;

    private JmhLines(byte[] text) {
        this.text = text;
    }

    /**
     * Moves our part to the beginning of {@code text}, as a list of objects.
     *
     * @return how many bytes that is; 0 if the layout is another: then nothing is left of the text either
     */
    static int keepOurs(byte[] text) {
        JmhLines lines = new JmhLines(text);
        return lines.cut() ? lines.length : 0;
    }

    private boolean cut() {
        if (text.length < 2 || text[0] != '[' || text[1] != '\n') {
            return false;
        }
        length = 2;
        boolean ended = false;
        for (int from = 2; from < text.length;) {
            int next = startsWith(BEGIN, from) ? find(from + BEGIN.length) : -1;
            if (ended || next < 0) {
                return false;
            }
            int end = next;
            while (end < text.length && text[end] != '\n') {
                end++;
            }
            ended = end == text.length - 1 && text[end - 1] == ']';
            if (text[end - 2] != '}' || !ended && text[end - 1] != ',') {
                return false;
            }
            keep(from, next);
            keep(end - 2, Math.min(end + 1, text.length));
            from = end + 1;
        }
        return ended;
    }

    /** Where our object has ended; -1 if the line does not go on as it should. */
    private int find(int from) {
        for (int at = from; at <= text.length - NEXT.length && text[at] != '\n'; at++) {
            if (text[at] == ',' && startsWith(NEXT, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean startsWith(byte[] what, int at) {
        return at + what.length <= text.length && Arrays.equals(text, at, at + what.length, what, 0, what.length);
    }

    private void keep(int from, int to) {
        System.arraycopy(text, from, text, length, to - from);
        length += to - from;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
