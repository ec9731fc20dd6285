package org.fabricmark.transport.shm;

import java.nio.file.Path;
import java.util.List;
import org.fabricmark.transport.TransportOption;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.host.SharedFile;

/**
 * The options of {@code shm}.
 *
 * @param direct whether it claims direct access
 * @param inlineBytes largest put that travels within its signal
 * @param directory where the files are
 */
record ShmOptions(boolean direct, int inlineBytes, Path directory) {
    private static final TransportOption DIRECT = new TransportOption(
            "direct",
            new TransportOption.YesNo(),
            "yes",
            "load from and store to peers' memory within steps; no: puts and gets only, as over a network");
    private static final TransportOption INLINE = new TransportOption(
            "inline",
            new TransportOption.Whole(0, ShmLayout.INLINE_BYTES),
            Integer.toString(ShmLayout.INLINE_BYTES),
            "largest put, in bytes, that travels within its signal's cache line");
    private static final TransportOption DIR = new TransportOption(
            "dir", new TransportOption.Text(), "auto", "directory of the shared files; auto: /dev/shm, else /tmp");

    static final List<TransportOption> ALL = List.of(DIRECT, INLINE, DIR);

    static ShmOptions of(TransportSpec spec) {
        String dir = spec.value(DIR);
        return new ShmOptions(
                spec.yes(DIRECT), spec.whole(INLINE),
                dir.equals(DIR.defaultValue()) ? SharedFile.defaultDirectory() : Path.of(dir));
    }
}
