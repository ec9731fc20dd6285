package org.fabricmark.schedule.drawing;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.fabricmark.schedule.drawing.MessageRounds.Kind;
import org.fabricmark.schedule.drawing.MessageRounds.Message;
import org.fabricmark.schedule.drawing.MessageRounds.Reduction;

/**
 * Rounds as a picture: ranks are lines, time runs downwards, and an arrow is what one rank sends to another in one round. The
 * picture is of who waits for whom, not of time that was measured: each round is a message later than the one above it, and how high
 * it is says nothing.
 *
 * <p>One SVG document that loads nothing, for light and dark surroundings. Each arrow says in a title what it is; where a round has more
 * than {@value #LABELS_PER_RANK} arrows for each rank, only the margin says how much they carry.
 */
public final class SpaceTimeDiagram {
    /** More are not told apart. */
    public static final int MOST_RANKS = 16;

    /** More are not looked at. */
    public static final int MOST_ROUNDS = 128;

    private static final int LABELS_PER_RANK = 2;
    /** From the sender's line, in columns. */
    private static final double LABEL_AT = 0.27;
    private static final double HEAD = 7;
    private static final int LINE = 18;
    private static final int LEGEND_COLUMN = 190;
    private static final int LEAST_WIDTH = 560;
    private static final double LETTER = 6.6;
    private static final double TITLE_LETTER = 9.4;
    /** Between the beginnings of two arrows from one rank to another in one round. */
    private static final int TWIN = 9;

    private static final int RADIUS = 7;
    private static final int PADDING = 24;

    private static final String STYLE = """
            text { font: 12px system-ui, sans-serif; fill: #1f2328 }
            .title { font-size: 16px; font-weight: 600 }
            .more, .round { fill: #57606a }
            .paper { fill: #ffffff }
            .rank { stroke: #8c959f; stroke-width: 1.5 }
            .rule { stroke: #d0d7de; stroke-width: 1 }
            .arrow { fill: none; stroke-width: 1.6 }
            .put { stroke: #0969da } .head-put { fill: #0969da }
            .get { stroke: #8250df; stroke-dasharray: 7 3 } .head-get { fill: #8250df }
            .load { stroke: #bc4c00; stroke-dasharray: 3 3 } .head-load { fill: #bc4c00 }
            .store { stroke: #1a7f37; stroke-dasharray: 9 3 2 3 } .head-store { fill: #1a7f37 }
            .signal { stroke: #8c959f; stroke-width: 1 } .head-signal { fill: #8c959f }
            .label { font-size: 11px; paint-order: stroke; stroke: #ffffff; stroke-width: 4px; stroke-linejoin: round }
            .reduce { fill: #fff8c5; stroke: #9a6700; stroke-width: 1.4 }
            .plus { stroke: #9a6700; stroke-width: 1.4 }
            @media (prefers-color-scheme: dark) {
              text { fill: #e6edf3 }
              .more, .round { fill: #9198a1 }
              .paper { fill: #0d1117 }
              .rank { stroke: #6e7681 }
              .rule { stroke: #30363d }
              .put { stroke: #58a6ff } .head-put { fill: #58a6ff }
              .get { stroke: #bc8cff } .head-get { fill: #bc8cff }
              .load { stroke: #f0883e } .head-load { fill: #f0883e }
              .store { stroke: #3fb950 } .head-store { fill: #3fb950 }
              .signal { stroke: #6e7681 } .head-signal { fill: #6e7681 }
              .label { stroke: #0d1117 }
              .reduce { fill: #3b2e00; stroke: #d29922 }
              .plus { stroke: #d29922 }
            }
            """;

    private final MessageRounds rounds;
    private final Caption caption;
    private final DiagramLayout layout;
    private final Svg svg = new Svg();

    /**
     * What is said about the schedules.
     *
     * @param title collective, algorithm, ranks
     * @param more lines below it, at most two
     * @param ranks how many
     * @param elementBytes bytes of an element
     */
    public record Caption(String title, List<String> more, int ranks, int elementBytes) {
        public Caption {
            more = List.copyOf(more);
        }
    }

    private SpaceTimeDiagram(MessageRounds rounds, Caption caption) {
        this.rounds = rounds;
        this.caption = caption;
        layout = new DiagramLayout(rounds, caption.ranks());
    }

