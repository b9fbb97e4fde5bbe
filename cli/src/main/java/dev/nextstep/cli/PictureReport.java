package dev.nextstep.cli;

import dev.nextstep.cli.terminal.VisibleText;
import dev.nextstep.image.GenerationParameters;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureTexts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** A picture: size, format and the texts in it. */
final class PictureReport {
    private final Report report;

    PictureReport(Report report) {
        this.report = report;
    }

    void write(Path file) {
        var pixels = new PictureReader().read(file); // also says what is wrong with a file that is no picture
        var section = report.section("Picture");
        section.add("path", file.toString());
        section.add("format", format(file));
        section.add("width", pixels.width());
        section.add("height", pixels.height());
        var texts = PictureTexts.read(file);
        GenerationParameters.find(texts).ifPresent(this::recipe);
        if (!texts.entries().isEmpty()) {
            var all = report.section("Texts");
            for (var entry : texts.entries()) {
                all.addNamed(VisibleText.of(entry.keyword()), entry.text(), printable(entry.text()));
            }
        }
    }

    private void recipe(GenerationParameters p) {
        var section = report.section("Recipe");
        text(section, "tool", p.tool());
        text(section, "prompt", p.prompt());
        text(section, "negative_prompt", p.negativePrompt());
        p.steps().ifPresent(n -> section.add("steps", n));
        text(section, "sampler", p.sampler());
        p.cfgScale().ifPresent(n -> section.add("guidance", n));
        p.seed().ifPresent(n -> section.add("seed", n));
        if (p.width().isPresent() && p.height().isPresent()) {
            int width = p.width().getAsInt();
            int height = p.height().getAsInt();
            section.add("size", List.of(width, height), width + " x " + height);
        }
        text(section, "model", p.model());
        text(section, "model_hash", p.modelHash());
        p.extra().forEach((name, value) -> section.addNamed(VisibleText.of(name), value, printable(value)));
    }

    private static void text(Report.Section section, String key, String value) {
        if (!value.isEmpty()) {
            section.add(key, value, printable(value));
        }
    }

    private static String format(Path file) {
        var start = new byte[12];
        try (var in = Files.newInputStream(file)) {
            in.readNBytes(start, 0, start.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String text = new String(start, StandardCharsets.ISO_8859_1);
        if (text.startsWith("\u0089PNG")) {
            return "PNG";
        } else if (text.startsWith("\u00ff\u00d8")) {
            return "JPEG";
        } else if (text.startsWith("RIFF")) {
            return "WebP";
        }
        return text.startsWith("GIF") ? "GIF" : "BMP";
    }

    // A text of a stranger's file must not steer the terminal; its line breaks are its own.
    private static String printable(String text) {
        return text.lines().map(VisibleText::of).collect(Collectors.joining("\n    "));
    }
}
