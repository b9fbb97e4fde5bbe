package dev.nextstep.engine;

import dev.nextstep.prompt.PromptRows;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;

/**
 * Heap memory that a drawing needs at its peak, item by item. Weights are mapped and not part of it.
 *
 * @param items what needs how much
 */
public record MemoryEstimate(List<Item> items) {
    /**
     * One item.
     *
     * @param name what it is, with the arithmetic
     * @param bytes its size
     */
    public record Item(String name, long bytes) {}

    public MemoryEstimate {
        items = List.copyOf(items);
    }

    /** Sum of all items in bytes. */
    public long bytes() {
        return items.stream().mapToLong(Item::bytes).sum();
    }

    /**
     * The need of a drawing: keys and values, prefill or decoding, decoding of pixels, and results.
     *
     * @param atOnce pictures that are in progress at the same time
     */
    public static MemoryEstimate of(LoadedModel model, PromptRows rows, int steps, int atOnce) {
        int total = rows.output().tokens();
        int pictures = rows.outputPictures();
        int guidanceRows = rows.rows().size() / pictures;
        var backend = model.backend();
        var layout = backend.cache();
        var items = new ArrayList<Item>();
        long cache = 0;
        int prompt = 0;
        // Pictures share the whole pages of their prompt. Equal rows are the same object.
        for (var row : new LinkedHashSet<>(rows.rows())) {
            cache += layout.bytes(row.length());
            prompt += row.length();
        }
        for (int i = 0; i < atOnce; i++) {
            for (int block = 0; block < guidanceRows; block++) {
                int length = rows.rows().get(block * pictures + i).length();
                cache += layout.bytes(length + total - 1) - layout.sharedBytes(length);
            }
        }
        items.add(new Item(
                "keys and values: %d positions × %d bytes"
                        .formatted(cache / layout.bytesPerPosition(), layout.bytesPerPosition()),
                cache));
        items.add(new Item(
                "reading the prompt: %d positions × %d bytes".formatted(prompt, backend.forwardBytes(1)),
                backend.forwardBytes(prompt)));
        items.add(new Item("modulations of the flow head", backend.samplingBytes(atOnce * guidanceRows, steps)));
        int side = model.pixelsPerToken();
        int height = rows.output().rows() * side;
        int width = rows.output().columns() * side;
        items.add(new Item("decoding %d × %d pixels".formatted(width, height), backend.decodingBytes(height, width)));
        items.add(new Item(
                "tokens and pixels of %d pictures".formatted(pictures),
                pictures * ((long) total * backend.tokenDim() * Float.BYTES + 3L * width * height)));
        return new MemoryEstimate(items);
    }

    /**
     * How many pictures of a drawing may be in progress at the same time: as many as there is memory for.
     *
     * @throws MemoryException with the arithmetic, if there is not enough for one
     */
    public static int picturesAtOnce(LoadedModel model, PromptRows rows, int steps) {
        var one = of(model, rows, steps, 1);
        one.require(model.backend().cache());
        int fits = 1;
        int tooMany = rows.outputPictures() + 1;
        long free = free();
        while (fits + 1 < tooMany) {
            int middle = (fits + tooMany) >>> 1;
            if (of(model, rows, steps, middle).bytes() <= free) {
                fits = middle;
            } else {
                tooMany = middle;
            }
        }
        return fits;
    }

    private static long free() {
        var runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }

    private void require(CacheLayout layout) {
        require();
        var cache = items.getFirst();
        if (cache.bytes > layout.limitBytes()) {
            throw new MemoryException(
                    "%s = %s, and the limit is %s; draw smaller pictures, or raise the limit (-Xmx, CacheOptions)"
                            .formatted(cache.name, megabytes(cache.bytes), megabytes(layout.limitBytes())));
        }
    }

    /**
     * Returns if the free heap is enough.
     *
     * @throws MemoryException with the arithmetic, if not
     */
    public void require() {
        if (bytes() <= free()) {
            return;
        }
        System.gc(); // what a former drawing left behind counts as free
        long free = free();
        if (bytes() > free) {
            throw new MemoryException(message(free, Runtime.getRuntime().maxMemory()));
        }
    }

    private String message(long free, long max) {
        var text = new StringBuilder("the request needs %s of heap memory and %s of %s are free:"
                .formatted(megabytes(bytes()), megabytes(free), megabytes(max)));
        for (var item : items) {
            text.append(" ")
                    .append(item.name)
                    .append(" = ")
                    .append(megabytes(item.bytes))
                    .append(";");
        }
        return text.append(" draw fewer or smaller pictures, or raise the limit (-Xmx)")
                .toString();
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
    }
}
