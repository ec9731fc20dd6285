package org.fabricmark.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.fabricmark.algorithm.Algorithm;
import org.fabricmark.algorithm.Algorithms;
import org.fabricmark.algorithm.Emission;
import org.fabricmark.collective.Collective;
import org.fabricmark.collective.Shape;
import org.fabricmark.transport.anatomy.Anatomy;
import org.fabricmark.transport.anatomy.Packets;
import org.fabricmark.transport.anatomy.Packets.Kind;
import org.fabricmark.transport.anatomy.PostedRequest;
import org.junit.jupiter.api.Test;

class AnatomyTextTest {
    /** Everything is one packet with 10 bytes of header, and is reported; flushes post nothing. */
    private static final class OnePacketEach implements Anatomy {
        @Override
        public String terms() {
            return "letters";
        }

        @Override
        public List<PostedRequest> put(int peer, int channel, long bytes) {
            return List.of(letter(peer, bytes, PostedRequest.NO_SIGNAL));
        }

        @Override
        public List<PostedRequest> putAndNotify(int peer, int channel, long bytes, int signal, boolean soleBump) {
            return List.of(letter(peer, bytes, signal));
        }

        @Override
        public List<PostedRequest> notifyPeer(int peer, int channel, int signal) {
            return List.of(letter(peer, 0, signal));
        }

        @Override
        public List<PostedRequest> get(int peer, int channel, long bytes) {
            throw new AssertionError("a ring gets nothing");
        }

        @Override
        public List<PostedRequest> await(int peer, int channel, int signal, int times) {
            return List.of();
        }

        @Override
        public List<PostedRequest> flush(int channel) {
            return List.of();
        }

        @Override
        public List<PostedRequest> drain() {
            return List.of(letter(1, 0, PostedRequest.NO_SIGNAL));
        }

        private static PostedRequest letter(int peer, long bytes, int signal) {
            return new PostedRequest("LETTER", peer, bytes, signal,
                    signal == PostedRequest.NO_SIGNAL ? Optional.empty() : Optional.of("bell " + signal), true,
                    bytes == 0 ? List.of("EMPTY") : List.of(),
                    signal == PostedRequest.NO_SIGNAL ? Optional.empty() : Optional.of("BELL"),
                    List.of(new Packets(Kind.REQUEST, "ONE", 1, bytes, bytes + 10)));
        }
    }

    private static AnatomyText ring() {
        Algorithm ring = Algorithms.of(Collective.ALL_GATHER).stream().filter(each -> each.name().equals("ring"))
                .findFirst().orElseThrow();
        Emission emission = new Emission(ring, Shape.of(Collective.ALL_GATHER, 3, 10, 4));
        return new AnatomyText(emission.schedules(), new AnatomyText.Terms("post", OnePacketEach::new));
    }

    @Test
    void shouldSayBelowEachStepWhatItPostsAndWhatItWaitsFor() {
        assertEquals("""
                rank 0 of 3: all-gather ring, 10 x 4 B, scratch 0, 2 signals
                     0  notify     rank 2, signal 0
                          -> LETTER 0 B, rank 2, 1 packet, bell 0, signalled, EMPTY; at the peer: 1 BELL
                     1  await      rank 1, signal 0
                          <- 1 BELL from rank 1
                     2  put        input[0..10) -> 1:output[0..10), signal 1
                          -> LETTER 40 B, rank 1, 1 packet, bell 1, signalled; at the peer: 1 BELL
                     3  copy       input[0..10) -> output[0..10)
                     4  await      rank 2, signal 1
                          <- 1 BELL from rank 2
                     5  put        output[20..30) -> 1:output[20..30), signal 1
                          -> LETTER 40 B, rank 1, 1 packet, bell 1, signalled; at the peer: 1 BELL
                     6  await      rank 2, signal 1
                          <- 1 BELL from rank 2
                     7  flush
                          <- 3 completions of own requests since the flush before
                   end of the call
                          -> LETTER 0 B, rank 1, 1 packet, signalled, EMPTY
                """, ring().steps(0));
    }

    @Test
    void shouldSumUpByRank() {
        List<String> lines = ring().summary();
        assertEquals("over post: letters", lines.getFirst());
        List<String> row = List.of(lines.get(3).strip().split(" +"));
        assertEquals(List.of("0", "4", "4", "3", "4", "0", "120", "80", "66.7", "%"), row, lines.toString());
        assertTrue(lines.get(2).startsWith("rank  LETTER  completions  receives  packets"), lines.toString());
    }
}
