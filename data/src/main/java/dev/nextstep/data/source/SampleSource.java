package dev.nextstep.data.source;

import dev.nextstep.data.Sample;
import dev.nextstep.data.shard.Registry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Where samples come from.
 *
 * <p>In lists (CSV, JSON) the names of fields are the usual ones; what is none of them becomes a field of the sample:
 *
 * <ul>
 *   <li>{@code caption} or {@code text} or {@code prompt}: the text;
 *   <li>{@code image} or {@code file_name} or {@code picture}: one picture; {@code images} or {@code pictures}: several (in
 *       CSV with {@code ;} between them);
 *   <li>{@code input_image}, {@code output_image}, {@code instruction}, {@code input_description}: an edit as the official
 *       builder has it (spec §8.6); the description gives a second caption;
 *   <li>{@code kind}: nlp, image_text_pair, image_editing or interleave; {@code key}: the sample's key.
 * </ul>
 *
 * <p>Paths in a list are relative to its folder.
 */
@FunctionalInterface
public interface SampleSource {
    /** Takes samples and problems as they come. */
    interface Receiver {
        /** A sample. */
        void sample(Sample sample) throws IOException;

        /** Something that gives no sample; the rest goes on. */
        void problem(SourceProblem problem);
    }

    /**
     * Reads everything, in an order that does not depend on the machine.
     *
     * @throws IOException if the source itself cannot be read, or the receiver fails
     */
    void read(Receiver receiver) throws IOException;

    /**
     * The source that a path is: a data folder, another folder, or a list that ends in {@code .csv}, {@code .jsonl} or
     * {@code .json}.
     *
     * @throws dev.nextstep.data.DataException if it is neither
     */
    static SampleSource of(Path path, SourceOptions options) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        if (Registry.isIn(path)) {
            return new StoredData(path);
        }
        if (Files.isDirectory(path)) {
            return new PictureFolder(path, options);
        }
        if (!Files.isRegularFile(path)) {
            throw dev.nextstep.data.DataException.of(path, "no such file or folder");
        }
        if (name.endsWith(".csv")) {
            return new CsvList(path, options);
        }
        if (name.endsWith(".jsonl") || name.endsWith(".ndjson") || name.endsWith(".json")) {
            return new JsonList(path, options);
        }
        throw dev.nextstep.data.DataException.of(
                path, "is no folder and ends in none of .csv, .jsonl and .json, so its format is unknown");
    }
}
