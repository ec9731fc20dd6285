package org.fabricmark.results.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Names for everything that tells one measured case from another: what comparisons group, filter and sort by. Besides
 * the {@linkplain CasePart parts of a case} there are words for the run that it belongs to, and
 * {@code transport.OPTION} for each option of a transport.
 */
public final class Labels {
    /** The algorithm that ran; differs from {@code algorithm} where that is {@code auto}. */
    public static final String RAN = "ran";
    /** The transport without its options. */
    public static final String TRANSPORT_NAME = "transport.name";
    /** The run, by {@link StoredRun#name()}. */
    public static final String RUN = "run";
    /** The program that measured, by {@link Origin#tool()}. */
    public static final String TOOL = "tool";
    /** The commit that was measured. */
    public static final String COMMIT = "commit";
    /** The branch that it was on. */
    public static final String BRANCH = "branch";
    /** {@link Environment.Hardware#id()}. */
    public static final String HARDWARE = "hardware";
    /** {@link Environment.Software#id()}. */
    public static final String SOFTWARE = "software";
    /** {@link Environment.State#id()}. */
    public static final String STATE = "state";

    private static final String OPTION_PREFIX = "transport.";

    private Labels() {}

    /** All names but those of options of transports. */
    public static List<String> names() {
        List<String> names = new ArrayList<>();
        for (CasePart part : CasePart.values()) {
            names.add(part.key());
        }
        names.addAll(List.of(RAN, TRANSPORT_NAME, RUN, TOOL, COMMIT, BRANCH, HARDWARE, SOFTWARE, STATE));
        return List.copyOf(names);
    }

    /** Whether {@code label} can be asked for. */
    public static boolean isKnown(String label) {
        return names().contains(label) || label.startsWith(OPTION_PREFIX);
    }

    /**
     * What {@code label} says of a case.
     *
     * @return empty if it is not known of this case, as the commit of an imported table
     * @throws IllegalArgumentException if there is no such label
     */
    public static Optional<String> text(StoredRun run, CaseResult cell, String label) {
        Optional<CasePart> part = CasePart.named(label);
        if (part.isPresent()) {
            return part.map(cell.key()::text);
        }
        Environment environment = run.run().environment();
        return switch (label) {
            case RAN -> Optional.of(cell.algorithmSelected());
            case TRANSPORT_NAME -> Optional.of(cell.key().transport().name());
            case RUN -> Optional.of(run.name());
            case TOOL -> Optional.of(run.run().origin().tool());
            case COMMIT -> environment.suite().commit();
            case BRANCH -> environment.suite().branch();
            case HARDWARE -> Optional.of(environment.hardware().id());
            case SOFTWARE -> Optional.of(environment.software().id());
            case STATE -> Optional.of(environment.state().id());
            default -> option(cell.key().transport().options(), label);
        };
    }

    private static Optional<String> option(Map<String, String> options, String label) {
        if (!label.startsWith(OPTION_PREFIX)) {
            throw new IllegalArgumentException("no label '" + label + "'; known: " + String.join(", ", names())
                    + ", " + OPTION_PREFIX + "OPTION");
        }
        return Optional.ofNullable(options.get(label.substring(OPTION_PREFIX.length())));
    }
}
