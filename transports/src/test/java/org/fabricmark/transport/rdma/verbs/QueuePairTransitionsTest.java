package org.fabricmark.transport.rdma.verbs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute;
import org.junit.jupiter.api.Test;

/** Every pair of states in every service, against the table of {@code ibv_modify_qp(3)} written out once more. */
class QueuePairTransitionsTest {
    /** Service, from, to; required attributes; after a bar, optional ones. Steps to RESET and ERR take nothing. */
    private static final String TABLE = """
            RC RESET INIT pkey port access |
            RC INIT  INIT | pkey port access
            RC INIT  RTR  av mtu dest rpsn drd timer | access pkey
            RC RTR   RTS  timeout retry rnr spsn rd | state access timer
            RC RTS   RTS  | state access timer
            RC RTS   SQD  | drain
            RC SQD   SQD  | port av timeout retry rnr rd drd access pkey timer
            RC SQD   RTS  | state access timer
            UC RESET INIT pkey port access |
            UC INIT  INIT | pkey port access
            UC INIT  RTR  av mtu dest rpsn | access pkey
            UC RTR   RTS  spsn | state access
            UC RTS   RTS  | state access
            UC RTS   SQD  | drain
            UC SQD   SQD  | av access pkey
            UC SQD   RTS  | state access
            UC SQE   RTS  | state access
            UD RESET INIT pkey port qkey |
            UD INIT  INIT | pkey port qkey
            UD INIT  RTR  | pkey qkey
            UD RTR   RTS  spsn | state qkey
            UD RTS   RTS  | state qkey
            UD RTS   SQD  | drain
            UD SQD   SQD  | pkey qkey
            UD SQD   RTS  | state qkey
            UD SQE   RTS  | state qkey
            """;

    private static final Map<String, Attribute> WORDS = Map.ofEntries(
            Map.entry("state", Attribute.CURRENT_STATE), Map.entry("drain", Attribute.DRAIN_NOTIFICATION),
            Map.entry("access", Attribute.ACCESS_FLAGS), Map.entry("pkey", Attribute.PARTITION_KEY_INDEX),
            Map.entry("port", Attribute.PORT), Map.entry("qkey", Attribute.QUEUE_KEY),
            Map.entry("av", Attribute.ADDRESS_VECTOR), Map.entry("mtu", Attribute.PATH_MTU),
            Map.entry("timeout", Attribute.TIMEOUT), Map.entry("retry", Attribute.RETRY_COUNT),
            Map.entry("rnr", Attribute.RNR_RETRY), Map.entry("rpsn", Attribute.RECEIVE_PSN),
            Map.entry("rd", Attribute.MAX_READ_ATOMIC), Map.entry("timer", Attribute.MIN_RNR_TIMER),
            Map.entry("spsn", Attribute.SEND_PSN), Map.entry("drd", Attribute.MAX_DESTINATION_READ_ATOMIC),
            Map.entry("dest", Attribute.DESTINATION));

    private record Move(ServiceType service, QueuePairState from, QueuePairState to) {}

    private record Needs(Set<Attribute> required, Set<Attribute> optional) {}

    private static final Map<Move, Needs> MOVES = moves();

    private static Map<Move, Needs> moves() {
        Map<Move, Needs> moves = new HashMap<>();
        for (String line : TABLE.lines().toList()) {
            String[] halves = line.split("\\|", -1);
            String[] words = halves[0].trim().split("\\s+");
            ServiceType service = Arrays.stream(ServiceType.values())
                    .filter(each -> each.abbreviation().equals(words[0])).findFirst().orElseThrow();
            Move move = new Move(service, QueuePairState.valueOf(words[1]), QueuePairState.valueOf(words[2]));
            Needs needs = new Needs(
                    attributes(Arrays.copyOfRange(words, 3, words.length)), attributes(halves[1].trim().split("\\s+")));
            assertEquals(null, moves.put(move, needs));
        }
        for (ServiceType service : ServiceType.values()) {
            for (QueuePairState from : QueuePairState.values()) {
                moves.put(new Move(service, from, QueuePairState.RESET), new Needs(Set.of(), Set.of()));
                moves.put(new Move(service, from, QueuePairState.ERR), new Needs(Set.of(), Set.of()));
            }
        }
        return moves;
    }

