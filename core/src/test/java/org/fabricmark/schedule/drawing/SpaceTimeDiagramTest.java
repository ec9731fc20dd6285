package org.fabricmark.schedule.drawing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.schedule.drawing.MessageRounds.Kind;
import org.fabricmark.schedule.drawing.MessageRounds.Message;
import org.fabricmark.schedule.drawing.MessageRounds.Reduction;
import org.fabricmark.schedule.verify.Form;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Every message is an arrow, every reduction a mark, and the document is one. */
class SpaceTimeDiagramTest {
    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> all(Document document, String name, String style) {
        NodeList found = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            Element element = (Element) found.item(i);
            if (Set.of(element.getAttribute("class").split(" ")).contains(style)) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static String svg(MessageRounds rounds, int ranks) {
        return SpaceTimeDiagram.svg(rounds, new SpaceTimeDiagram.Caption("title", List.of("more"), ranks, 4));
    }

    private static MessageRounds rounds(Algorithm algorithm, Collective collective, int ranks, Form form) {
        Shape shape = Shape.of(collective, ranks, collective.movesData() ? 64L : 0, 4);
        return MessageRounds.of(new Emission(algorithm, shape).schedules().stream().map(form::lower).toList());
    }

    private static Set<String> told(MessageRounds rounds) {
        Set<String> told = new HashSet<>();
        for (int round = 0; round < rounds.rounds().size(); round++) {
            for (Message message : rounds.rounds().get(round)) {
                told.add((round + 1) + " " + message.source() + " " + message.destination());
            }
        }
        return told;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8, 16})
    void shouldHaveAnArrowForEachMessageOfEverySchedule(int ranks) throws Exception {
        int drawn = 0;
        for (Collective collective : Collective.values()) {
            for (Algorithm algorithm : Algorithms.of(collective)) {
                Shape shape = Shape.of(collective, ranks, collective.movesData() ? 64L : 0, 4);
                if (algorithm.refusal(shape).isPresent()) {
                    continue;
                }
                for (Form form : List.of(Form.DIRECT, Form.LOWERED)) {
                    MessageRounds rounds = rounds(algorithm, collective, ranks, form);
                    Document document = parsed(svg(rounds, ranks));
                    Set<String> arrows = new HashSet<>();
                    int count = 0;
                    for (Element arrow : all(document, "line", "arrow")) {
                        if (arrow.getElementsByTagName("title").getLength() == 1) { // those of the legend have none
                            String title = arrow.getTextContent().strip();
                            arrows.add(title.replaceFirst("round (\\d+): rank (\\d+) to rank (\\d+),.*", "$1 $2 $3"));
                            count++;
                        }
                    }
                    assertEquals(told(rounds), arrows, algorithm.name() + " " + form);
                    assertEquals(rounds.rounds().stream().mapToInt(List::size).sum(), count, algorithm.name());
                    assertEquals(ranks, all(document, "line", "rank").size());
                    int legend = rounds.reductions().isEmpty() ? 0 : 1;
                    assertEquals(rounds.reductions().size() + legend, all(document, "circle", "reduce").size());
                    drawn++;
                }
            }
        }
        assertTrue(drawn > 20, drawn + " schedules");
    }

    @Test
    void shouldPointFromTheSenderToTheReceiverAndDownwards() throws Exception {
        MessageRounds rounds = new MessageRounds(
                List.of(List.of(new Message(2, 0, Kind.PUT, 8)), List.of(new Message(0, 1, Kind.PUT, 0))), List.of());
        Document document = parsed(svg(rounds, 3));
        Element arrow = all(document, "line", "put").getFirst();
        assertEquals("round 1: rank 2 to rank 0, 32 B, put", arrow.getTextContent().strip());
        assertEquals(all(document, "line", "rank").get(2).getAttribute("x1"), arrow.getAttribute("x1"));
        double to = Double.parseDouble(all(document, "line", "rank").get(0).getAttribute("x1"));
        assertEquals(to, Double.parseDouble(arrow.getAttribute("x2")), 8, "the head ends at the line");
        assertTrue(Double.parseDouble(arrow.getAttribute("y2")) > Double.parseDouble(arrow.getAttribute("y1")));
        assertEquals("url(#put)", arrow.getAttribute("marker-end"));
        Element second = all(document, "line", "signal").getFirst();
        assertTrue(Double.parseDouble(second.getAttribute("y1")) > Double.parseDouble(arrow.getAttribute("y2")),
                "the second round is below the first");
        assertEquals(List.of("32 B"),
                all(document, "text", "label").stream().map(Element::getTextContent).toList());
    }

