package dev.nextstep.data.filter;

import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.sheet.Thumbnail;
import java.util.ArrayList;
import java.util.List;

/** A random choice of at most 48 of the samples that come, each equally likely, as small pictures. */
final class Gallery {
    private static final int MOST = 48;

    private final KeyedRandom random;
    private final List<Thumbnail> pictures = new ArrayList<>();
    private long count;

    Gallery(long seed) {
        random = new KeyedRandom(seed);
    }

    void add(Candidate candidate) {
        if (candidate.pictures().isEmpty()) {
            return;
        }
        count++;
        long at = count <= MOST ? count - 1 : random.nextLong(count);
        if (at < MOST) {
            var thumbnail = Thumbnail.of(
                    candidate.sample().key(),
                    candidate.sample().caption(),
                    candidate.pictures().getLast());
            if (at < pictures.size()) {
                pictures.set((int) at, thumbnail);
            } else {
                pictures.add(thumbnail);
            }
        }
    }

    List<Thumbnail> pictures() {
        return List.copyOf(pictures);
    }
}
