package org.fabricmark.transport.anatomy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * All that one rank posts in a call, all that is completed at it, and all that leaves its port: requests of its own, and responses and
 * acknowledgements to those of others.
 *
 * @param posted requests by operation, in alphabetical order
 * @param completions of its own requests that it is told of
 * @param receives completed at it by requests of others
 * @param dataPackets that leave it: requests, and responses
 * @param acknowledgements that leave it
 * @param payload bytes of data that leave it
 * @param wireBytes of all packets that leave it
 */
public record PortTraffic(
        Map<String, Long> posted, long completions, long receives, long dataPackets, long acknowledgements,
        long payload,
        long wireBytes) {
    /**
     * The traffic of every rank.
     *
     * @param posted by rank, what it posts
     */
    public static List<PortTraffic> of(List<List<PostedRequest>> posted) {
        List<Sum> sums = new ArrayList<>();
        posted.forEach(_ -> sums.add(new Sum()));
        for (int rank = 0; rank < posted.size(); rank++) {
            for (PostedRequest request : posted.get(rank)) {
                sums.get(rank).post(request);
                sums.get(request.peer()).meet(request);
            }
        }
        return sums.stream().map(Sum::traffic).toList();
    }

    /** Part of the bytes on the wire that is payload, 0 to 1; 1 when there are none. */
    public double payloadShare() {
        return wireBytes == 0 ? 1 : (double) payload / wireBytes;
    }

    /** What is counted while requests are gone through. */
    private static final class Sum {
        private final Map<String, Long> posted = new TreeMap<>();
        private long completions;
        private long receives;
        private long dataPackets;
        private long acknowledgements;
        private long payload;
        private long wireBytes;

        void post(PostedRequest request) {
            posted.merge(request.operation(), 1L, Long::sum);
            completions += request.signalled() ? 1 : 0;
            request.packets().stream().filter(Packets::outbound).forEach(this::send);
        }

        void meet(PostedRequest request) {
            receives += request.atPeer().isPresent() ? 1 : 0;
            request.packets().stream().filter(packets -> !packets.outbound()).forEach(this::send);
        }

        private void send(Packets packets) {
            if (packets.kind() == Packets.Kind.ACKNOWLEDGEMENT) {
                acknowledgements += packets.count();
            } else {
                dataPackets += packets.count();
            }
            payload += packets.payload();
            wireBytes += packets.wireBytes();
        }

        PortTraffic traffic() {
            return new PortTraffic(new LinkedHashMap<>(posted), completions, receives, dataPackets, acknowledgements,
                    payload,
                    wireBytes);
        }
    }
}
