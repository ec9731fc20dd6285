package org.fabricmark.results.model;

import java.util.HashMap;
import java.util.Map;

import org.fabricmark.results.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

class CaseKeyTest {
    /** Stored results depend on these texts: a change here breaks every comparison with a stored run. */
    @ParameterizedTest
    @ValueSource(strings = {"collective=all-reduce transport=shm in_place=no bytes=8",
        "collective=all-gather algorithm=ring transport=netty?io=epoll ranks=5 type=double in_place=yes bytes=1024",
        "collective=all-gather transport=shm op=sum root=0 in_place=no bytes=8",
        "collective=all-reduce transport=shm op=none root=3 in_place=no bytes=8",
        "collective=broadcast algorithm=binomial transport=shm root=1 in_place=no bytes=64",
        "collective=reduce transport=shm op=avg in_place=no bytes=64",
        "collective=barrier algorithm=dissemination transport=shm in_place=no bytes=0",
        "collective=something-new transport=shm in_place=no bytes=9223372036854775807"})
    void shouldKeepCanonicalNamesForEver(String name) {
        assertEquals(name, CaseKey.parse(name).canonicalName());
    }

    @Test
    void shouldNameEveryPartInOrderWhenNoneHasItsDefault() {
        String name = "collective=reduce algorithm=binomial transport=netty?io=epoll&mode=a,b launch=processes ranks=7 "
                + "type=int64 op=max root=rotate in_place=yes placement=4x2 memory=private "
                + "cadence=isolated buffers=cold "
                + "arrival=late:1:200ms bytes=800";
        assertEquals(name, Samples.FULL_KEY.canonicalName());
        assertEquals(Samples.FULL_KEY, CaseKey.parse(name));
    }

    @Test
    void shouldLeaveDefaultsOutOfTheName() {
        CaseKey spelledOut = CaseKey.parse("collective=all-reduce algorithm=auto transport=shm launch=threads ranks=2 "
                + "type=float op=sum root=-1 in_place=no placement=one-host memory=window "
                + "cadence=streaming buffers=same "
                + "arrival=none bytes=8");
        assertEquals("collective=all-reduce transport=shm in_place=no bytes=8", spelledOut.canonicalName());
        assertEquals(Samples.PLAIN_KEY, spelledOut);
    }

    @Test
    void shouldDefaultOperationAndRootByCollective() {
        assertEquals("sum", CasePart.OP.defaultFor("reduce-scatter").orElseThrow());
        assertEquals("none", CasePart.OP.defaultFor("all-gather").orElseThrow());
        assertEquals("0", CasePart.ROOT.defaultFor("scatter").orElseThrow());
        assertEquals("-1", CasePart.ROOT.defaultFor("all-to-all").orElseThrow());
    }

    @Test
    void shouldParsePartsInAnyOrder() {
        assertEquals(Samples.PLAIN_KEY, CaseKey.parse("bytes=8 in_place=no transport=shm collective=all-reduce"));
    }

    @Test
    void shouldTakeTransportOptionsInAnyOrderAsOneCase() {
        CaseKey.Builder builder = CaseKey.builder("all-reduce").inPlace(false).bytes(8);
        assertEquals(builder.transport("rdma?mtu=4096&provider=loopback").build(),
                builder.transport("rdma?provider=loopback&mtu=4096").build());
    }

    @Test
    void shouldChangeOnePartThroughABuilder() {
        CaseKey larger = Samples.FULL_KEY.toBuilder().bytes(1600).build();
        assertEquals(Samples.FULL_KEY.canonicalName().replace("bytes=800", "bytes=1600"), larger.canonicalName());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            transport=shm in_place=no bytes=8 | a case needs 'collective'
            collective=all-reduce in_place=no bytes=8 | a case needs 'transport'
            collective=all-reduce transport=shm bytes=8 | a case needs 'in_place'
            collective=all-reduce transport=shm in_place=no | a case needs 'bytes'
            collective=x transport=shm in_place=no bytes=8 bytes=9 | case '<>': 'bytes' is given twice
            collective=x transport=shm in_place=no bytes=8 color=red | case '<>': no part is called 'color'
            collective=x shm | case '<>': 'shm' is not KEY=VALUE
            collective=x  transport=shm | case '<>': '' is not KEY=VALUE
            collective=x transport= in_place=no bytes=8 | transport is empty
            collective=x transport=shm? in_place=no bytes=8 | transport 'shm?': option '' is not NAME=VALUE
            collective=x transport=shm?a=1&a=2 in_place=no bytes=8 | transport 'shm?a=1&a=2' has option 'a' twice
            collective=x transport=shm in_place=maybe bytes=8 | in_place 'maybe' is neither no nor yes
            collective=x transport=shm in_place=no bytes=8K | bytes '8K' is not a whole number
            collective=x transport=shm in_place=no bytes=-8 | bytes '-8' is negative
            collective=x transport=shm ranks=0 in_place=no bytes=8 | ranks '0' is below 1
            collective=x transport=shm root=-2 in_place=no bytes=8 | root '-2' is not a rank
            collective=x transport=shm root=all in_place=no bytes=8 | root 'all' is not a whole number
            """)
    void shouldRefuseNamesThatAreNoCase(String name, String message) {
        Exception refusal = assertThrows(IllegalArgumentException.class, () -> CaseKey.parse(name));
        assertEquals(message.replace("<>", name), refusal.getMessage());
    }

    @Test
    void shouldRefuseBlanksInWords() {
        CaseKey.Builder builder = CaseKey.builder("all-reduce").transport("shm").inPlace(false).bytes(8).type("a b");
        Exception refusal = assertThrows(IllegalArgumentException.class, builder::build);
        assertEquals("type is 'a b', with a blank or control character", refusal.getMessage());
    }

    @Test
    void shouldRefuseTheChoiceOfAutoAsPartOfTheCase() {
        CaseKey.Builder builder = CaseKey.builder("all-reduce").transport("shm").inPlace(false).bytes(8);
        Exception refusal = assertThrows(IllegalArgumentException.class,
                () -> builder.algorithm("auto:two-shot").build());
        assertEquals("algorithm 'auto:two-shot': a case names what was asked for, its result names what ran",
                refusal.getMessage());
    }

    @Test
    void shouldRefuseSeparatorsInTransportOptions() {
        Exception refusal = assertThrows(IllegalArgumentException.class,
                () -> TransportSpec.of("netty", Map.of("io", "a&b")));
        assertEquals("option 'io' of transport 'netty' is 'a&b': the characters ? & = separate options",
                refusal.getMessage());
    }

    @Test
    void shouldBeTheSameObjectWhereTheSameTextsWereBuiltBefore() {
        Map<Map<CasePart, String>, CaseKey> known = new HashMap<>();
        CaseKey.Builder builder = CaseKey.builder("all-reduce").transport("shm").inPlace(false).bytes(8);
        CaseKey first = builder.build(known);
        assertEquals(builder.build(), first);
        CaseKey other = builder.bytes(16).build(known);
        assertEquals(16, other.bytes(), "what was known is not changed with the builder");
        assertSame(first, builder.bytes(8).build(known));
        assertEquals(2, known.size());
    }
}
