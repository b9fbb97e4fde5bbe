package dev.nextstep.data.emoji;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The emoji set as a folder of pictures: {@code pictures/STYLE/HEXCODE.png} and {@code catalog.json}, which says of each
 * picture what it shows.
 */
public final class EmojiSet {
    private final List<RenderedEmoji> pictures;

    private final int size;

    private EmojiSet(CatalogFile.Contents contents) {
        this.pictures = List.copyOf(contents.pictures());
        this.size = contents.size();
    }

    /**
     * Renders a catalogue into a folder. Pictures that are there already stay, so that an interrupted run goes on where it
     * was; a drawing that cannot be rendered is left out and reported.
     *
     * @param folder made when needed
     * @throws EmojiSetException if the folder cannot be written or holds pictures made otherwise
     * @throws java.util.concurrent.CancellationException if the thread is interrupted; what is done stays
     */
    public static RenderReport render(
            Path folder, EmojiCatalog catalog, RenderOptions options, RenderListener listener) {
        var place = new EmojiFolder(folder);
        try {
            for (var style : EmojiStyle.values()) {
                Files.createDirectories(place.pictures(style));
            }
            var file = new CatalogFile(place);
            file.claim(options.size(), catalog.drawings());
            EmojiFolder.write(place.notice(), EmojiFolder.noticeText());
            var rendering = new Rendering(place, new EmojiRenderer(options.size()), catalog.drawings(), listener);
            var pictures = rendering.run(options.threads());
            file.write(options.size(), pictures, rendering.failures());
            return new RenderReport(pictures.size(), rendering.rendered(), rendering.failures(), catalog.report());
        } catch (IOException e) {
            throw new EmojiSetException(folder + ": the emoji set cannot be written there (" + e + ")", e);
        }
    }

    /**
     * Opens a folder that {@link #render} completed.
     *
     * @throws EmojiSetException if it is not complete or damaged
     */
    public static EmojiSet open(Path folder) {
        try {
            return new EmojiSet(new CatalogFile(new EmojiFolder(folder)).read());
        } catch (IOException e) {
            throw new EmojiSetException(folder + ": the emoji set cannot be read (" + e + ")", e);
        }
    }

    /**
     * The attributions that whoever passes on pictures or samples must pass on too, as Markdown. {@link #render} puts it beside
     * the pictures.
     */
    public static String notice() {
        try {
            return new String(EmojiFolder.noticeText(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All pictures, in the order of styles, then of Unicode's charts. */
    public List<RenderedEmoji> pictures() {
        return pictures;
    }

    /** Side of the pictures in pixels. */
    public int size() {
        return size;
    }

    /**
     * Writes samples: image–text pairs, texts and series of pictures, edits, and what is held out of each. The same set and
     * options give the same samples in the same order.
     *
     * @throws IOException if a picture cannot be read or a sink fails
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public WriteReport write(EmojiOptions options, EmojiSinks sinks, SampleListener listener) throws IOException {
        return new SampleWriting(pictures, size, options, sinks, listener).run();
    }
}
