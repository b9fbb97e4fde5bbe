package dev.nextstep.data.emoji;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Renders the drawings of a catalogue that a folder lacks. */
final class Rendering {
    private static final int TELL_EVERY = 50;

    private final EmojiFolder folder;
    private final EmojiRenderer renderer;
    private final List<Drawing> drawings;
    private final RenderListener listener;
    private final Map<String, String> failures = new ConcurrentSkipListMap<>();
    private final AtomicInteger rendered = new AtomicInteger();

    Rendering(EmojiFolder folder, EmojiRenderer renderer, List<Drawing> drawings, RenderListener listener) {
        this.folder = folder;
        this.renderer = renderer;
        this.drawings = drawings;
        this.listener = listener;
    }

    /** Drawings that failed, as {@code style/hexcode}, to the reason. */
    Map<String, String> failures() {
        return failures;
    }

    /** Pictures made by this object. */
    int rendered() {
        return rendered.get();
    }

    /**
     * Renders them all.
     *
     * @return the pictures in the order of the drawings, without failures
     * @throws IOException if a picture cannot be stored or read
     * @throws CancellationException if the thread is interrupted; what is done stays
     */
    List<RenderedEmoji> run(int threads) throws IOException {
        var results = new ArrayList<Optional<RenderedEmoji>>();
        drawings.forEach(drawing -> results.add(Optional.empty()));
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var completion = new ExecutorCompletionService<Integer>(pool);
            for (int i = 0; i < drawings.size(); i++) {
                completion.submit(task(i, results));
            }
            try {
                for (int done = 1; done <= drawings.size(); done++) {
                    completion.take().get();
                    if (done % TELL_EVERY == 0 || done == drawings.size()) {
                        listener.progress(done, drawings.size(), failures.size());
                    }
                }
            } catch (InterruptedException e) {
                pool.shutdownNow();
                Thread.currentThread().interrupt();
                throw new CancellationException("rendering was cancelled; the pictures made so far stay");
            } catch (ExecutionException e) {
                pool.shutdownNow();
                throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
            }
        }
        return results.stream().flatMap(Optional::stream).toList();
    }

    private Callable<Integer> task(int index, List<Optional<RenderedEmoji>> results) {
        return () -> {
            var drawing = drawings.get(index);
            var result = one(drawing);
            synchronized (results) {
                results.set(index, result);
            }
            return index;
        };
    }

    private Optional<RenderedEmoji> one(Drawing drawing) throws IOException {
        var glyph = drawing.glyph();
        Path file = folder.picture(drawing.style(), glyph.hexcode());
        if (!Files.exists(file)) {
            try {
                var png =
                        PictureWriter.encode(renderer.render(drawing.icon()), PictureFormat.PNG, WriteOptions.DEFAULT);
                EmojiFolder.write(file, png);
                rendered.incrementAndGet();
            } catch (RenderException e) {
                failures.put(drawing.style().word() + "/" + glyph.hexcode(), String.valueOf(e.getMessage()));
                return Optional.empty();
            }
        }
        var bytes = Files.readAllBytes(file);
        var colour =
                MainColour.of(new PictureReader().read(bytes, file.toString())).map(MainColour::name);
        return Optional.of(new RenderedEmoji(
                glyph,
                drawing.style(),
                file,
                HexFormat.of().formatHex(Digests.sha256().digest(bytes)),
                colour));
    }
}
