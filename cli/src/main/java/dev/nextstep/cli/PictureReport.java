package dev.nextstep.cli;

import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PngText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

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
        if (!format(file).equals("PNG")) {
            return;
        }
        var entries = PngText.read(file);
        if (!entries.isEmpty()) {
            var texts = report.section("Texts");
            for (var entry : entries) {
                String damaged = entry.intact() ? "" : "  (damaged: wrong check sum)";
                texts.addNamed(entry.keyword(), entry.text(), printable(entry.text()) + damaged);
            }
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

    // A text of a stranger's file must not steer the terminal.
    private static String printable(String text) {
        var shown = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (c == '\n') {
                shown.append("\n    ");
            } else {
                shown.appendCodePoint(Character.isISOControl(c) ? 0xFFFD : c);
            }
        });
        return shown.toString();
    }
}
