package dev.nextstep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import dev.nextstep.Picture;
import dev.nextstep.Recipe;
import dev.nextstep.cli.terminal.ContactSheet;
import dev.nextstep.cli.terminal.SheetCell;
import dev.nextstep.cli.terminal.SheetLayout;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes pictures, tells about them, and keeps them for the sheet if one is wanted. */
final class DrawingResults {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final PrintWriter out;
    private final OutputArguments output;
    private final OutputNames names;
    private final List<SheetCell> cells = new ArrayList<>();

    DrawingResults(PrintWriter out, OutputArguments output, OutputNames names) {
        this.out = out;
        this.output = output;
        this.names = names;
    }

    /**
     * Writes a picture.
     *
     * @param seconds that its group took
     */
    void write(Picture picture, double seconds) throws IOException {
        var recipe = picture.recipe();
        var pixels = picture.pixels();
        var file = names.next(new OutputNames.Fields(
                recipe.prompt(),
                recipe.lastSeed(),
                recipe.index(),
                recipe.model().id(),
                pixels.width(),
                pixels.height()));
        boolean replaced = Files.exists(file);
        PictureWriter.write(file, pixels, names.format(), output.writeOptions(recipe.toTexts()));
        if (output.grid() != null) {
            String index = recipe.index() == 0 ? "" : " [" + recipe.index() + "]";
            cells.add(new SheetCell(pixels, "%s · %d%s".formatted(recipe.prompt(), recipe.lastSeed(), index)));
        }
        if (output.isJson()) {
            out.println(json(file, recipe, seconds));
        } else {
            out.println(String.format(
                    Locale.ROOT,
                    "%s: %d x %d pixels, seed %d%s, %.2f s%s",
                    file,
                    pixels.width(),
                    pixels.height(),
                    recipe.lastSeed(),
                    recipe.index() == 0 ? "" : ", index " + recipe.index(),
                    seconds,
                    replaced ? " (replaced)" : ""));
        }
    }

    private static String json(Path file, Recipe recipe, double seconds) throws IOException {
        var text = new StringWriter();
        try (var json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("file", file.toString());
            json.writeNumberField("seed", recipe.seed());
            json.writeNumberField("index", recipe.index());
            json.writeNumberField("seconds", Math.round(seconds * 1000) / 1000.0);
            json.writeFieldName("recipe");
            json.writeRawValue(recipe.toJson());
            json.writeEndObject();
        }
        return text.toString();
    }

    /** Writes the sheet of all pictures; it carries no recipe, because it is none of them. */
    void writeGrid(Path file) {
        var first = cells.getFirst().picture();
        int scale = Math.max(1, 128 / Math.max(first.width(), first.height())); // captions need room
        var sheet = ContactSheet.of(cells, SheetLayout.square(cells.size()).withScale(scale));
        PictureWriter.write(file, sheet, PictureFormat.ofFileName(file), output.writeOptions(Map.of()));
        if (!output.isJson()) {
            out.println("%s: sheet of %d pictures".formatted(file, cells.size()));
        }
    }
}