    @Test
    void shouldMarkAReductionWhereItsOperandsHaveArrived() throws Exception {
        MessageRounds rounds = new MessageRounds(List.of(List.of(new Message(0, 1, Kind.PUT, 8))),
                List.of(new Reduction(1, 1, 8)));
        Document document = parsed(svg(rounds, 2));
        Element mark = all(document, "circle", "reduce").getFirst();
        assertEquals(all(document, "line", "rank").get(1).getAttribute("x1"), mark.getAttribute("cx"));
        assertTrue(Double.parseDouble(mark.getAttribute("cy")) > Double
                .parseDouble(all(document, "line", "put").getFirst().getAttribute("y2")));
    }

    @Test
    void shouldNeverHaveTwoLabelsInOnePlace() throws Exception {
        for (String name : List.of("ring", "recursive-doubling", "rabenseifner", "double-tree")) {
            for (int ranks : List.of(2, 4, 8, 16)) {
                Algorithm algorithm = Algorithms.of(Collective.ALL_REDUCE).stream()
                        .filter(each -> each.name().equals(name)).findFirst().orElseThrow();
                List<Element> labels = all(parsed(svg(rounds(algorithm, Collective.ALL_REDUCE, ranks, Form.DIRECT),
                        ranks)), "text", "label");
                assertFalse(labels.isEmpty());
                for (int i = 0; i < labels.size(); i++) {
                    for (int j = i + 1; j < labels.size(); j++) {
                        double x = distance(labels.get(i), labels.get(j), "x");
                        double y = distance(labels.get(i), labels.get(j), "y");
                        assertTrue(x > 38 || y > 8, name + " of " + ranks + " ranks: " + x + ", " + y);
                    }
                }
            }
        }
    }

    private static double distance(Element one, Element other, String attribute) {
        return Math.abs(Double.parseDouble(one.getAttribute(attribute))
                - Double.parseDouble(other.getAttribute(attribute)));
    }

    @Test
    void shouldNotHideWhatIsLoadedBehindWhatIsStored() throws Exception {
        MessageRounds rounds = new MessageRounds(
                List.of(List.of(new Message(0, 1, Kind.LOAD, 4), new Message(0, 1, Kind.STORE, 4))), List.of());
        Document document = parsed(svg(rounds, 2));
        Set<String> places = new HashSet<>();
        for (String style : List.of("load", "store")) {
            for (Element arrow : all(document, "line", style)) {
                if (arrow.getElementsByTagName("title").getLength() > 0) { // else the legend's
                    places.add(arrow.getAttribute("x1") + " " + arrow.getAttribute("y1"));
                }
            }
        }
        assertEquals(2, places.size(), places::toString);
    }

    @Test
    void shouldEscapeWhatIsSaid() throws Exception {
        String title = "a <b> & \"c\" 'd' \u0007";
        Document document = parsed(SpaceTimeDiagram.svg(new MessageRounds(List.of(), List.of()),
                new SpaceTimeDiagram.Caption(title, List.of("</text><script>"), 2, 4)));
        assertEquals("a <b> & \"c\" 'd' \uFFFD", all(document, "text", "title").getFirst().getTextContent());
        assertEquals("</text><script>", all(document, "text", "more").getFirst().getTextContent());
        assertEquals(0, document.getElementsByTagName("script").getLength());
    }

    @Test
    void shouldLabelOnlyTheMarginWhereThereAreTooManyArrows() throws Exception {
        List<Message> all = new ArrayList<>();
        for (int from = 0; from < 8; from++) {
            for (int to = 0; to < 8; to++) {
                if (from != to) {
                    all.add(new Message(from, to, Kind.PUT, 256));
                }
            }
        }
        Document document = parsed(svg(new MessageRounds(List.of(all), List.of()), 8));
        assertEquals(List.of(), all(document, "text", "label"));
        assertEquals("56 × 1 KiB", all(document, "text", "round").getFirst().getTextContent());
    }

    @Test
    void shouldRefuseMoreThanCanBeLookedAt() {
        MessageRounds none = new MessageRounds(List.of(), List.of());
        assertEquals("a diagram has place for 16 ranks, not for 17",
                assertThrows(IllegalArgumentException.class, () -> svg(none, 17)).getMessage());
        MessageRounds many = new MessageRounds(
                Collections.nCopies(129, List.of(new Message(0, 1, Kind.PUT, 1))), List.of());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> svg(many, 2)).getMessage()
                .startsWith("a diagram has place for 128 rounds of messages, not for 129"));
    }
}
