package dev.nextstep.data.tool;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataFiles;
import dev.nextstep.data.KeyedRandom;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.shard.DataSet;
import dev.nextstep.data.sheet.HtmlPage;
import dev.nextstep.data.sheet.Thumbnail;
import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A page with pictures and captions of a data folder, in one file that needs nothing else. */
public final class DataPage {
    private static final int MOST = 2000;

    private DataPage() {}

    /**
     * What to show.
     *
     * @param samples of each data set at most, 1 to 2000
     * @param seed which ones; empty for the first ones
     * @param kind only samples of this kind
     */
    public record Choice(int samples, Optional<Long> seed, Optional<SampleKind> kind) {
        /** Checks the range. */
        public Choice {
            if (samples < 1 || samples > MOST) {
                throw new IllegalArgumentException(
                        "samples on a page must be in 1..%d, got %d".formatted(MOST, samples));
            }
        }
    }

    /**
     * Writes the page.
     *
     * @param page the HTML file; replaced if it exists
     * @return number of samples shown
     * @throws DataException if there is nothing of this kind
     */
    public static int write(Path folder, Choice choice, Path page, PictureReader reader, Work work) throws IOException {
        var html =
                new HtmlPage(String.valueOf(folder.toAbsolutePath().normalize().getFileName()));
        int shown = 0;
        for (var data : DataSet.openAll(folder)) {
            try (data) {
                if (choice.kind().isEmpty() || choice.kind().get() == data.kind()) {
                    shown += add(html, data, choice, reader, work);
                }
            }
        }
        if (shown == 0) {
            throw DataException.of(folder, "has nothing to show");
        }
        DataFiles.write(page, html.toString());
        return shown;
    }

    private static int add(HtmlPage html, DataSet data, Choice choice, PictureReader reader, Work work) {
        long[] chosen = chosen(data.size(), choice);
        html.element("h2", data.name());
        html.element(
                "p",
                "%d samples in %d shards, kind %s; %d of them here."
                        .formatted(
                                data.size(), data.shards().size(), data.kind().id(), chosen.length));
        int shown = 0;
        for (long index : chosen) {
            work.step("samples of " + data.name(), shown, chosen.length);
            var sample = data.read(index);
            if (sample.isPresent()) {
                html.figure(
                        pictures(sample.get(), reader),
                        sample.get().key(),
                        sample.get().caption());
                shown++;
            }
        }
        if (data.damage().total() > 0) {
            html.element("p", "Damaged and left out: " + data.damage() + ".");
        }
        return shown;
    }

    private static long[] chosen(long size, Choice choice) {
        int n = (int) Math.min(size, choice.samples());
        var chosen = new long[n];
        if (choice.seed().isEmpty()) {
            Arrays.setAll(chosen, i -> i);
            return chosen;
        }
        // One of each equal stretch of the data: spread over everything, and never one twice.
        var random = new KeyedRandom(choice.seed().get());
        for (int i = 0; i < n; i++) {
            long from = size * i / n;
            long to = size * (i + 1) / n;
            chosen[i] = from + random.nextLong(Math.max(1, to - from));
        }
        return chosen;
    }

    private static List<Pixels> pictures(Sample sample, PictureReader reader) {
        var pictures = new ArrayList<Pixels>();
        for (var picture : sample.pictures()) {
            try {
                pictures.add(Thumbnail.of("", "", reader.read(picture.bytes(), sample.key()))
                        .picture());
            } catch (PictureException e) {
                pictures.add(Pixels.of(1, 1, new byte[3])); // a black dot where a picture cannot be read
            }
        }
        return pictures;
    }
}
