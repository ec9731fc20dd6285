package org.fabricmark.transport.rdma;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportContext;
import org.fabricmark.transport.TransportOption;
import org.fabricmark.transport.TransportProvider;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.anatomy.Anatomy;
import org.fabricmark.transport.rdma.anatomy.RdmaAnatomy;
import org.fabricmark.transport.rdma.verbs.FabricSpec.Scope;
import org.fabricmark.transport.rdma.verbs.VerbsException;

/** Verbs between ranks, by whatever provides them. */
public final class RdmaProvider implements TransportProvider {
    @Override
    public String name() {
        return "rdma";
    }

    @Override
    public String description() {
        return "RDMA verbs: writes, reads and immediates of reliable connections";
    }

    @Override
    public List<TransportOption> options() {
        return RdmaOptions.ALL;
    }

    @Override
    public Availability availability() {
        return availability(new TransportSpec(name(), Map.of()));
    }

    @Override
    public Availability availability(TransportSpec spec) {
        RdmaOptions options = RdmaOptions.of(spec);
        Availability provider = options.verbs().availability();
        if (provider instanceof Availability.Absent) {
            return provider;
        }
        try {
            return options.verbs().devices(options.fabric("none-yet", Scope.PROCESS)).isEmpty()
                    ? Availability.absent(options.provider() + " has no device")
                    : provider;
        } catch (VerbsException e) { // options that do not go together
            return Availability.absent(e.getMessage());
        }
    }

    @Override
    public Optional<String> remark(TransportSpec spec) {
        RdmaOptions options = RdmaOptions.of(spec);
        if (!options.verbs().emulated()) {
            return Optional.empty();
        }
        String emulated = "emulated by " + options.provider();
        return Optional.of(
                options.model().delays()
                        ? emulated + ", times modelled: what the model " + options.model().name()
                                + " says of hardware, not what any has taken"
                        : emulated + ": times of software in shared memory, not of a device");
    }

    @Override
    public Optional<Anatomy> anatomy(TransportSpec spec) {
        return Optional.of(new RdmaAnatomy(RdmaOptions.of(spec).terms()));
    }

    @Override
    public Transport open(TransportContext context) {
        RdmaOptions options = RdmaOptions.of(context.spec());
        String name = context.spec().canonical(options()).toString();
        return new RdmaTransport(RdmaEndpoint.attach(context, options, name), options);
    }
}
