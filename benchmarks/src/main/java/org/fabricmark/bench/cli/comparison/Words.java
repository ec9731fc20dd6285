package org.fabricmark.bench.cli.comparison;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.fabricmark.bench.cli.comparison.Section.Text;
import org.fabricmark.bench.cli.console.Tone;
import org.fabricmark.results.compare.Crossover;
import org.fabricmark.results.compare.Family;
import org.fabricmark.results.compare.Place;
import org.fabricmark.results.compare.Ratio;
import org.fabricmark.results.compare.Ratio.Basis;
import org.fabricmark.results.format.Figures;
import org.fabricmark.results.model.CasePart;
import org.fabricmark.results.model.Flag;
import org.fabricmark.results.model.Measure;
import org.fabricmark.results.select.Cell;
import org.fabricmark.results.select.Key;

/** How the parts of a comparison are said. */
final class Words {
    static final String WRONG = "WRONG";
    private static final double PERCENT = 100;
    /** What is less than asked for by no more than this is rounding. */
    private static final double ROUNDING = 1e-9;

    private Words() {}

    /**
     * The figure of a place with its flags, {@code WRONG}, or that nothing is there.
     *
     * @param withUnit whether its column has no unit of its own, because it differs from row to row
     */
    static Text figure(Place place, boolean withUnit) {
        if (place.isWrong()) {
            return new Text(WRONG, Tone.BAD);
        }
        String marks = String.join("", Stream.of(Flag.values())
                .filter(flag -> place.cells().stream().anyMatch(cell -> cell.result().flags().has(flag)))
                .map(flag -> Character.toString(flag.mark())).toList());
        String several = place.cells().size() > 1 ? " of " + place.cells().size() : "";
        String unit = withUnit && place.figure().isPresent()
                ? " " + place.measure().map(Measure::unit).orElse("")
                : "";
        return Text.of(Figures.of(place.figure()) + marks + unit + several);
    }

    /** The ratio of times; green where it is certainly faster, red where it is certainly slower. */
    static Text ratio(Optional<Ratio> ratio) {
        return ratio(ratio, false);
    }

    /** The ratio of a place's figures, in the same colours. */
    static Text ratio(Place place) {
        return ratio(place.figureRatio(), place.measure().map(Measure::higherIsBetter).orElse(false));
    }

    private static Text ratio(Optional<Ratio> ratio, boolean higherIsBetter) {
        return ratio.map(known -> new Text(Figures.of(known.value()) + (known.sameRegime() ? "" : "~"),
                known.isDecided() ? known.value() < 1 != higherIsBetter ? Tone.GOOD : Tone.BAD : Tone.PLAIN))
                .orElse(Text.of(Figures.ABSENT));
    }

    /** The ratio where there is no place for its interval: a question mark where that includes 1. */
    static Text shortRatio(Place place) {
        Text text = ratio(place);
        Optional<Ratio> ratio = place.figureRatio();
        return ratio.isEmpty() || ratio.get().isDecided() ? text : new Text(text.text() + "?", text.tone());
    }

    /** Square brackets over launches, round ones within one launch; the confidence where it is less than asked for. */
    static String interval(Optional<Ratio> ratio) {
        return ratio.flatMap(known -> known.interval().map(interval -> {
            boolean within = known.basis() == Basis.WITHIN_LAUNCH;
            String bounds = Figures.of(interval.low()) + ", " + Figures.of(interval.high());
            String confidence = interval.confidence() < Ratio.CONFIDENCE - ROUNDING
                    ? " " + (int) (interval.confidence() * PERCENT) + "%"
                    : "";
            return (within ? "(" + bounds + ")" : "[" + bounds + "]") + confidence;
        })).orElse("");
    }

    /** A crossover and its ends: {@code 13.2K [12.1K, 15.0K]}. */
    static String size(Crossover crossover) {
        String ends = crossover.lowBytes().isEmpty() ? ""
                : " [" + bytes(crossover.lowBytes().getAsDouble()) + ", "
                        + bytes(crossover.highBytes().getAsDouble()) + "]";
        return bytes(crossover.bytes()) + ends;
    }

    /** Sizes that are not measured but computed have three digits. */
    private static String bytes(double bytes) {
        int power = bytes < 1 ? 0 : Math.min(3, (int) (Math.log(bytes) / Math.log(1024)));
        double scaled = bytes / Math.pow(1024, power);
        String digits = scaled >= 100 || power == 0 ? String.format(Locale.ROOT, "%.0f", scaled)
                : String.format(Locale.ROOT, scaled >= 10 ? "%.1f" : "%.2f", scaled);
        return digits + List.of("", "K", "M", "G").get(power);
    }

    /** A text of a row's or a column's head: sizes as people write them. */
    static String text(String label, String text) {
        return label.equals(CasePart.BYTES.key()) ? Figures.ofBytes(Long.parseLong(text)) : text;
    }

    /** The texts of a key with a comma between them, for where the labels are known. */
    static String texts(Key key) {
        return IntStream.range(0, key.labels().size()).mapToObj(i -> text(key.labels().get(i), key.texts().get(i)))
                .collect(Collectors.joining(","));
    }

    /** A key as people read it: the collective, or primitive, without its label, everything else with it. */
    static String key(Key key) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < key.labels().size(); i++) {
            String label = key.labels().get(i);
            String text = text(label, key.texts().get(i));
            if (!isSubject(label) || !text.equals(CasePart.NONE)) {
                words.append(words.isEmpty() ? "" : " ").append(isSubject(label) ? "" : label + "=").append(text);
            }
        }
        return words.toString();
    }

    /** Whether {@code label} says what is measured. */
    static boolean isSubject(String label) {
        return label.equals(CasePart.COLLECTIVE.key()) || label.equals(CasePart.PRIMITIVE.key());
    }

    /** The parts of a case that are not what everybody expects, without size. */
    static String conditions(Cell cell) {
        StringBuilder words = new StringBuilder(cell.key().collective());
        for (CasePart part : CasePart.values()) {
            boolean usual = part.defaultFor(cell.key().collective()).equals(Optional.of(cell.key().text(part)));
            if (!usual && part != CasePart.COLLECTIVE && part != CasePart.BYTES) {
                words.append(' ').append(part.key()).append('=').append(cell.key().text(part));
            }
        }
        return words.toString();
    }

    /** How many ratios differ, each by itself, and when all are looked at together. */
    static String family(Family family) {
        String differing = " from 1 at 5 %";
        if (family.tests() == 1) {
            return "the ratio over launches " + (family.alone() == 1 ? "differs" : "does not differ") + differing;
        }
        String of = " of " + family.tests() + " ratios over launches ";
        if (family.alone() == 0) {
            return "none" + of + "differs" + differing;
        }
        String alone = family.alone() + of + (family.alone() == 1 ? "differs" : "differ") + differing
                + ", looked at one by one; looked at together (Holm) ";
        if (family.differing() == 0) {
            return alone + "none does: there may be too few launches to show it";
        }
        if (family.differing() == family.alone()) {
            return alone + (family.alone() == 1 ? "it still does" : "all of these still do");
        }
        return alone + family.differing() + " of these still " + (family.differing() == 1 ? "does" : "do");
    }
}
