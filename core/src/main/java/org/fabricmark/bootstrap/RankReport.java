package org.fabricmark.bootstrap;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.fabricmark.transport.Failure;
import org.fabricmark.transport.Failure.Category;

/**
 * What a rank in a process of its own tells its launcher, as lines on its standard output; every other line there is somebody
 * else's, and is passed on as if it were an error message.
 */
sealed interface RankReport {
    /** Begins every report; nobody else prints such a line. */
    String MARK = "\u0001fabricmark rank ";

    /** The process runs, and waits for its description. */
    record Ready() implements RankReport {}

    /** The task has ended well, and the rank has left the job. */
    record Done() implements RankReport {}

    /** The rank has ended by a failure. */
    record Failed(Failure failure) implements RankReport {}

    /** The line, without its end. */
    default String line() {
        return MARK + switch (this) {
            case Ready _ -> "ready";
            case Done _ -> "done";
            case Failed(Failure f) ->
                String.join(" ", "failed", f.category().name(), Integer.toString(f.rank()), Integer.toString(f.peer()),
                        Integer.toString(f.step()), encode(f.transport()), Long.toString(f.elapsedNanos()),
                        encode(f.what()));
        };
    }

    /**
     * Reads a line; empty when it is no report.
     *
     * @throws IllegalArgumentException when it begins like one and is none
     */
    static Optional<RankReport> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        String[] words = line.substring(MARK.length()).split(" ", -1);
        return Optional.of(switch (words[0]) {
            case "ready" -> new Ready();
            case "done" -> new Done();
            case "failed" -> failed(words);
            default -> throw new IllegalArgumentException("no report: " + line);
        });
    }

    private static Failed failed(String[] words) {
        final int expected = 8;
        if (words.length != expected) {
            throw new IllegalArgumentException("a failure has 8 words, not " + words.length);
        }
        int word = 1;
        return new Failed(new Failure(
                Category.valueOf(words[word++]),
                Integer.parseInt(words[word++]),
                Integer.parseInt(words[word++]),
                Integer.parseInt(words[word++]),
                decode(words[word++]),
                Long.parseLong(words[word++]),
                decode(words[word])));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
