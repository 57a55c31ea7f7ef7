package org.machineregistry.credential;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

import jakarta.inject.Singleton;

import com.aventrix.jnanoid.jnanoid.NanoIdUtils;

/** Makes machine ids and secrets that nobody can guess. */
@Singleton
public class SecretGenerator {
    private static final char[] BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz".toCharArray();
    private static final String SECRET_PREFIX = "mrs_";
    private static final int SECRET_LENGTH = 32;
    private static final int CHECKSUM_LENGTH = 6;

    private final SecureRandom random = new SecureRandom();

    public String machineId() {
        return NanoIdUtils.randomNanoId(random, NanoIdUtils.DEFAULT_ALPHABET, NanoIdUtils.DEFAULT_SIZE);
    }

    /** {@code mrs_}, 32 random characters and a checksum, so that secret scanners recognise one that leaked. */
    public Secret secret() {
        String text = SECRET_PREFIX + NanoIdUtils.randomNanoId(random, BASE62, SECRET_LENGTH);
        return new Secret(text + checksum(text));
    }

    static String checksum(String text) {
        CRC32 crc = new CRC32();
        crc.update(text.getBytes(StandardCharsets.US_ASCII));
        char[] digits = new char[CHECKSUM_LENGTH];
        long rest = crc.getValue();
        for (int i = CHECKSUM_LENGTH - 1; i >= 0; i--) {
            digits[i] = BASE62[(int) (rest % BASE62.length)];
            rest /= BASE62.length;
        }
        return new String(digits);
    }
}
