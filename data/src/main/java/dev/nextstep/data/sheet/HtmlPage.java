package dev.nextstep.data.sheet;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.util.Base64;
import java.util.List;

/** A page that needs no other file: pictures are inside, and nothing is fetched. Text from data is always escaped. */
public final class HtmlPage {
    private static final String STYLE = """
            body{font:15px/1.45 system-ui,sans-serif;margin:2em auto;max-width:70em;padding:0 1em;color:#222;background:#fafafa}
            table{border-collapse:collapse}td,th{padding:.2em .8em;text-align:right;border-bottom:1px solid #ddd}
            td:first-child,th:first-child,td.t{text-align:left}
            figure{display:inline-block;vertical-align:top;width:11em;margin:.4em;font-size:12px;overflow-wrap:anywhere}
            figure img{max-width:100%;background:#fff;border:1px solid #ddd}
            figcaption b{font-weight:600}.bar{fill:#5a8}.bar.d{fill:#c65}
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    /** An empty page. */
    public HtmlPage(String title) {
        this.title = title;
        element("h1", title);
    }

    /** An element with plain text in it. */
    public HtmlPage element(String name, String text) {
        body.append('<')
                .append(name)
                .append('>')
                .append(escape(text))
                .append("</")
                .append(name)
                .append(">\n");
        return this;
    }

    /** A table. */
    public HtmlPage table(List<String> head, List<List<String>> rows) {
        body.append("<table><tr>");
        head.forEach(cell -> body.append("<th>").append(escape(cell)).append("</th>"));
        body.append("</tr>\n");
        for (var row : rows) {
            body.append("<tr>");
            row.forEach(cell -> body.append("<td>").append(escape(cell)).append("</td>"));
            body.append("</tr>\n");
        }
        body.append("</table>\n");
        return this;
    }

    /** Pictures side by side with a text below. */
    public HtmlPage figure(List<Pixels> pictures, String heading, String text) {
        body.append("<figure>");
        for (var picture : pictures) {
            body.append("<img alt=\"\" src=\"data:image/png;base64,")
                    .append(Base64.getEncoder()
                            .encodeToString(PictureWriter.encode(picture, PictureFormat.PNG, WriteOptions.DEFAULT)))
                    .append("\">");
        }
        body.append("<figcaption><b>")
                .append(escape(heading))
                .append("</b> ")
                .append(escape(text))
                .append("</figcaption></figure>\n");
        return this;
    }

    /**
     * Two rows of bars on each other: what was kept below, what was dropped above it.
     *
     * @param kept heights
     * @param dropped heights, as many
     */
    public HtmlPage bars(long[] kept, long[] dropped, String from, String to) {
        long most = 1;
        for (int i = 0; i < kept.length; i++) {
            most = Math.max(most, kept[i] + dropped[i]);
        }
        int width = 14 * kept.length;
        body.append("<svg width=\"%d\" height=\"96\" role=\"img\">".formatted(width));
        for (int i = 0; i < kept.length; i++) {
            // What is there at all must be seen.
            long low = kept[i] == 0 ? 0 : Math.max(1, Math.round(75.0 * kept[i] / most));
            long high = dropped[i] == 0 ? 0 : Math.max(1, Math.round(75.0 * dropped[i] / most));
            body.append("<rect class=\"bar\" x=\"%d\" y=\"%d\" width=\"12\" height=\"%d\"/>"
                    .formatted(14 * i, 78 - low, low));
            body.append("<rect class=\"bar d\" x=\"%d\" y=\"%d\" width=\"12\" height=\"%d\"/>"
                    .formatted(14 * i, 78 - low - high, high));
        }
        body.append("<text x=\"0\" y=\"93\" font-size=\"12\">")
                .append(escape(from))
                .append("</text>");
        body.append("<text x=\"%d\" y=\"93\" font-size=\"12\" text-anchor=\"end\">".formatted(width))
                .append(escape(to))
                .append("</text></svg>\n");
        return this;
    }

    /** The whole document. */
    @Override
    public String toString() {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%s</title>
                <style>
                %s</style></head><body>
                %s</body></html>
                """.formatted(escape(title), STYLE, body);
    }

    private static String escape(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> out.append(c < ' ' && c != '\n' && c != '\t' ? '\uFFFD' : c);
            }
        }
        return out.toString();
    }
}
