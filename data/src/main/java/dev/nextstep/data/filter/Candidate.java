package dev.nextstep.data.filter;

import dev.nextstep.data.Sample;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sample that is being judged. Its pictures are decoded once, and only if a step looks at them. Not thread-safe. */
public final class Candidate {
    private final Sample sample;
    private final PictureReader reader;
    private @Nullable List<Pixels> pictures;

    /** A sample whose pictures this reader decodes. */
    public Candidate(Sample sample, PictureReader reader) {
        this.sample = sample;
        this.reader = reader;
    }

    /** The sample. */
    public Sample sample() {
        return sample;
    }

    /**
     * Its pictures.
     *
     * @throws dev.nextstep.image.PictureException if one cannot be decoded
     */
    public List<Pixels> pictures() {
        var decoded = pictures;
        if (decoded == null) {
            decoded = new ArrayList<>();
            for (int i = 0; i < sample.pictures().size(); i++) {
                decoded.add(reader.read(sample.pictures().get(i).bytes(), sample.key() + ", picture " + i));
            }
            pictures = decoded;
        }
        return List.copyOf(decoded);
    }
}
