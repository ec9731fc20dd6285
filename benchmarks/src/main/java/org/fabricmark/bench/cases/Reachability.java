package org.fabricmark.bench.cases;

import org.fabricmark.selection.Access;
import org.fabricmark.transport.Medium;
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
     * How ranks on one host get at each other's memory.
     *
     * @throws IllegalArgumentException for an unknown transport or option
     */
    static Access of(TransportSpec spec) {
        TransportProvider provider = Transports.of(spec);
        if (provider.medium(spec) != Medium.MEMORY) {
            return Access.MESSAGES;
        }
        boolean direct = FaultPlan.of(spec).isEmpty()
                && provider.options().stream()
                        .filter(option -> option.name().equals(OPTION)
                                && option.type() instanceof TransportOption.YesNo)
                        .anyMatch(spec::yes);
        return direct ? Access.DIRECT : Access.ONE_SIDED;
    }
}
