package org.fabricmark.transport;

/**
 * How well a rank's registrations of private memory were used again.
 *
 * @param lookups how often memory was placed that can be registered
 * @param hits how many of these found it registered
 * @param registrations how many ranges were registered
 * @param evictions how many were deregistered to make room for others
 * @param invalidations how many were deregistered because their memory was given back, or transfers failed
 * @param refusals how often memory could not be registered, so that it was copied
 * @param bytes how much is registered now
 */
public record RegistrationCounters(
        long lookups, long hits, long registrations, long evictions, long invalidations, long refusals, long bytes) {
    /** Nothing was registered. */
    public static final RegistrationCounters NONE = new RegistrationCounters(0, 0, 0, 0, 0, 0, 0);

    /** What has happened since {@code before}; bytes are those of now. */
    public RegistrationCounters since(RegistrationCounters before) {
        return new RegistrationCounters(
                lookups - before.lookups, hits - before.hits, registrations - before.registrations,
                evictions - before.evictions, invalidations - before.invalidations, refusals - before.refusals, bytes);
    }

    /** Of two ranks, or of two stretches of calls. */
    public RegistrationCounters plus(RegistrationCounters other) {
        return new RegistrationCounters(
                lookups + other.lookups, hits + other.hits, registrations + other.registrations,
                evictions + other.evictions, invalidations + other.invalidations, refusals + other.refusals,
                bytes + other.bytes);
    }

    /** Share of lookups that were hits, from 0 to 1; 0 when there were none. */
    public double hitRate() {
        return lookups == 0 ? 0 : (double) hits / lookups;
    }
}
