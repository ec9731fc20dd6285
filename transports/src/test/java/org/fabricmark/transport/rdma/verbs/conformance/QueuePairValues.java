package org.fabricmark.transport.rdma.verbs.conformance;

import java.util.EnumMap;
import java.util.Map;
import org.fabricmark.transport.rdma.verbs.QueuePair;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes.Attribute;
import org.fabricmark.transport.rdma.verbs.QueuePairAttributes;
import org.fabricmark.transport.rdma.verbs.QueuePairState;

/**
 * All that a queue pair has been given, for comparisons.
 *
 * @param state its state
 * @param values by attribute
 */
record QueuePairValues(QueuePairState state, Map<Attribute, Object> values) {
    static QueuePairValues of(QueuePair pair) {
        return of(pair.query());
    }

    static QueuePairValues of(QueuePairAttributes attributes) {
        Map<Attribute, Object> values = new EnumMap<>(Attribute.class);
        for (Attribute each : attributes.named()) {
            if (each != Attribute.CURRENT_STATE) { // a belief about a moment, no property
                values.put(each, value(attributes, each));
            }
        }
        return new QueuePairValues(attributes.state(), values);
    }

    private static Object value(QueuePairAttributes from, Attribute attribute) {
        return switch (attribute) {
            case CURRENT_STATE -> from.currentState();
            case DRAIN_NOTIFICATION -> from.drainNotification();
            case ACCESS_FLAGS -> from.access();
            case PARTITION_KEY_INDEX -> from.partitionKeyIndex();
            case PORT -> from.port();
            case QUEUE_KEY -> from.queueKey();
            case ADDRESS_VECTOR -> from.addressVector();
            case PATH_MTU -> from.pathMtu();
            case TIMEOUT -> from.timeout();
            case RETRY_COUNT -> from.retryCount();
            case RNR_RETRY -> from.rnrRetry();
            case RECEIVE_PSN -> from.receivePsn();
            case MAX_READ_ATOMIC -> from.maxReadAtomic();
            case MIN_RNR_TIMER -> from.minRnrTimer();
            case SEND_PSN -> from.sendPsn();
            case MAX_DESTINATION_READ_ATOMIC -> from.maxDestinationReadAtomic();
            case DESTINATION -> from.destination();
        };
    }
}
