package org.fabricmark.transport;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The transports of this program. */
public final class Transports {
    private Transports() {}

    /** All providers, those that do not work here included, by name. */
    public static List<TransportProvider> all() {
        return ServiceLoader.load(TransportProvider.class, TransportProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(TransportProvider::name))
                .toList();
    }

    /**
     * The provider that {@code spec} names, its options checked.
     *
     * @throws IllegalArgumentException for an unknown transport or option, or a malformed value
     */
    public static TransportProvider of(TransportSpec spec) {
        List<TransportProvider> all = all();
        TransportProvider provider = all.stream()
                .filter(candidate -> candidate.name().equals(spec.name()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no transport '" + spec.name() + "'; known: "
                        + all.stream().map(TransportProvider::name).collect(Collectors.joining(", "))));
        spec.check(provider.options());
        return provider;
    }
}
