package dev.nextstep.engine;

import dev.nextstep.prompt.PromptRows;
import java.util.ArrayList;
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

    /** The need of a drawing: caches, prefill or decoding (whichever is larger), and decoding pixels. */
    public static MemoryEstimate of(LoadedModel model, PromptRows rows, int steps) {
        int total = rows.output().tokens();
        int count = rows.rows().size();
        var backend = model.backend();
        long perPosition = backend.cache().bytesPerPosition();
        var items = new ArrayList<Item>();
        long positions = 0;
        long prompt = 0;
        for (var row : rows.rows()) {
            positions += row.length() + total;
            prompt += row.length();
        }
        items.add(new Item(
                "keys and values: %d positions × %d bytes".formatted(positions, perPosition), positions * perPosition));
        items.add(new Item(
                "reading the prompt: %d positions × %d bytes".formatted(prompt, backend.forwardBytes(1)),
                backend.forwardBytes(Math.toIntExact(prompt))));
        items.add(new Item("modulations of the flow head", backend.samplingBytes(count, steps)));
        int side = model.pixelsPerToken();
        items.add(new Item(
                "decoding %d × %d pixels"
                        .formatted(rows.output().columns() * side, rows.output().rows() * side),
                backend.decodingBytes(rows.output().rows() * side, rows.output().columns() * side)));
        items.add(new Item(
                "tokens of %d pictures".formatted(rows.outputPictures()),
                (long) rows.outputPictures() * total * backend.tokenDim() * Float.BYTES));
        return new MemoryEstimate(items);
    }

    /**
     * Returns if the free heap is enough.
     *
     * @throws MemoryException with the arithmetic, if not
     */
    public void require() {
        var runtime = Runtime.getRuntime();
        long used = runtime.totalMemory() - runtime.freeMemory();
        if (bytes() <= runtime.maxMemory() - used) {
            return;
        }
        System.gc(); // what a former drawing left behind counts as free
        used = runtime.totalMemory() - runtime.freeMemory();
        long free = runtime.maxMemory() - used;
        if (bytes() > free) {
            throw new MemoryException(message(free, runtime.maxMemory()));
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
