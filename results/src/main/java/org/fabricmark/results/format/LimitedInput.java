package org.fabricmark.results.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes that must not be more than somebody is willing to read. A compressed file of a few kilobytes can expand to
 * gigabytes; this stops where its size is no longer that of results.
 */
final class LimitedInput extends FilterInputStream {
    /** The longest line that is accepted: thousands of ranks are well below it. */
    static final int MOST_IN_LINE = 1 << 25;

    private final String source;
    private final long most;
    private long left;
    private int inLine;

    /**
     * @param source what the error calls it
     * @param most how many bytes are accepted
     */
    LimitedInput(InputStream in, String source, long most) {
        super(in);
        this.source = source;
        this.most = most;
        this.left = most;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        int read = super.read(into, from, length);
        left -= Math.max(0, read);
        for (int i = from; i < from + read; i++) {
            inLine = into[i] == '\n' ? 0 : inLine + 1;
        }
        if (left < 0) {
            throw new RunFormatException(source + " expands to more than " + most
                    + " bytes, which no run does: it is damaged or not made by this suite");
        }
        if (inLine > MOST_IN_LINE) {
            throw new RunFormatException(source + " has a line of more than " + MOST_IN_LINE
                    + " bytes, which no run has: it is damaged or not made by this suite");
        }
        return read;
    }
}
