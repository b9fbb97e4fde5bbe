package dev.nextstep;

import java.util.List;

/**
 * Which random numbers a picture is drawn from.
 *
 * @param seed of the first token
 * @param index of the picture in its request
 * @param rerolls seeds and settings of later tokens, ascending
 */
record PictureKey(long seed, int index, List<Reroll> rerolls) {
    PictureKey {
        rerolls = List.copyOf(rerolls);
    }

    PictureKey(long seed, int index) {
        this(seed, index, List.of());
    }

    /** The seed of a token. */
    long seedOf(int token) {
        long found = seed;
        for (var reroll : rerolls) {
            if (reroll.token() <= token) {
                found = reroll.seed();
            }
        }
        return found;
    }

    /**
     * The settings of a token.
     *
     * @param first those of the first token
     */
    DrawingSettings settingsOf(int token, DrawingSettings first) {
        var found = first;
        for (var reroll : rerolls) {
            if (reroll.token() <= token) {
                found = reroll.settings().orElse(found);
            }
        }
        return found;
    }
}
