package org.fabricmark.schedule.drawing;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.fabricmark.schedule.drawing.MessageRounds.Message;

/**
 * Rounds as text: a line or more for each round, and in it an entry for each message, {@code 0>1:64}, with the elements that it
 * carries. An arrow of its own tells how data travel: {@code >} put, {@code =>} stored, {@code <} got, {@code <=} loaded (by
 * the rank at the arrow's back); a dot stands for a signal without data.
 */
public final class RoundsText {
    private static final String INDENT = "            ";

    private RoundsText() {}

    /**
     * The text; lines end with a line feed.
     *
     * @param rounds what to print
     * @param width characters to a line, at most
     */
    public static String of(MessageRounds rounds, int width) {
        int entry = rounds.rounds().stream().flatMap(List::stream).mapToInt(m -> entry(m).length()).max().orElse(0);
        int perLine = Math.max(1, (width - INDENT.length()) / (entry + 2));
        StringBuilder text = new StringBuilder();
        for (int round = 0; round < rounds.rounds().size(); round++) {
            List<Message> messages = rounds.rounds().get(round);
            for (int i = 0; i < messages.size(); i += perLine) {
                text.append(i == 0 ? "  round %-4d".formatted(round + 1) : INDENT)
                        .append(line(messages.subList(i, Math.min(messages.size(), i + perLine)), entry + 2))
                        .append('\n');
            }
        }
        return text.toString();
    }

    private static String line(List<Message> messages, int width) {
        return IntStream.range(0, messages.size())
                .mapToObj(i -> "%-" + width + "s")
                .collect(Collectors.joining())
                .formatted(messages.stream().map(RoundsText::entry).toArray())
                .stripTrailing();
    }

    private static String entry(Message message) {
        String amount = message.elements() == 0 ? "." : Long.toString(message.elements());
        return switch (message.kind()) {
            case PUT -> message.source() + ">" + message.destination() + ":" + amount;
            case STORE -> message.source() + "=>" + message.destination() + ":" + amount;
            case GET -> message.destination() + "<" + message.source() + ":" + amount;
            case LOAD -> message.destination() + "<=" + message.source() + ":" + amount;
        };
    }
}
