package org.fabricmark.transport.fault;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.fabricmark.transport.TransportSpec;
import org.fabricmark.transport.Transports;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultPlanTest {
    @Test
    void shouldReadWhatAFaultSays() {
        FaultPlan plan = FaultPlan.parse("drop@2:rank1,delay@1/4:rank0:peer2:bytes64:5ms+corrupt@10-20,seed7");
        assertEquals(
                List.of(
                        new Fault(FaultKind.DROP, new Fault.When.Step(2), 1, Fault.ANY, 0, Duration.ZERO),
                        new Fault(FaultKind.DELAY, new Fault.When.OneIn(4), 0, 2, 64, Duration.ofMillis(5)),
                        new Fault(
                                FaultKind.CORRUPT, new Fault.When.Between(10, 20), Fault.ANY, Fault.ANY, 0,
                                Duration.ZERO)),
                plan.faults());
        assertEquals(7, plan.seed());
    }

    @ParameterizedTest
    @CsvSource({
        "drop@2:rank1, drop@2:rank1",
        "delay@3:5000us:rank0, delay@3:rank0:5ms",
        "delay@3, delay@3+seed1",
        "'kill@5:rank1,seed9', kill@5:rank1",
        "'corrupt@5,seed9', corrupt@5+seed9",
        "reorder@1/3+drop@4-5, reorder@1/3+drop@4-5+seed1",
        "delay@1:1500ns, delay@1:1500ns",
        "delay@1:2000ms, delay@1:2s"
    })
    void shouldHaveOneSpellingWithTheSeedWhereItMatters(String written, String canonical) {
        assertEquals(canonical, FaultPlan.parse(written).toString());
        assertEquals(canonical, FaultPlan.parse(canonical).toString(), "and read itself back");
    }

    @ParameterizedTest
    @CsvSource({
        "drop, it names no step",
        "drop@, it names no step",
        "drop@x, 'x' is no step",
        "drop@0, '0' is no step",
        "drop@5-2, '5-2' is no step",
        "drop@1/0, '1/0' is no step",
        "vanish@2, no fault is called 'vanish'; known: drop, delay",
        "drop@2:rank, 'rank' is neither rankN",
        "drop@2:rank-1, 'rank-1' is neither rankN",
        "delay@2:5, '5' is neither rankN",
        "delay@2:5h, '5h' is neither rankN",
        "drop@2:5ms, only a delay has a time",
        "drop@2:rank1:peer1, rank and peer are the same",
        "seed5, it names no fault"
    })
    void shouldSayInOneLineWhatIsWrong(String text, String what) {
        String message = assertThrows(IllegalArgumentException.class, () -> FaultPlan.parse(text)).getMessage();
        assertTrue(message.startsWith("fault '" + text + "': " + what), message);
        assertTrue(message.endsWith("; expected: KIND@STEP[:rankN][:peerN][:bytesN][:TIME]"), message);
    }

    @Test
    void shouldRefuseARankOrPeerThatDoesNotExist() {
        FaultPlan.parse("drop@2:rank1:peer2").checkRanks(3);
        String message = assertThrows(
                IllegalArgumentException.class, () -> FaultPlan.parse("drop@2:rank1:peer2").checkRanks(2)).getMessage();
        assertEquals("fault 'drop@2:rank1:peer2': there is no rank 2 among 2", message);
    }

    @Test
    void shouldBeAnOptionOfEveryTransportAndAPartOfItsName() {
        TransportSpec plain = TransportSpec.parse("queue?depth=5");
        assertTrue(FaultPlan.of(plain).isEmpty());
        TransportSpec faulty = FaultPlan.parse("drop@2:rank1,kill@9").over(plain);
        assertEquals("queue?depth=5&fault=drop@2:rank1+kill@9", faulty.toString());
        assertEquals(faulty, Transports.canonical(TransportSpec.parse(faulty.toString())));
        assertEquals(2, FaultPlan.of(faulty).faults().size());
    }
}
