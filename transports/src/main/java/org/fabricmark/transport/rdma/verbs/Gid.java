package org.fabricmark.transport.rdma.verbs;

/**
 * Global identifier of a port: 16 bytes, an address of IP version 6.
 *
 * @param high the first 8 bytes, as a big-endian number
 * @param low the last 8 bytes
 */
public record Gid(long high, long low) {
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int shift = 48; shift >= 0; shift -= 16) {
            text.append("%04x:".formatted(high >>> shift & 0xffff));
        }
        for (int shift = 48; shift >= 0; shift -= 16) {
            text.append("%04x".formatted(low >>> shift & 0xffff)).append(shift == 0 ? "" : ":");
        }
        return text.toString();
    }
}
