package org.fabricmark.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TransportSpecTest {
    private static final TransportOption DIRECT =
            new TransportOption("direct", new TransportOption.YesNo(), "yes", "whether");
    private static final TransportOption INLINE =
            new TransportOption("inline", new TransportOption.Whole(0, 48), "48", "bytes");
    private static final TransportOption IO =
            new TransportOption("io", new TransportOption.Choice(List.of("nio", "epoll")), "nio", "loop");
    private static final TransportOption DIR = new TransportOption("dir", new TransportOption.Text(), "auto", "where");
    private static final List<TransportOption> KNOWN = List.of(DIRECT, INLINE, IO, DIR);

    @Test
    void shouldReadANameAlone() {
        TransportSpec spec = TransportSpec.parse("shm");
        assertEquals("shm", spec.name());
        assertTrue(spec.yes(DIRECT));
        assertEquals(48, spec.whole(INLINE));
        assertEquals("nio", spec.value(IO));
    }

    @Test
    void shouldReadOptions() {
        TransportSpec spec = TransportSpec.parse("shm?direct=no&inline=0&dir=/a=b");
        spec.check(KNOWN);
        assertFalse(spec.yes(DIRECT));
        assertEquals(0, spec.whole(INLINE));
        assertEquals("/a=b", spec.value(DIR));
        assertEquals("shm?direct=no&inline=0&dir=/a=b", spec.toString());
    }

    @Test
    void shouldHaveOneSpellingForOneMeaning() {
        TransportSpec spec = TransportSpec.parse("shm?inline=8&direct=yes&dir=x");
        assertEquals("shm?dir=x&inline=8", spec.canonical(KNOWN).toString());
        assertEquals("shm", TransportSpec.parse("shm?direct=yes").canonical(KNOWN).toString());
    }

    @Test
    void shouldNameTheUnknownOptionAndWhatIsKnown() {
        assertRefused(
                "transport 'shm' has no option 'diret'; known: direct, inline, io, dir",
                () -> TransportSpec.parse("shm?diret=no").check(KNOWN));
        assertRefused("known: none", () -> TransportSpec.parse("shm?a=b").check(List.of()));
    }

    @Test
    void shouldNameTheOptionWhoseValueIsMalformed() {
        for (String wrong : List.of("direct=maybe", "direct=", "inline=49", "inline=-1", "inline=1e3", "inline=",
                "io=kqueue", "dir=")) {
            String option = wrong.substring(0, wrong.indexOf('='));
            assertRefused(
                    "option '" + option + "' of transport 'shm' is '",
                    () -> TransportSpec.parse("shm?" + wrong).check(KNOWN));
        }
        assertRefused("a whole number from 0 to 48", () -> TransportSpec.parse("shm?inline=x").check(KNOWN));
        assertRefused("nio or epoll", () -> TransportSpec.parse("shm?io=x").check(KNOWN));
    }

    @Test
    void shouldRefuseWhatIsNotWrittenLikeATransport() {
        for (String text : List.of("", "?", "Shm", "sh m", "shm&direct=no", "1shm")) {
            assertRefused("malformed transport '" + text + "'", () -> TransportSpec.parse(text));
        }
        for (String text : List.of("shm?", "shm?direct", "shm?=no", "shm?direct=no&")) {
            assertRefused("malformed option", () -> TransportSpec.parse(text));
        }
        assertRefused("'a' is given twice", () -> TransportSpec.parse("shm?a=1&a=2"));
    }

    @Test
    void shouldNameTheTransportsThatThereAre() {
        assertRefused("no transport 'shmem'; known: ", () -> Transports.of(TransportSpec.parse("shmem")));
        assertRefused("queue", () -> Transports.of(TransportSpec.parse("shmem")));
        assertRefused("no option 'x'; known: depth", () -> Transports.of(TransportSpec.parse("queue?x=1")));
    }

    @Test
    void shouldRefuseAnOptionWhoseDefaultIsNoValue() {
        assertRefused("default '49'", () -> new TransportOption("a", new TransportOption.Whole(0, 48), "49", "b"));
    }

    private static void assertRefused(String part, Executable call) {
        String message = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(message.contains(part), message);
    }
}
