package org.fabricmark.bench.cases;

import org.fabricmark.transport.TransportOption;
import org.fabricmark.transport.TransportProvider;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;
import org.fabricmark.transport.fault.FaultPlan;

/**
 * How ranks will reach each other, as far as it can be told before they are attached: {@code auto} has to choose then. A
 * transport that may give direct access has an option {@code direct} to take it away; the others have none. Under faults there
 * is none either.
 */
final class Reachability {
    private static final String OPTION = "direct";

    private Reachability() {}

    /**
     * Whether ranks on one host load from and store to each other's memory.
     *
     * @throws IllegalArgumentException for an unknown transport or option
     */
    static boolean direct(TransportSpec spec) {
        TransportProvider provider = Transports.of(spec);
        return FaultPlan.of(spec).isEmpty() && provider.options().stream()
                .filter(option -> option.name().equals(OPTION) && option.type() instanceof TransportOption.YesNo)
                .anyMatch(spec::yes);
    }
}
