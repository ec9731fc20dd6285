package org.fabricmark.transport.shm;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fabricmark.transport.Availability;
import org.fabricmark.transport.Transport;
import org.fabricmark.transport.TransportContext;
import org.fabricmark.transport.TransportOption;
import org.fabricmark.transport.TransportProvider;
import org.fabricmark.transport.host.SharedFile;

/** Shared memory between ranks of one host, through files in a memory file system. */
public final class ShmProvider implements TransportProvider {
    @Override
    public String name() {
        return "shm";
    }

    @Override
    public String description() {
        return "shared memory of one host, with direct access to peers' windows";
    }

    @Override
    public List<TransportOption> options() {
        return ShmOptions.ALL;
    }

    @Override
    public Availability availability() {
        Path directory = SharedFile.defaultDirectory();
        return Files.isDirectory(directory) && Files.isWritable(directory)
                ? Availability.available()
                : Availability.absent(directory + " is not a writable directory: shm?dir=... names another one");
    }

    @Override
    public Transport open(TransportContext context) {
        ShmOptions options = ShmOptions.of(context.spec());
        String name = context.spec().canonical(options()).toString();
        return new ShmTransport(ShmEndpoint.attach(context, options, name), options);
    }
}
