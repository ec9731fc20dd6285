package org.fabricmark.results.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which flags of a Java virtual machine a result may keep. Kept are those that can change speed: {@code -X} and
 * {@code -XX} flags, assertions, modules, native access. System properties, agents and class paths are dropped, for
 * they may carry paths, names and secrets, and a kept flag loses its value from the first file separator on.
 */
public final class JvmFlags {
    private static final List<String> KEPT_PREFIXES = List.of("-X", "-ea", "-da", "-esa", "-dsa", "-enableassertions",
            "-disableassertions", "-server", "-client");
    /** Options whose value may follow as an argument of its own; their values name modules and packages, not files. */
    private static final Set<String> KEPT_MODULE_OPTIONS = Set.of("--add-modules", "--add-opens", "--add-exports",
            "--add-reads", "--enable-native-access", "--enable-preview", "--limit-modules", "--illegal-native-access",
            "--sun-misc-unsafe-memory-access");

    private JvmFlags() {}

    /** The arguments that may be kept, in their order. */
    public static List<String> recordable(List<String> arguments) {
        List<String> kept = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            int equals = argument.indexOf('=');
            if (KEPT_MODULE_OPTIONS.contains(equals < 0 ? argument : argument.substring(0, equals))) {
                kept.add(argument);
                boolean valueFollows = equals < 0 && i + 1 < arguments.size() && !arguments.get(i + 1).startsWith("-");
                if (valueFollows) {
                    kept.add(arguments.get(++i));
                }
            } else if (KEPT_PREFIXES.stream().anyMatch(argument::startsWith)) {
                kept.add(withoutPath(argument));
            }
        }
        return List.copyOf(kept);
    }

    /** The flag that chooses a collector: the last one counts. Empty if the choice is left to the machine. */
    static Optional<String> collector(List<String> flags) {
        return flags.stream().filter(flag -> flag.matches("-XX:\\+Use\\w+GC")).reduce((_, last) -> last);
    }

    private static String withoutPath(String flag) {
        for (int i = 0; i < flag.length(); i++) {
            if (flag.charAt(i) == '/' || flag.charAt(i) == '\\') {
                return flag.substring(0, i) + "...";
            }
        }
        return flag;
    }
}
