package org.fabricmark.transport.rdma.verbs;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** The providers of this program, found by {@link ServiceLoader}. Thread rule: any thread. */
public final class VerbsProviders {
    private VerbsProviders() {}

    /** All, those that do not work here included, by name. */
    public static List<VerbsProvider> all() {
        return ServiceLoader.load(VerbsProvider.class, VerbsProvider.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(VerbsProvider::name))
                .toList();
    }

    /**
     * The one called {@code name}.
     *
     * @throws VerbsException {@code EINVAL} when there is none
     */
    public static VerbsProvider named(String name) {
        List<VerbsProvider> all = all();
        return all.stream().filter(provider -> provider.name().equals(name)).findFirst()
                .orElseThrow(() -> VerbsException.invalid("no verbs provider '" + name + "'; known: "
                        + all.stream().map(VerbsProvider::name).collect(Collectors.joining(", "))));
    }
}
