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
    private final int end;
    private int length;

    private JmhLines(byte[] text, int end) {
        this.text = text;
        this.end = end;
    }

    /**
     * Moves our part to the beginning of {@code text}, as a list of objects.
     *
     * @param length how much of it is text
     * @return how many bytes that is; 0 if the layout is another: then nothing is left of the text either
     */
    static int keepOurs(byte[] text, int length) {
        JmhLines lines = new JmhLines(text, length);
        return lines.cut() ? lines.length : 0;
    }

    private boolean cut() {
        if (end < 2 || text[0] != '[' || text[1] != '\n') {
            return false;
        }
        length = 2;
        boolean ended = false;
        for (int from = 2; from < end;) {
            int next = startsWith(BEGIN, from) ? find(from + BEGIN.length) : -1;
            if (ended || next < 0) {
                return false;
            }
            int stop = next;
            while (stop < end && text[stop] != '\n') {
                stop++;
            }
            ended = stop == end - 1 && text[stop - 1] == ']';
            if (text[stop - 2] != '}' || !ended && text[stop - 1] != ',') {
                return false;
            }
            keep(from, next);
            keep(stop - 2, Math.min(stop + 1, end));
            from = stop + 1;
        }
        return ended;
    }

    /** Where our object has ended; -1 if the line does not go on as it should. */
    private int find(int from) {
        for (int at = from; at <= end - NEXT.length && text[at] != '\n'; at++) {
            // Fields are many; few of them begin like the one that is looked for.
            if (text[at] == ',' && text[at + 2] == NEXT[2] && startsWith(NEXT, at)) {
                return at;
            }
        }
        return -1;
    }

    private boolean startsWith(byte[] what, int at) {
        return at + what.length <= end && Arrays.equals(text, at, at + what.length, what, 0, what.length);
    }

    private void keep(int from, int to) {
        System.arraycopy(text, from, text, length, to - from);
        length += to - from;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
