package dev.nextstep.fuzz;

import dev.nextstep.image.GenerationParameters;
import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureTexts;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.WriteOptions;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The texts of a picture and the settings in them. */
final class PictureTextsFuzz implements FuzzTarget {
    private final PictureFormat format;

    PictureTextsFuzz(PictureFormat format) {
        this.format = format;
    }

    @Override
    public List<byte[]> seeds() throws IOException {
        List<byte[]> out = new ArrayList<>();
        for (String text : List.of("a fox\nNegative prompt: x\nSteps: 1, Seed: 2, Size: 3x4", "ж\0<&>")) {
            var options = WriteOptions.DEFAULT.withTexts(Map.of("parameters", text, "Comment", "{\"steps\": 3}"));
            out.add(PictureWriter.encode(PictureFuzz.pixels(), format, options));
        }
        if (format == PictureFormat.PNG) {
            out.addAll(Seeds.golden("image/png-meta", ".png"));
        }
        return out;
    }

    @Override
    public void read(byte[] input) {
        GenerationParameters.find(PictureTexts.read(input));
    }

    /** A text of eight megabytes may come out of a few kilobytes, and is then looked at by several readers. */
    @Override
    public long allocationLimit(int inputBytes) {
        return (512L << 20) + 256L * inputBytes;
    }

    @Override
    public Class<PictureException> refusal() {
        return PictureException.class;
    }
}
