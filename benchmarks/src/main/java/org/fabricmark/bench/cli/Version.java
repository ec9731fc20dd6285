package org.fabricmark.bench.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: this program's version and the JVM that runs it. */
final class Version implements IVersionProvider {
    private static final String UNPACKAGED = "(not from a jar)";

    /** The version of the jar, or a remark where classes do not come from one. */
    static String current() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? UNPACKAGED : version;
    }

    @Override
    public String[] getVersion() {
        return new String[] {"fabricmark " + current(),
            System.getProperty("java.vm.name") + " " + Runtime.version() + ", " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch")};
    }
}
