package org.fabricmark.transport.rdma.verbs;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What {@link QueuePair#modify} is to change: the next state, and those attributes that are named; which ones each transition needs
 * and allows is in {@link QueuePairTransitions}. {@link QueuePair#query} answers with one in which all are named.
 *
 * <pre>{@code
 * pair.modify(QueuePairAttributes.to(RTS)
 *         .timeout(new AckTimeout(14)).retryCount(7).rnrRetry(7)
 *         .sendPsn(psn).maxReadAtomic(16));
 * }</pre>
 *
 * <p>Thread rule: one thread. The methods that name an attribute change this object and return it.
 */
public final class QueuePairAttributes {
    /** The attributes by name. */
    public enum Attribute {
        /** {@link #currentState}. */
        CURRENT_STATE,
        /** {@link #drainNotification}. */
        DRAIN_NOTIFICATION,
        /** {@link #access}. */
        ACCESS_FLAGS,
        /** {@link #partitionKeyIndex}. */
        PARTITION_KEY_INDEX,
        /** {@link #port}. */
        PORT,
        /** {@link #queueKey}. */
        QUEUE_KEY,
        /** {@link #addressVector}. */
        ADDRESS_VECTOR,
        /** {@link #pathMtu}. */
        PATH_MTU,
        /** {@link #timeout}. */
        TIMEOUT,
        /** {@link #retryCount}. */
        RETRY_COUNT,
        /** {@link #rnrRetry}. */
        RNR_RETRY,
        /** {@link #receivePsn}. */
        RECEIVE_PSN,
        /** {@link #maxReadAtomic}. */
        MAX_READ_ATOMIC,
        /** {@link #minRnrTimer}. */
        MIN_RNR_TIMER,
        /** {@link #sendPsn}. */
        SEND_PSN,
        /** {@link #maxDestinationReadAtomic}. */
        MAX_DESTINATION_READ_ATOMIC,
        /** {@link #destination}. */
        DESTINATION
    }

    /** For {@link #rnrRetry}: try again for ever. */
    public static final int RNR_RETRY_FOR_EVER = 7;

    private static final int LARGEST_COUNT = 7;

    private final QueuePairState state;
    private final EnumSet<Attribute> named = EnumSet.noneOf(Attribute.class);
    private QueuePairState currentState;
    private boolean drainNotification;
    private Set<AccessFlag> access = Set.of();
    private int partitionKeyIndex;
    private int port;
    private QueueKey queueKey;
    private AddressVector addressVector;
    private PathMtu pathMtu;
    private AckTimeout timeout;
    private int retryCount;
    private int rnrRetry;
    private PacketSequenceNumber receivePsn;
    private PacketSequenceNumber sendPsn;
    private int maxReadAtomic;
    private int maxDestinationReadAtomic;
    private RnrTimer minRnrTimer;
    private QueuePairNumber destination;

    private QueuePairAttributes(QueuePairState state) {
        this.state = Objects.requireNonNull(state, "state");
    }

    /** Nothing but the next state yet. */
    public static QueuePairAttributes to(QueuePairState state) {
        return new QueuePairAttributes(state);
    }

    /** All that {@code other} names, on the way to {@code state}: what is not named keeps its value here. */
    QueuePairAttributes with(QueuePairAttributes other) {
        QueuePairAttributes merged = new QueuePairAttributes(other.state);
        for (QueuePairAttributes source : new QueuePairAttributes[] {this, other}) {
            source.named.forEach(attribute -> merged.take(attribute, source));
        }
        return merged;
    }

    /** The same attributes in another state: for providers, whose states change without them. */
    public QueuePairAttributes in(QueuePairState other) {
        return with(new QueuePairAttributes(other));
    }

    /** These without {@code attribute}: for tests of what is required. */
    public QueuePairAttributes without(Attribute attribute) {
        QueuePairAttributes rest = new QueuePairAttributes(state);
        named.stream().filter(each -> each != attribute).forEach(each -> rest.take(each, this));
        return rest;
    }

    private void take(Attribute attribute, QueuePairAttributes from) {
        switch (attribute) {
            case CURRENT_STATE -> currentState(from.currentState);
            case DRAIN_NOTIFICATION -> drainNotification(from.drainNotification);
            case ACCESS_FLAGS -> access(from.access);
            case PARTITION_KEY_INDEX -> partitionKeyIndex(from.partitionKeyIndex);
            case PORT -> port(from.port);
            case QUEUE_KEY -> queueKey(from.queueKey);
            case ADDRESS_VECTOR -> addressVector(from.addressVector);
            case PATH_MTU -> pathMtu(from.pathMtu);
            case TIMEOUT -> timeout(from.timeout);
            case RETRY_COUNT -> retryCount(from.retryCount);
            case RNR_RETRY -> rnrRetry(from.rnrRetry);
            case RECEIVE_PSN -> receivePsn(from.receivePsn);
            case MAX_READ_ATOMIC -> maxReadAtomic(from.maxReadAtomic);
            case MIN_RNR_TIMER -> minRnrTimer(from.minRnrTimer);
            case SEND_PSN -> sendPsn(from.sendPsn);
            case MAX_DESTINATION_READ_ATOMIC -> maxDestinationReadAtomic(from.maxDestinationReadAtomic);
            case DESTINATION -> destination(from.destination);
        }
    }

    /** The state that the program believes it is in; refused if it is wrong. */
    public QueuePairAttributes currentState(QueuePairState value) {
        named.add(Attribute.CURRENT_STATE);
        currentState = Objects.requireNonNull(value, "current state");
        return this;
    }

    /** Whether {@link AsyncEvent.Type#SQ_DRAINED} is wanted. */
    public QueuePairAttributes drainNotification(boolean value) {
        named.add(Attribute.DRAIN_NOTIFICATION);
        drainNotification = value;
        return this;
    }

    /** Which remote accesses it takes. */
    public QueuePairAttributes access(Set<AccessFlag> value) {
        named.add(Attribute.ACCESS_FLAGS);
        access = Collections.unmodifiableSet(value.isEmpty() ? Set.of() : EnumSet.copyOf(value));
        return this;
    }

    /** Which of the port's partitions. */
    public QueuePairAttributes partitionKeyIndex(int value) {
        named.add(Attribute.PARTITION_KEY_INDEX);
        partitionKeyIndex = value;
        return this;
    }

    /** Which port, from 1. */
    public QueuePairAttributes port(int value) {
        named.add(Attribute.PORT);
        port = value;
        return this;
    }

    /** What datagrams must know. */
    public QueuePairAttributes queueKey(QueueKey value) {
        named.add(Attribute.QUEUE_KEY);
        queueKey = Objects.requireNonNull(value, "queue key");
        return this;
    }

    /** The way to the peer. */
    public QueuePairAttributes addressVector(AddressVector value) {
        named.add(Attribute.ADDRESS_VECTOR);
        addressVector = Objects.requireNonNull(value, "address vector");
        return this;
    }

    /** Bytes of a packet. */
    public QueuePairAttributes pathMtu(PathMtu value) {
        named.add(Attribute.PATH_MTU);
        pathMtu = Objects.requireNonNull(value, "path MTU");
        return this;
    }

    /** How long to wait for an acknowledgement. */
    public QueuePairAttributes timeout(AckTimeout value) {
        named.add(Attribute.TIMEOUT);
        timeout = Objects.requireNonNull(value, "timeout");
        return this;
    }

    /** How often to send again without an answer: 0 to 7. */
    public QueuePairAttributes retryCount(int value) {
        named.add(Attribute.RETRY_COUNT);
        retryCount = count("retry count", value);
        return this;
    }

    /** How often to send again where no receive was ready: 0 to 6, or {@link #RNR_RETRY_FOR_EVER}. */
    public QueuePairAttributes rnrRetry(int value) {
        named.add(Attribute.RNR_RETRY);
        rnrRetry = count("RNR retry count", value);
        return this;
    }

    private static int count(String what, int value) {
        if (value < 0 || value > LARGEST_COUNT) {
            throw VerbsException.invalid(what + " " + value + ": 0 to " + LARGEST_COUNT);
        }
        return value;
    }

    /** The first packet that is expected: the peer's {@link #sendPsn}. */
    public QueuePairAttributes receivePsn(PacketSequenceNumber value) {
        named.add(Attribute.RECEIVE_PSN);
        receivePsn = Objects.requireNonNull(value, "receive PSN");
        return this;
    }

    /** The first packet that is sent. */
    public QueuePairAttributes sendPsn(PacketSequenceNumber value) {
        named.add(Attribute.SEND_PSN);
        sendPsn = Objects.requireNonNull(value, "send PSN");
        return this;
    }

    /** Reads and atomics that this side may have under way. */
    public QueuePairAttributes maxReadAtomic(int value) {
        named.add(Attribute.MAX_READ_ATOMIC);
        maxReadAtomic = value;
        return this;
    }

    /** Reads and atomics of the peer that this side answers at a time; 0: none. */
    public QueuePairAttributes maxDestinationReadAtomic(int value) {
        named.add(Attribute.MAX_DESTINATION_READ_ATOMIC);
        maxDestinationReadAtomic = value;
        return this;
    }

    /** What a peer is told to wait that meets no receive. */
    public QueuePairAttributes minRnrTimer(RnrTimer value) {
        named.add(Attribute.MIN_RNR_TIMER);
        minRnrTimer = Objects.requireNonNull(value, "RNR timer");
        return this;
    }

    /** The peer's queue pair. */
    public QueuePairAttributes destination(QueuePairNumber value) {
        named.add(Attribute.DESTINATION);
        destination = Objects.requireNonNull(value, "destination");
        return this;
    }

    /** The state to go to; in an answer, the state it is in. */
    public QueuePairState state() {
        return state;
    }

    /** Which attributes are named. */
    public Set<Attribute> named() {
        return Collections.unmodifiableSet(named);
    }

    /** As {@link #currentState(QueuePairState)}. */
    public QueuePairState currentState() {
        return currentState;
    }

    /** As {@link #drainNotification(boolean)}. */
    public boolean drainNotification() {
        return drainNotification;
    }

    /** As {@link #access(Set)}. */
    public Set<AccessFlag> access() {
        return access;
    }

    /** As {@link #partitionKeyIndex(int)}. */
    public int partitionKeyIndex() {
        return partitionKeyIndex;
    }

    /** As {@link #port(int)}. */
    public int port() {
        return port;
    }

    /** As {@link #queueKey(QueueKey)}. */
    public QueueKey queueKey() {
        return queueKey;
    }

    /** As {@link #addressVector(AddressVector)}. */
    public AddressVector addressVector() {
        return addressVector;
    }

    /** As {@link #pathMtu(PathMtu)}. */
    public PathMtu pathMtu() {
        return pathMtu;
    }

    /** As {@link #timeout(AckTimeout)}. */
    public AckTimeout timeout() {
        return timeout;
    }

    /** As {@link #retryCount(int)}. */
    public int retryCount() {
        return retryCount;
    }

    /** As {@link #rnrRetry(int)}. */
    public int rnrRetry() {
        return rnrRetry;
    }

    /** As {@link #receivePsn(PacketSequenceNumber)}. */
    public PacketSequenceNumber receivePsn() {
        return receivePsn;
    }

    /** As {@link #sendPsn(PacketSequenceNumber)}. */
    public PacketSequenceNumber sendPsn() {
        return sendPsn;
    }

    /** As {@link #maxReadAtomic(int)}. */
    public int maxReadAtomic() {
        return maxReadAtomic;
    }

    /** As {@link #maxDestinationReadAtomic(int)}. */
    public int maxDestinationReadAtomic() {
        return maxDestinationReadAtomic;
    }

    /** As {@link #minRnrTimer(RnrTimer)}. */
    public RnrTimer minRnrTimer() {
        return minRnrTimer;
    }

    /** As {@link #destination(QueuePairNumber)}. */
    public QueuePairNumber destination() {
        return destination;
    }
}
