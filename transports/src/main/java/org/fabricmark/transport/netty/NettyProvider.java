package org.fabricmark.transport.netty;

import java.util.List;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.Medium;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportContext;
import org.fabricmark.transport.TransportOption;
import org.fabricmark.transport.TransportProvider;
import org.fabricmark.transport.TransportSpec;

/** Sockets between ranks, through Netty: TCP, or the Unix domain inside one host. */
public final class NettyProvider implements TransportProvider {
    @Override
    public String name() {
        return "netty";
    }

    @Override
    public String description() {
        return "TCP or Unix-domain sockets, driven by the rank's own thread";
    }

    @Override
    public List<TransportOption> options() {
        return NettyOptions.all();
    }

    @Override
    public Availability availability() {
        return Availability.available(); // nio works everywhere
    }

    @Override
    public Availability availability(TransportSpec spec) {
        return NettyOptions.of(spec).availability();
    }

    @Override
    public Medium medium(TransportSpec spec) {
        return NettyOptions.of(spec).unix() ? Medium.UNIX_SOCKETS : Medium.TCP;
    }

    @Override
    public Transport open(TransportContext context) {
        NettyOptions options = NettyOptions.of(context.spec());
        String name = context.spec().canonical(options()).toString();
        return new NettyTransport(NettyEndpoint.attach(context, options, name), options);
    }
}
