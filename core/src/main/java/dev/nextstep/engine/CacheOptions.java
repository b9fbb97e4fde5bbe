package dev.nextstep.engine;

import dev.nextstep.transformer.KvType;

/**
 * How keys and values are kept between passes.
 *
 * @param type how a number is stored; other types than {@link KvType#FP32} change pictures a little
 * @param limitBytes most memory of all sequences together, at least 1 byte. Pictures wait for it; what can never fit is
 *     refused
 */
public record CacheOptions(KvType type, long limitBytes) {
    /** fp32, and half of the heap. */
    public static final CacheOptions DEFAULT =
            new CacheOptions(KvType.FP32, Runtime.getRuntime().maxMemory() / 2);

    public CacheOptions {
        if (limitBytes < 1) {
            throw new IllegalArgumentException(
                    "the limit of keys and values must be at least 1 byte, not " + limitBytes);
        }
    }

    /** The same limit with another type. */
    public CacheOptions withType(KvType value) {
        return new CacheOptions(value, limitBytes);
    }
}
