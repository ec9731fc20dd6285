package org.fabricmark.bench.cli.argument;

import java.util.ArrayList;
import java.util.List;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.TransportProvider;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;
import picocli.CommandLine.ITypeConverter;

/**
 * Which transports, with their options: a comma list as in {@code shm,shm?direct=no}, or {@code all} that work here.
 *
 * @param specs each once, in the order given, options checked
 */
public record TransportNames(List<TransportSpec> specs) {
    private static final String AUTO = "auto";
    private static final String LIST = "transports";

    public TransportNames {
        specs = List.copyOf(specs);
    }

    /** Reads what users type. A transport that is named must work here; {@code all} are those that do. */
    public static final class Converter implements ITypeConverter<TransportNames> {
        @Override
        public TransportNames convert(String text) {
            List<TransportProvider> known = Transports.all();
            List<TransportSpec> specs = new ArrayList<>();
            for (String name : Names.split(text)) {
                if (name.equals(Names.ALL)) {
                    known.stream()
                            .filter(provider -> provider.availability() instanceof Availability.Available)
                            .forEach(provider -> specs.add(TransportSpec.parse(provider.name())));
                } else {
                    specs.add(spec(name, known));
                }
            }
            if (specs.isEmpty()) {
                throw new Misuse("no transport works here (see 'fabricmark list " + LIST + "')");
            }
            return new TransportNames(specs.stream().distinct().toList());
        }

        private static TransportSpec spec(String text, List<TransportProvider> known) {
            if (text.equals(AUTO)) {
                throw new Misuse(
                        "--transport " + AUTO + " is not available yet; name one (see 'fabricmark list " + LIST + "')");
            }
            TransportSpec spec;
            try {
                spec = TransportSpec.parse(text);
            } catch (IllegalArgumentException malformed) {
                throw new Misuse(malformed.getMessage());
            }
            TransportProvider provider = known.stream()
                    .filter(candidate -> candidate.name().equals(spec.name()))
                    .findFirst()
                    .orElseThrow(() -> Names.unknown("transport", spec.name(),
                            known.stream().map(TransportProvider::name).toList(), LIST));
            try {
                spec.check(provider.options());
            } catch (IllegalArgumentException wrongOption) {
                throw new Misuse(wrongOption.getMessage() + " (see 'fabricmark list " + LIST + "')");
            }
            if (provider.availability(spec) instanceof Availability.Absent(String reason)) {
                throw new Misuse("transport '" + spec + "' does not work here: " + reason);
            }
            return spec.canonical(provider.options());
        }
    }
}
