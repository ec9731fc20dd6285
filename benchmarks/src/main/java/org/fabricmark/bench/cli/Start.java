package org.fabricmark.bench.cli;

import java.lang.reflect.InvocationTargetException;

/**
 * The main class of the benchmark jar. This one class is compiled for Java 8, so that an older Java can load it and say in one line
 * what is needed; everything else is found by name, because a compiler for Java 8 cannot read it.
 */
public final class Start {
    private static final int NEEDED = 25;
    private static final int MISUSED = 2;
    private static final String MAIN = "org.fabricmark.bench.jmh.JmhMain";

    private Start() {}

    /**
     * Runs JMH, or refuses a Java that is too old: one line on stderr, exit code 2.
     *
     * @param arguments JMH's own command line
     * @throws ReflectiveOperationException if the jar is not whole
     */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        String version = System.getProperty("java.specification.version");
        if (feature(version) < NEEDED) {
            System.err.println("fabricmark: Java " + NEEDED + " or newer is needed, and this is Java " + version + " ("
                    + System.getProperty("java.home") + "); start this jar by the java of a JDK " + NEEDED);
            System.exit(MISUSED);
        }
        try {
            Class.forName(MAIN).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** The number of a Java version: 17, or 8 of what calls itself 1.8. */
    static int feature(String specification) {
        String[] parts = specification.split("\\.");
        return Integer.parseInt(parts[0].equals("1") ? parts[1] : parts[0]);
    }
}
