package org.fabricmark.bootstrap;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.fabricmark.communicator.CommunicatorConfig;
import org.fabricmark.engine.Waiting;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Watch;

/**
 * What a launcher sends to a rank that it has started as a process, over the process's standard input:
 *
 * <pre>
 *   magic 8 | rank 4 | size 4 | name | transport | timeout 8 | waiting | large scratch 8 | number of cores 4, cores 4 each | work
 * </pre>
 *
 * <p>with texts as their length in bytes (4) and UTF-8, everything big-endian. Both ends are of one build, the launcher's, so that
 * there are no versions.
 *
 * @param job the job, without a watch
 * @param rank the receiver
 * @param work for its {@link RankProgram}
 */
record JobDescription(Job job, int rank, String work) {
    private static final long MAGIC = 0x464142524d4a4f42L; // FABRMJOB
    private static final int MOST_TEXT = 64 * 1024 * 1024;
    private static final int MOST_CORES = 1 << 16;

    void write(OutputStream stream) throws IOException {
        DataOutputStream out = new DataOutputStream(new BufferedOutputStream(stream));
        CommunicatorConfig config = job.config();
        out.writeLong(MAGIC);
        out.writeInt(rank);
        out.writeInt(job.size());
        writeText(out, job.name());
        writeText(out, job.transport().toString());
        out.writeLong(config.timeout().toNanos());
        writeText(out, config.waiting().name());
        out.writeLong(config.largeScratchBytes());
        out.writeInt(job.pinning().cores().size());
        for (int core : job.pinning().cores()) {
            out.writeInt(core);
        }
        writeText(out, work);
        out.flush();
    }

    /**
     * Reads it.
     *
     * @throws java.io.EOFException when the sender has ended
     * @throws IllegalArgumentException when it is something else
     */
    static JobDescription read(InputStream stream) throws IOException {
        DataInputStream in = new DataInputStream(stream);
        if (in.readLong() != MAGIC) {
            throw new IllegalArgumentException("what came over standard input is not the description of a job");
        }
        int rank = in.readInt();
        int size = in.readInt();
        String name = readText(in);
        TransportSpec transport = TransportSpec.parse(readText(in));
        Duration timeout = Duration.ofNanos(in.readLong());
        Waiting waiting = Waiting.valueOf(readText(in));
        long largeScratch = in.readLong();
        List<Integer> cores = new ArrayList<>();
        for (int left = bounded(in.readInt(), MOST_CORES); left > 0; left--) {
            cores.add(in.readInt());
        }
        Job job = new Job(
                name,
                size,
                transport,
                new CommunicatorConfig(timeout, waiting, largeScratch),
                new Pinning(cores),
                Watch.NONE);
        if (rank < 0 || rank >= size) {
            throw new IllegalArgumentException("rank=" + rank + " size=" + size);
        }
        return new JobDescription(job, rank, readText(in));
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bounded(bytes.length, MOST_TEXT));
        out.write(bytes);
    }

    private static String readText(DataInputStream in) throws IOException {
        byte[] bytes = new byte[bounded(in.readInt(), MOST_TEXT)];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static int bounded(int length, int most) {
        if (length < 0 || length > most) {
            throw new IllegalArgumentException("length=" + length + ": from 0 to " + most);
        }
        return length;
    }
}
