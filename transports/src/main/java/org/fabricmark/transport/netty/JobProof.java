package org.fabricmark.transport.netty;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Proves that both ends of a connection know the job's secret, without sending it: each signs, by HMAC-SHA256, what both have
 * said so far, which contains a fresh random number of the other. A proof of one side is no proof of the other.
 *
 * <p>Thread rule: the rank's thread.
 */
final class JobProof {
    /** Which end of the connection. */
    enum Side {
        /** Who called. */
        CONNECTOR,
        /** Who was called. */
        ACCEPTOR
    }

    static final int SECRET_BYTES = 32;

    private static final String MAC = "HmacSHA256";
    private static final String DIGEST = "SHA-256";

    private final SecureRandom random = new SecureRandom();
    private final Mac mac;
    private final byte[] digest;

    /**
     * @param secret known to the ranks of the job only
     * @param job the job's name
     */
    JobProof(byte[] secret, String job) {
        try {
            mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(secret, MAC));
            digest = MessageDigest.getInstance(DIGEST).digest(job.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + MAC + " and " + DIGEST, e);
        }
    }

    static byte[] newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(secret);
        return secret;
    }

    /** Fresh random bytes. */
    byte[] nonce() {
        byte[] nonce = new byte[NettyLayout.NONCE_BYTES];
        random.nextBytes(nonce);
        return nonce;
    }

    /** Stands for the job's name. */
    byte[] digest() {
        return digest.clone();
    }

    /**
     * The proof of {@code side}.
     *
     * @param hello all of HELLO
     * @param challenge CHALLENGE up to the acceptor's proof
     */
    byte[] prove(Side side, byte[] hello, byte[] challenge) {
        mac.update(side.name().getBytes(StandardCharsets.US_ASCII));
        mac.update(hello);
        mac.update(challenge);
        return mac.doFinal();
    }

    /** Whether {@code proof} is right; takes the same time wherever it differs. */
    boolean accepts(byte[] proof, Side side, byte[] hello, byte[] challenge) {
        return MessageDigest.isEqual(proof, prove(side, hello, challenge));
    }
}