    /**
     * The picture.
     *
     * @throws IllegalArgumentException in one line, for more ranks or rounds than can be looked at
     */
    public static String svg(MessageRounds rounds, Caption caption) {
        if (caption.ranks() > MOST_RANKS) {
            throw new IllegalArgumentException("a diagram has place for " + MOST_RANKS + " ranks, not for "
                    + caption.ranks());
        }
        if (rounds.rounds().size() > MOST_ROUNDS) {
            throw new IllegalArgumentException(
                    "a diagram has place for " + MOST_ROUNDS + " rounds of messages, not for "
                            + rounds.rounds().size() + "; fewer ranks or longer segments have fewer");
        }
        return new SpaceTimeDiagram(rounds, caption).draw();
    }

    private String draw() {
        Set<Look> looks = EnumSet.noneOf(Look.class);
        rounds.rounds().forEach(round -> round.forEach(message -> looks.add(Look.of(message))));
        boolean reduces = !rounds.reductions().isEmpty();
        double width = layout.width(Math.max(LEAST_WIDTH, 2 * PADDING + textWidth()));
        int perLine = Math.max(1, (int) ((width - 2 * PADDING) / LEGEND_COLUMN));
        int entries = looks.size() + (reduces ? 1 : 0);
        double legend = layout.bottom() + PADDING;
        double height = legend + LINE * Math.ceilDiv(entries, perLine) + PADDING;
        svg.open("svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 " + (int) width + " " + (int) height,
                "width", (int) width, "height", (int) height, "role", "img", "aria-label", caption.title());
        svg.words("title", caption.title());
        svg.words("style", STYLE);
        svg.open("defs");
        looks.forEach(this::head);
        svg.close("defs");
        svg.empty("rect", "class", "paper", "width", width, "height", height);
        heading();
        bands(width);
        ranks();
        for (int round = 0; round < rounds.rounds().size(); round++) {
            round(round);
        }
        rounds.reductions().forEach(this::reduction);
        legend(looks, reduces, legend, perLine);
        svg.close("svg");
        return svg.toString();
    }

    private double textWidth() {
        return Math.max(TITLE_LETTER * caption.title().length(), LETTER * caption.more().stream()
                .mapToInt(String::length).max().orElse(0));
    }

    private void heading() {
        svg.words("text", caption.title(), "class", "title", "x", PADDING, "y", 30);
        for (int line = 0; line < caption.more().size(); line++) {
            svg.words("text", caption.more().get(line), "class", "more", "x", PADDING, "y", 50 + LINE * line);
        }
    }

    /** What a rank does at the left, and a rule above each round. */
    private void bands(double width) {
        for (int round = 0; round < rounds.rounds().size(); round++) {
            double y = layout.begin(round);
            svg.empty("line", "class", "rule", "x1", PADDING, "y1", y, "x2", width - PADDING, "y2", y);
            svg.words("text", "round " + (round + 1), "x", PADDING, "y", y + LINE - 2);
            svg.words("text", carried(rounds.rounds().get(round)), "class", "round", "x", PADDING, "y",
                    y + 2 * LINE - 4);
        }
    }

    /** {@code 8 × 512 B}, or from the least to the most. */
    private String carried(List<Message> round) {
        long[] sizes = round.stream().mapToLong(Message::elements).filter(count -> count > 0).toArray();
        if (sizes.length == 0) {
            return round.size() + " × signal";
        }
        long least = Arrays.stream(sizes).min().orElseThrow();
        long most = Arrays.stream(sizes).max().orElseThrow();
        return sizes.length + " × " + (least == most ? bytes(least) : bytes(least) + " to " + bytes(most));
    }

    private void ranks() {
        for (int rank = 0; rank < caption.ranks(); rank++) {
            double x = layout.x(rank);
            svg.words("text", "rank " + rank, "x", x, "y", layout.top() - 10, "text-anchor", "middle");
            svg.empty("line", "class", "rank", "x1", x, "y1", layout.top(), "x2", x, "y2", layout.bottom());
        }
    }

    private void round(int round) {
        List<Message> messages = rounds.rounds().get(round);
        for (int i = 0; i < messages.size(); i++) {
            arrow(messages.get(i), round, twins(messages.subList(0, i), messages.get(i)));
        }
        if (messages.size() <= LABELS_PER_RANK * caption.ranks()) {
            // Above all lines of their round, so that none runs through a label.
            messages.stream().filter(message -> message.elements() > 0)
                    .forEach(message -> label(message, before(message, messages), round));
        }
    }

    /** How many of {@code before} go the same way: what is loaded from a rank and what is stored there would lie on one line. */
    private static long twins(List<Message> before, Message message) {
        return before.stream()
                .filter(other -> other.source() == message.source() && other.destination() == message.destination())
                .count();
    }

