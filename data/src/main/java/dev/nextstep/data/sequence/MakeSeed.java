package dev.nextstep.data.sequence;

import java.util.List;

/**
 * The official code's seed of several values (spec §8.8, §15 item 23): s = (31·s + value) mod 2³¹ over numbers, texts
 * folded in the same way, and lists flattened. Different values give equal seeds more often than chance would: for parity
 * only, {@link dev.nextstep.data.KeyedRandom} is better.
 */
public final class MakeSeed {
    private static final long MASK = 0x7fffffff;
    /** Python's hash of an integer is the integer modulo this prime. */
    private static final long PYTHON_MODULUS = (1L << 61) - 1;

    private MakeSeed() {}

    /**
     * The seed.
     *
     * @param values Long, Integer, String, or List of such
     * @return 0 to 2³¹ − 1
     * @throws IllegalArgumentException for a value of another type
     */
    public static int of(Object... values) {
        return (int) fold(0, List.of(values));
    }

    private static long fold(long seed, List<?> values) {
        long s = seed;
        for (var value : values) {
            s = switch (value) {
                case Integer n -> (31 * s + hash(n)) & MASK;
                case Long n -> (31 * s + hash(n)) & MASK;
                case String text -> (31 * s + fold(text)) & MASK;
                case List<?> list -> fold(s, list);
                default ->
                    throw new IllegalArgumentException(
                            "a seed is made of whole numbers, texts and lists, not of " + value.getClass());
            };
        }
        return s;
    }

    private static long hash(long n) {
        long hash = n % PYTHON_MODULUS;
        return hash == -1 ? -2 : hash;
    }

    private static long fold(String text) {
        long h = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            h = (31 * h + c) & MASK;
            i += Character.charCount(c);
        }
        return h;
    }
}
