package org.fabricmark.transport.netty;

import java.lang.foreign.ValueLayout;
import org.fabricmark.memory.AddressSpace;
import org.fabricmark.reduction.CopyKernel;
import org.fabricmark.reduction.Kernels;

/**
 * Cuts one peer's bytes into frames. A header is looked at when it is complete, and checked before anything is done with it;
 * data go to their place as they come, so that a long frame needs no room: {@link #rest} and {@link #target} say where the
 * next bytes may be read to directly.
 *
 * <p>After a {@link WireException} the stream has no meaning any more.
 *
 * <p>Thread rule: the rank's thread.
 */
final class FrameDecoder {
    private final FrameSink sink;
    private final CopyKernel copies = Kernels.copy();
    private int kind;
    private int length;
    private long target;
    private long rest;
    private long signal;
    private long total;

    FrameDecoder(FrameSink sink) {
        this.sink = sink;
    }

    /** How many bytes of the present frame's data have not come yet; 0 between frames. */
    long rest() {
        return rest;
    }

    /** How many bytes of data the present frame has, or between frames the last one had. */
    int length() {
        return length;
    }

    /** Where the next of the {@link #rest} bytes belongs. */
    long target() {
        return target;
    }

    /** {@code bytes} of the {@link #rest} bytes have been read to where they belong. */
    void landed(long bytes) {
        target += bytes;
        rest -= bytes;
        if (rest == 0) {
            complete();
        }
    }

    /**
     * Takes bytes from {@code start} to {@code end}, which follow all taken so far.
     *
     * @return the address of the first byte that was not taken, because the header it belongs to is not complete
     */
    long decode(long start, long end) throws WireException {
        long at = start;
        while (true) {
            if (rest > 0 && at < end) {
                long bytes = Math.min(rest, end - at);
                copies.copy(at, target, bytes);
                at += bytes;
                landed(bytes);
            }
            if (rest > 0 || end - at < NettyLayout.HEADER_BYTES) {
                return at;
            }
            long next = begin(at, end);
            if (next == at) {
                return at;
            }
            at = next;
        }
    }

    /** @return where the header's data begin; {@code at} when the frame has to be looked at as a whole and is not there yet */
    private long begin(long at, long end) throws WireException {
        kind = NettyLayout.kind(at);
        length = NettyLayout.length(at);
        long place = NettyLayout.place(at);
        signal = NettyLayout.signal(at);
        total = NettyLayout.total(at);
        if (length < 0 || length > NettyLayout.MOST_DATA) {
            throw new WireException("a frame of " + (length & 0xffffffffL) + " bytes");
        }
        sink.wire(NettyLayout.channel(at));
        expect(
                signal == NettyLayout.NO_SIGNAL || kind <= NettyLayout.REQUEST,
                "a frame of kind %d with a signal",
                kind);
        switch (kind) {
            case NettyLayout.PUT -> {
                expect(length > 0, "a put of nothing", length);
                if (signal == NettyLayout.NO_SIGNAL) {
                    expect(total == 0, "a total of %d without a signal", total);
                } else {
                    sink.check(signal, total);
                }
                target = sink.landing(place, length);
                rest = length;
            }
            case NettyLayout.BUMP -> {
                expect(length == 0, "a signal with data", length);
                expect(place == 0, "a signal with a place", length);
                sink.check(signal, total);
                sink.raise(signal, total);
            }
            case NettyLayout.REQUEST -> {
                expect(length == 0, "a request with data", length);
                sink.request(NettyLayout.channel(at), place, signal, total);
            }
            case NettyLayout.REPLY -> {
                expect(length > 0, "an empty reply", length);
                target = sink.reply(NettyLayout.channel(at), place, length, total);
                rest = length;
            }
            case NettyLayout.STAGE -> {
                expect(length == 0, "a stage with data", length);
                expect(place == 0 || place == 1, "a stage of kind %d", place);
                sink.stage(total, place == 1);
            }
            case NettyLayout.SIGN -> {
                expect(length == 0, "a sign of life with data", length);
                expect(place == 0 || place == 1, "a sign of life of kind %d", place);
                sink.sign(total, place == 1);
            }
            case NettyLayout.ABORT -> {
                expect(
                        place == NettyLayout.DECIDED || place == NettyLayout.PROPOSED, "an abort of kind %d", place);
                expect(total == 0, "an abort with a total of %d", total);
                return abort(at, end, length);
            }
            default -> throw new WireException("a frame of unknown kind " + kind);
        }
        return at + NettyLayout.HEADER_BYTES;
    }

    private long abort(long at, long end, int length) throws WireException {
        expect(length <= FailureRecord.MOST_BYTES, "a failure of %d bytes", length);
        long data = at + NettyLayout.HEADER_BYTES;
        if (end - data < length) {
            return at;
        }
        sink.abort(
                AddressSpace.segment(data, length).toArray(ValueLayout.JAVA_BYTE),
                NettyLayout.place(at) == NettyLayout.DECIDED);
        return data + length;
    }

    /** @param otherwise becomes a text with {@code number} only when it is needed: this runs for each frame */
    private static void expect(boolean right, String otherwise, long number) throws WireException {
        if (!right) {
            throw new WireException(otherwise.formatted(number));
        }
    }

    private void complete() {
        if (kind == NettyLayout.REPLY) {
            if (total == 0) {
                sink.replied();
            }
        } else if (signal != NettyLayout.NO_SIGNAL) {
            sink.raise(signal, total);
        }
    }
}
