package org.fabricmark.transport;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The transports of this program. */
public final class Transports {
    /**
     * An option that every transport has beside its own: what is to go wrong with it, as {@code org.fabricmark.transport.fault}
     * reads it. Providers never see it; {@code bootstrap} wraps what they open.
     */
    public static final TransportOption FAULT =
            new TransportOption("fault", new TransportOption.Text(), "none", "faults on purpose: see perf --fault");

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
        spec.check(options(provider));
        return provider;
    }

    /** The one spelling of {@code spec}; fails as {@link #of}. */
    public static TransportSpec canonical(TransportSpec spec) {
        return spec.canonical(options(of(spec)));
    }

    private static List<TransportOption> options(TransportProvider provider) {
        return Stream.concat(provider.options().stream(), Stream.of(FAULT)).toList();
    }
}
