package dev.nextstep.workflow.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** HTML in which nothing that a prompt, a name or a parameter holds is ever markup. */
public final class Html {
    private static final String HEX = "0123456789ABCDEF";

    private Html() {}

    /** Text between tags or in a quoted attribute: what could be markup is written as references, controls as U+FFFD. */
    public static String text(String text) {
        var html = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> html.append("&amp;");
                case '<' -> html.append("&lt;");
                case '>' -> html.append("&gt;");
                case '"' -> html.append("&quot;");
                case '\'' -> html.append("&#39;");
                case '\n', '\t' -> html.appendCodePoint(c);
                default -> html.appendCodePoint(Character.isISOControl(c) || isLoneSurrogate(c) ? 0xFFFD : c);
            }
        });
        return html.toString();
    }

    private static boolean isLoneSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    /** A file below the page as an address for a quoted attribute. */
    public static String link(String relativePath) {
        // The prefix keeps a name such as "a:b" from being read as a scheme.
        var address = new StringBuilder("./");
        for (byte b : relativePath.getBytes(StandardCharsets.UTF_8)) {
            int c = b & 255;
            boolean plain = c < 128 && (Character.isLetterOrDigit(c) || "/-_.".indexOf(c) >= 0);
            if (plain) {
                address.append((char) c);
            } else {
                address.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
            }
        }
        return address.toString();
    }

    /**
     * A whole page in the look of all pages.
     *
     * @param title plain text
     * @param body markup
     */
    public static String page(String title, String body) {
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                %s</style>
                </head>
                <body>
                %s</body>
                </html>
                """.formatted(text(title), resource("page.css"), body);
    }

    /** A file of this package. */
    public static String resource(String name) {
        try (var in = Objects.requireNonNull(Html.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
