package dev.nextstep.data.sequence;

import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.ResampleFilter;
import dev.nextstep.image.Resampler;
import dev.nextstep.image.SourceFit;
import java.util.ArrayList;
import java.util.List;

/**
 * Decodes a sample's pictures and brings them to sizes that the image tokenizer takes (spec §8.5, §8.7).
 *
 * @param reader decodes, within its limits
 * @param fit brings a picture to its size, such as {@link SourceFit.AspectCrop}
 */
public record PictureLoader(PictureReader reader, SourceFit fit) {
    /** Largest difference of height / width for which the pictures of an edit are brought to one size. */
    private static final double NEARLY = 0.1;

    /**
     * The pictures in the order of their numbers. Those of an edit that nearly have the shape of the smallest width and the
     * smallest height among them are first brought to that size, so that source and target stay aligned.
     *
     * @throws dev.nextstep.image.PictureException if one cannot be decoded
     */
    public List<Pixels> load(Sample sample) {
        var pictures = new ArrayList<Pixels>();
        for (int i = 0; i < sample.pictures().size(); i++) {
            pictures.add(reader.read(sample.pictures().get(i).bytes(), sample.key() + ", picture " + i));
        }
        if (sample.kind() == SampleKind.EDIT) {
            pictures.replaceAll(new Common(pictures)::align);
        }
        pictures.replaceAll(fit::apply);
        return pictures;
    }

    private record Common(int width, int height) {
        Common(List<Pixels> pictures) {
            this(
                    pictures.stream().mapToInt(Pixels::width).min().orElse(1),
                    pictures.stream().mapToInt(Pixels::height).min().orElse(1));
        }

        Pixels align(Pixels picture) {
            double difference = Math.abs((double) picture.height() / picture.width() - (double) height / width);
            return difference > 0 && difference < NEARLY
                    ? Resampler.resize(picture, width, height, ResampleFilter.BICUBIC)
                    : picture;
        }
    }
}