    private static Set<Attribute> attributes(String[] words) {
        return Arrays.stream(words).filter(each -> !each.isEmpty()).map(WORDS::get)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Attribute.class)));
    }

    /** A change to {@code to} that names these, with values that are possible. */
    private static QueuePairAttributes change(QueuePairState from, QueuePairState to, Set<Attribute> named) {
        QueuePairAttributes change = QueuePairAttributes.to(to);
        for (Attribute each : named) {
            name(change, each, from);
        }
        assertEquals(named, change.named());
        return change;
    }

    private static void name(QueuePairAttributes change, Attribute attribute, QueuePairState from) {
        switch (attribute) {
            case CURRENT_STATE -> change.currentState(from);
            case DRAIN_NOTIFICATION -> change.drainNotification(true);
            case ACCESS_FLAGS -> change.access(AccessFlag.localAndRemote());
            case PARTITION_KEY_INDEX -> change.partitionKeyIndex(0);
            case PORT -> change.port(1);
            case QUEUE_KEY -> change.queueKey(new QueueKey(7));
            case ADDRESS_VECTOR -> change.addressVector(AddressVector.to(new Gid(1, 2)));
            case PATH_MTU -> change.pathMtu(PathMtu.MTU_1024);
            case TIMEOUT -> change.timeout(new AckTimeout(14));
            case RETRY_COUNT -> change.retryCount(7);
            case RNR_RETRY -> change.rnrRetry(7);
            case RECEIVE_PSN -> change.receivePsn(new PacketSequenceNumber(5));
            case MAX_READ_ATOMIC -> change.maxReadAtomic(1);
            case MIN_RNR_TIMER -> change.minRnrTimer(new RnrTimer(12));
            case SEND_PSN -> change.sendPsn(new PacketSequenceNumber(6));
            case MAX_DESTINATION_READ_ATOMIC -> change.maxDestinationReadAtomic(1);
            case DESTINATION -> change.destination(new QueuePairNumber(17));
        }
    }

    private static void assertRefused(Move move, QueuePairAttributes change) {
        VerbsException refused = assertThrows(
                VerbsException.class,
                () -> QueuePairTransitions.apply(move.service, QueuePairAttributes.to(move.from), change),
                () -> move + " with " + change.named());
        assertEquals(VerbsException.Reason.EINVAL, refused.reason());
        assertTrue(refused.getMessage().contains(move.service.abbreviation()), refused.getMessage());
    }

    private interface Check {
        void accept(Move move, Optional<Needs> needs);
    }

    private static void forEachPair(Check check) {
        int pairs = 0;
        for (ServiceType service : ServiceType.values()) {
            for (QueuePairState from : QueuePairState.values()) {
                for (QueuePairState to : QueuePairState.values()) {
                    Move move = new Move(service, from, to);
                    check.accept(move, Optional.ofNullable(MOVES.get(move)));
                    pairs++;
                }
            }
        }
        assertEquals(147, pairs);
    }

    @Test
    void shouldHaveEveryStepOfTheTableAndNoOther() {
        forEachPair((move, needs) -> {
            Optional<Needs> has = QueuePairTransitions.step(move.service, move.from, move.to)
                    .map(step -> new Needs(Set.copyOf(step.required()), Set.copyOf(step.optional())));
            assertEquals(needs.map(each -> new Needs(Set.copyOf(each.required), Set.copyOf(each.optional))), has,
                    move::toString);
        });
    }

    @Test
    void shouldTakeTheRequiredAloneAndWithEachOptionalAndWithAll() {
        forEachPair((move, needs) -> needs.ifPresent(step -> {
            Set<Attribute> all = EnumSet.noneOf(Attribute.class);
            all.addAll(step.required);
            assertTaken(move, all);
            for (Attribute optional : step.optional) {
                Set<Attribute> one = EnumSet.noneOf(Attribute.class);
                one.addAll(step.required);
                one.add(optional);
                assertTaken(move, one);
                all.add(optional);
            }
            assertTaken(move, all);
        }));
    }

    private static void assertTaken(Move move, Set<Attribute> named) {
        QueuePairAttributes after = QueuePairTransitions.apply(
                move.service, QueuePairAttributes.to(move.from), change(move.from, move.to, named));
        assertEquals(move.to, after.state());
        assertTrue(after.named().containsAll(named), () -> move + ": " + after.named());
    }

    @Test
    void shouldRefuseEachStepThatLacksARequiredAttribute() {
        forEachPair((move, needs) -> needs.ifPresent(step -> {
            for (Attribute missing : step.required) {
                QueuePairAttributes whole = change(move.from, move.to, step.required);
                assertRefused(move, whole.without(missing));
            }
        }));
    }

    @Test
    void shouldRefuseEachStepThatNamesAnAttributeOfNoUse() {
        forEachPair((move, needs) -> needs.ifPresent(step -> {
            Set<Attribute> useless = EnumSet.allOf(Attribute.class);
            useless.removeAll(step.required);
            useless.removeAll(step.optional);
            for (Attribute each : useless) {
                Set<Attribute> named = EnumSet.of(each);
                named.addAll(step.required);
                assertRefused(move, change(move.from, move.to, named));
            }
        }));
    }

    @Test
    void shouldRefuseStepsThatAreNotThereWhateverTheyName() {
        forEachPair((move, needs) -> {
            if (needs.isEmpty()) {
                assertRefused(move, change(move.from, move.to, Set.of()));
                assertRefused(move, change(move.from, move.to, EnumSet.allOf(Attribute.class)));
            }
        });
    }

    @Test
    void shouldRefuseAWrongBeliefAboutTheState() {
        forEachPair((move, needs) -> needs.filter(step -> step.optional.contains(Attribute.CURRENT_STATE))
                .ifPresent(step -> {
                    QueuePairAttributes change = change(move.from, move.to, step.required);
                    change.currentState(QueuePairState.INIT);
                    VerbsException refused = assertThrows(
                            VerbsException.class,
                            () -> QueuePairTransitions.apply(move.service, QueuePairAttributes.to(move.from), change));
                    assertEquals("the queue pair is in " + move.from + ", not INIT", refused.getMessage());
                }));
    }

    @Test
    void shouldKeepWhatAStepDoesNotNameAndForgetAllOnReset() {
        QueuePairAttributes now = QueuePairAttributes.to(QueuePairState.RTS).timeout(new AckTimeout(9)).port(1);
        QueuePairAttributes after = QueuePairTransitions.apply(
                ServiceType.RELIABLE_CONNECTION, now,
                QueuePairAttributes.to(QueuePairState.SQD).drainNotification(true));
        assertEquals(new AckTimeout(9), after.timeout());
        assertTrue(after.drainNotification());
        QueuePairAttributes reset = QueuePairTransitions.apply(
                ServiceType.RELIABLE_CONNECTION, after, QueuePairAttributes.to(QueuePairState.RESET));
        assertEquals(Set.of(), reset.named());
    }
}
