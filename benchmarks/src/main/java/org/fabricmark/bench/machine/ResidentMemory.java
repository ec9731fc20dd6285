package org.fabricmark.bench.machine;

import java.util.OptionalLong;

/** How much memory this process has from the system, as far as the system tells. */
public final class ResidentMemory {
    private static final long KIB = 1024;

    private ResidentMemory() {}

    /** Bytes of all pages that are in memory, those of shared files included; empty where it is not told. */
    public static OptionalLong bytes() {
        return bytes(SystemFiles.HERE);
    }

    static OptionalLong bytes(SystemFiles files) {
        return files.value("proc/self/status", "VmRSS", ':')
                .map(text -> SystemFiles.number(text.replaceFirst(" kB$", "")))
                .filter(OptionalLong::isPresent)
                .map(kib -> OptionalLong.of(kib.getAsLong() * KIB))
                .orElse(OptionalLong.empty());
    }
}
