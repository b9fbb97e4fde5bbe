package dev.nextstep.train.tokenizer;

import dev.nextstep.data.DataException;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first picture of each sample of data sets, split by a field into those to learn from and those held out. Pictures are
 * decoded when they are asked for; a damaged one is replaced by the next that can be read, and said once.
 */
public final class DataSetPictures implements PictureSource {
    private static final Logger LOG = LoggerFactory.getLogger(DataSetPictures.class);

    private record Place(DataSet data, long index, String name) {}

    private final List<Place> places;

    private DataSetPictures(List<Place> places) {
        this.places = List.copyOf(places);
    }

    /**
     * The pictures of these data sets.
     *
     * @param sets must stay open
     * @throws DataException if there is none
     */
    public static DataSetPictures of(List<DataSet> sets) {
        var places = new ArrayList<Place>();
        for (var set : sets) {
            for (long i = 0; i < set.size(); i++) {
                places.add(new Place(set, i, set.name() + ", sample " + i));
            }
        }
        if (places.isEmpty()) {
            throw new DataException("the data sets hold no sample");
        }
        return new DataSetPictures(places);
    }

    /** No pictures. */
    public static PictureSource none() {
        return new DataSetPictures(List.of());
    }

    @Override
    public int size() {
        return places.size();
    }

    @Override
    public String name(int i) {
        return places.get(i).name();
    }

    @Override
    public Pixels get(int i) {
        var failures = new ArrayList<String>();
        for (int k = 0; k < places.size(); k++) {
            var place = places.get((i + k) % places.size());
            var picture = place.data().read(place.index()).flatMap(DataSetPictures::first);
            if (picture.isEmpty()) {
                failures.add(place.name() + ": damaged or without picture");
                continue;
            }
            try {
                var pixels = new PictureReader().read(picture.get().bytes(), place.name());
                failures.forEach(f -> LOG.warn("{}; taking the next instead", f));
                return pixels;
            } catch (PictureException e) {
                failures.add(e.getMessage());
            }
        }
        throw new DataException(
                "none of %d pictures can be read; the first: %s".formatted(places.size(), failures.getFirst()));
    }

    private static Optional<EncodedPicture> first(Sample sample) {
        return sample.pictures().stream().findFirst();
    }
}