    private void arrow(Message message, int round, long twins) {
        Look look = Look.of(message);
        double from = layout.x(message.source());
        double to = layout.x(message.destination());
        double begin = layout.begin(round) + TWIN * twins;
        double end = layout.end(round);
        double length = Math.hypot(to - from, end - begin);
        double short2 = (length - HEAD / 2) / length;
        svg.open("line", "class", "arrow " + look.style(), "x1", from, "y1", begin, "x2",
                from + (to - from) * short2, "y2", begin + (end - begin) * short2, "marker-end",
                "url(#" + look.style() + ")");
        svg.words("title", "round " + (round + 1) + ": rank " + message.source() + " to rank " + message.destination()
                + ", " + (message.elements() == 0 ? "signal" : bytes(message.elements()) + ", " + look.words));
        svg.close("line");
    }

    /** How many shorter arrows leave the same rank to the same side. */
    private static int before(Message message, List<Message> round) {
        int way = message.destination() - message.source();
        return (int) round.stream().filter(other -> other.source() == message.source() && other.elements() > 0)
                .mapToInt(other -> other.destination() - other.source())
                .filter(other -> other * way > 0 && Math.abs(other) < Math.abs(way)).count();
    }

    /** Near where the arrow begins, for there arrows are farthest apart; behind the labels of shorter ones. */
    private void label(Message message, int before, int round) {
        int way = message.destination() - message.source();
        double columns = Math.min(before + LABEL_AT, Math.abs(way) - LABEL_AT);
        double share = columns / Math.abs(way);
        double begin = layout.begin(round);
        svg.words("text", bytes(message.elements()), "class", "label", "text-anchor", "middle", "x",
                layout.x(message.source()) + Math.signum(way) * columns * DiagramLayout.COLUMN, "y",
                begin + (layout.end(round) - begin) * share + 4);
    }

    private void reduction(Reduction reduction) {
        double x = layout.x(reduction.rank());
        double y = layout.after(reduction.after()) + 6;
        svg.open("g");
        svg.words("title", "rank " + reduction.rank() + " reduces to " + bytes(reduction.elements()));
        plus(x, y);
        svg.close("g");
    }

    private void plus(double x, double y) {
        double arm = RADIUS - 3;
        svg.empty("circle", "class", "reduce", "cx", x, "cy", y, "r", RADIUS);
        svg.empty("line", "class", "plus", "x1", x - arm, "y1", y, "x2", x + arm, "y2", y);
        svg.empty("line", "class", "plus", "x1", x, "y1", y - arm, "x2", x, "y2", y + arm);
    }

    private void head(Look look) {
        svg.open("marker", "id", look.style(), "viewBox", "0 0 8 8", "refX", 6, "refY", 4, "markerWidth", HEAD,
                "markerHeight", HEAD, "markerUnits", "userSpaceOnUse", "orient", "auto");
        svg.empty("path", "class", "head-" + look.style(), "d", "M0 0L8 4L0 8z");
        svg.close("marker");
    }

    private void legend(Set<Look> looks, boolean reduces, double top, int perLine) {
        int entry = 0;
        for (Look look : looks) {
            double x = PADDING + entry % perLine * LEGEND_COLUMN;
            double y = top + Math.floorDiv(entry, perLine) * LINE;
            svg.empty("line", "class", "arrow " + look.style(), "x1", x, "y1", y, "x2", x + 32, "y2", y, "marker-end",
                    "url(#" + look.style() + ")");
            svg.words("text", look.words, "x", x + 42, "y", y + 4);
            entry++;
        }
        if (reduces) {
            double x = PADDING + entry % perLine * LEGEND_COLUMN;
            double y = top + Math.floorDiv(entry, perLine) * LINE;
            plus(x + 16, y);
            svg.words("text", "reduction", "x", x + 42, "y", y + 4);
        }
    }

    /** {@code 512 B}, {@code 1.5 KiB}. */
    private String bytes(long elements) {
        double size = (double) elements * caption.elementBytes();
        String[] units = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        while (size >= 1024 && unit < units.length - 1) {
            size /= 1024;
            unit++;
        }
        String digits = String.format(Locale.ROOT, size == Math.rint(size) ? "%.0f" : "%.1f", size);
        return digits + " " + units[unit];
    }

    /** How an arrow looks, and what that means. */
    private enum Look {
        PUT("put"),
        GET("got on request"),
        LOAD("loaded as an operand"),
        STORE("stored as a result"),
        SIGNAL("signal without data");

        private final String words;

        Look(String words) {
            this.words = words;
        }

        static Look of(Message message) {
            if (message.elements() == 0) {
                return SIGNAL;
            }
            return switch (message.kind()) {
                case Kind.PUT -> PUT;
                case Kind.GET -> GET;
                case Kind.LOAD -> LOAD;
                case Kind.STORE -> STORE;
            };
        }

        String style() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
