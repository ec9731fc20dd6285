package org.fabricmark.transport.rdma.verbs;

import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.ACCESS_FLAGS;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.ADDRESS_VECTOR;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.CURRENT_STATE;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.DESTINATION;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.DRAIN_NOTIFICATION;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.MAX_DESTINATION_READ_ATOMIC;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.MAX_READ_ATOMIC;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.MIN_RNR_TIMER;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.PARTITION_KEY_INDEX;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.PATH_MTU;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.PORT;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.QUEUE_KEY;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.RECEIVE_PSN;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.RETRY_COUNT;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.RNR_RETRY;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.SEND_PSN;
import static org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute.TIMEOUT;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute;

/**
 * Which states follow which, and the attributes that each step needs and allows, by service: the table of rdma-core's
 * {@code ibv_modify_qp(3)}. Path migration is left out: no attribute of it exists here.
 *
 * <p>Thread rule: pure functions.
 */
public final class QueuePairTransitions {
    /**
     * What one transition takes.
     *
     * @param required must be named
     * @param optional may be named
     */
    public record Step(Set<Attribute> required, Set<Attribute> optional) {}

    private static final Step NOTHING = new Step(Set.of(), Set.of());

    private QueuePairTransitions() {}

    /**
     * The step from {@code from} to {@code to}, if there is one. Any state may go to RESET and to ERR: the specification says so;
     * the Linux kernel leaves out RESET to ERR.
     */
    public static Optional<Step> step(ServiceType service, QueuePairState from, QueuePairState to) {
        if (to == QueuePairState.RESET || to == QueuePairState.ERR) {
            return Optional.of(NOTHING);
        }
        Step step = switch (from) {
            case RESET -> to == QueuePairState.INIT ? resetToInit(service) : null;
            case INIT -> switch (to) {
                case INIT -> new Step(Set.of(), resetToInit(service).required());
                case RTR -> initToRtr(service);
                default -> null;
            };
            case RTR -> to == QueuePairState.RTS ? rtrToRts(service) : null;
            case RTS -> switch (to) {
                case RTS -> new Step(Set.of(), runningToRts(service));
                case SQD -> new Step(Set.of(), EnumSet.of(DRAIN_NOTIFICATION));
                default -> null;
            };
            case SQD -> switch (to) {
                case RTS -> new Step(Set.of(), runningToRts(service));
                case SQD -> new Step(Set.of(), drained(service));
                default -> null;
            };
            case SQE -> to == QueuePairState.RTS ? errorToRts(service) : null;
            case ERR -> null;
        };
        return Optional.ofNullable(step);
    }

    private static Step resetToInit(ServiceType service) {
        return new Step(
                EnumSet.of(PARTITION_KEY_INDEX, PORT, service.connected() ? ACCESS_FLAGS : QUEUE_KEY), Set.of());
    }

    private static Step initToRtr(ServiceType service) {
        return switch (service) {
            case RELIABLE_CONNECTION -> new Step(
                    EnumSet.of(ADDRESS_VECTOR, PATH_MTU, DESTINATION, RECEIVE_PSN, MAX_DESTINATION_READ_ATOMIC,
                            MIN_RNR_TIMER),
                    EnumSet.of(ACCESS_FLAGS, PARTITION_KEY_INDEX));
            case UNRELIABLE_CONNECTION -> new Step(
                    EnumSet.of(ADDRESS_VECTOR, PATH_MTU, DESTINATION, RECEIVE_PSN),
                    EnumSet.of(ACCESS_FLAGS, PARTITION_KEY_INDEX));
            case UNRELIABLE_DATAGRAM -> new Step(Set.of(), EnumSet.of(PARTITION_KEY_INDEX, QUEUE_KEY));
        };
    }

    private static Step rtrToRts(ServiceType service) {
        Set<Attribute> required = service == ServiceType.RELIABLE_CONNECTION
                ? EnumSet.of(TIMEOUT, RETRY_COUNT, RNR_RETRY, SEND_PSN, MAX_READ_ATOMIC)
                : EnumSet.of(SEND_PSN);
        return new Step(required, runningToRts(service));
    }

    private static Set<Attribute> runningToRts(ServiceType service) {
        return switch (service) {
            case RELIABLE_CONNECTION -> EnumSet.of(CURRENT_STATE, ACCESS_FLAGS, MIN_RNR_TIMER);
            case UNRELIABLE_CONNECTION -> EnumSet.of(CURRENT_STATE, ACCESS_FLAGS);
            case UNRELIABLE_DATAGRAM -> EnumSet.of(CURRENT_STATE, QUEUE_KEY);
        };
    }

    private static Set<Attribute> drained(ServiceType service) {
        return switch (service) {
            case RELIABLE_CONNECTION -> EnumSet.of(
                    PORT, ADDRESS_VECTOR, TIMEOUT, RETRY_COUNT, RNR_RETRY, MAX_READ_ATOMIC, MAX_DESTINATION_READ_ATOMIC,
                    ACCESS_FLAGS, PARTITION_KEY_INDEX, MIN_RNR_TIMER);
            case UNRELIABLE_CONNECTION -> EnumSet.of(ADDRESS_VECTOR, ACCESS_FLAGS, PARTITION_KEY_INDEX);
            case UNRELIABLE_DATAGRAM -> EnumSet.of(PARTITION_KEY_INDEX, QUEUE_KEY);
        };
    }

    private static Step errorToRts(ServiceType service) {
        return switch (service) {
            case RELIABLE_CONNECTION -> null; // never there
            case UNRELIABLE_CONNECTION -> new Step(Set.of(), EnumSet.of(CURRENT_STATE, ACCESS_FLAGS));
            case UNRELIABLE_DATAGRAM -> new Step(Set.of(), EnumSet.of(CURRENT_STATE, QUEUE_KEY));
        };
    }

    /**
     * What a queue pair has after {@code change}.
     *
     * @param now all it has been given, its state the present one
     * @throws VerbsException {@code EINVAL} when there is no such step, or it names too little, or too much
     */
    public static QueuePairAttributes apply(ServiceType service, QueuePairAttributes now, QueuePairAttributes change) {
        Step step = step(service, now.state(), change.state()).orElseThrow(() -> VerbsException.invalid(
                "a queue pair of " + service.abbreviation() + " cannot go from " + now.state() + " to "
                        + change.state()));
        Set<Attribute> missing = EnumSet.noneOf(Attribute.class);
        missing.addAll(step.required());
        missing.removeAll(change.named());
        Set<Attribute> unknown = EnumSet.noneOf(Attribute.class);
        unknown.addAll(change.named());
        unknown.removeAll(step.required());
        unknown.removeAll(step.optional());
        if (!missing.isEmpty() || !unknown.isEmpty()) {
            throw VerbsException.invalid("from " + now.state() + " to " + change.state() + " a queue pair of "
                    + service.abbreviation() + (missing.isEmpty() ? "" : " needs " + missing)
                    + (unknown.isEmpty() ? "" : " does not take " + unknown));
        }
        if (change.named().contains(CURRENT_STATE) && change.currentState() != now.state()) {
            throw VerbsException.invalid("the queue pair is in " + now.state() + ", not " + change.currentState());
        }
        return change.state() == QueuePairState.RESET ? change : now.with(change);
    }
}
