package org.fabricmark.transport.queue;

import java.util.List;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportContext;
import org.fabricmark.transport.TransportOption;
import org.fabricmark.transport.TransportProvider;

/** Makes {@code queue} known to tests. */
public final class QueueProvider implements TransportProvider {
    private static final TransportOption DEPTH = new TransportOption(
            "depth", new TransportOption.Whole(1, 1000), "3", "frames that a wire holds before it answers 'not now'");

    private static final TransportOption JITTER = new TransportOption(
            "jitter",
            new TransportOption.Whole(0, 1000),
            "0",
            "frames leave, and are taken, at one poll in so many, drawn at random; 0: at every poll");

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public String description() {
        return "queues between threads that behave like a network, for tests";
    }

    @Override
    public List<TransportOption> options() {
        return List.of(DEPTH, JITTER);
    }

    @Override
    public Availability availability() {
        return Availability.available();
    }

    @Override
    public Transport open(TransportContext context) {
        return new QueueTransport(
                QueueFabric.join(context.job(), context.size(), context.spec().whole(DEPTH)),
                context,
                context.spec().whole(JITTER));
    }
}
