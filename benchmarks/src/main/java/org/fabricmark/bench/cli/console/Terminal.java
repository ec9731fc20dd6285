package org.fabricmark.bench.cli.console;

import java.util.Map;

/**
 * Who reads what is written.
 *
 * @param out whether stdout is a terminal
 * @param err whether stderr is a terminal
 * @param color whether stdout may have colours
 */
public record Terminal(boolean out, boolean err, boolean color) {
    /** System property, set by the launcher: the descriptors that are terminals, for example {@code 1,2}. */
    public static final String PROPERTY = "fabricmark.terminals";

    /** Nobody: a file, a pipe, a test. */
    public static final Terminal NONE = new Terminal(false, false, false);

    /**
     * What the launcher found out, without a native call; without a launcher nothing is taken for a terminal.
     *
     * @param descriptors the value of {@link #PROPERTY}, or null
     * @param environment {@code NO_COLOR} (set to anything but nothing) and {@code TERM=dumb} forbid colours
     */
    public static Terminal of(String descriptors, Map<String, String> environment) {
        if (descriptors == null) {
            return NONE;
        }
        boolean out = descriptors.contains("1");
        boolean color = out && environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !"dumb".equals(environment.get("TERM"));
        return new Terminal(out, descriptors.contains("2"), color);
    }

    /** The same without colours. */
    public Terminal withoutColor() {
        return new Terminal(out, err, false);
    }
}
