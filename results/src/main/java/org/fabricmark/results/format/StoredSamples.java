package org.fabricmark.results.format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.fabricmark.results.model.CaseKey;
import org.fabricmark.results.model.Launch;
import org.fabricmark.results.model.Run;
import org.fabricmark.results.model.SampleSource;

/** The samples of a saved run, read whole when the first case is asked for. */
final class StoredSamples implements SampleSource {
    private final Path file;
    private final Run run;
    private Map<CaseKey, List<Launch>> launches;

    StoredSamples(Path file, Run run) {
        this.file = file;
        this.run = run;
    }

    @Override
    public synchronized List<Launch> launches(CaseKey cell) {
        if (launches == null) {
            launches = read();
        }
        return launches.getOrDefault(cell, List.of());
    }

    private Map<CaseKey, List<Launch>> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return SamplesFileReader.read(file, run, SamplesFileReader.MOST_BYTES);
        } catch (IOException failure) {
            throw new RunFormatException(
                    file + " cannot be read: " + RunFormatException.firstLine(failure.getMessage()), failure);
        }
    }
}
