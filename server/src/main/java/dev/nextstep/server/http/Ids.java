package dev.nextstep.server.http;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names that nobody can guess. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** A name such as {@code job_0123…}: 128 random bits behind a prefix. */
    public static String random(String prefix) {
        var bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return prefix + "_" + HexFormat.of().formatHex(bytes);
    }
}
