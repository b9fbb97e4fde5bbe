package dev.nextstep.workflow.batch;

import dev.nextstep.data.files.AtomicFile;
import dev.nextstep.workflow.page.Html;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** All pictures of a batch on one page with search, for a browser; what failed stands there with its reason. */
public final class ContactPage {
    /** Its name in the output folder. */
    public static final String FILE = "index.html";

    /** Shorter pictures are shown enlarged. */
    private static final int SMALL = 150;

    private ContactPage() {}

    /** Writes it to {@value #FILE}. */
    public static void write(Path folder, String title, BatchResult result) throws IOException {
        AtomicFile.writeText(folder.resolve(FILE), html(title, result));
    }

    /** Its text. */
    public static String html(String title, BatchResult result) {
        var body = new StringBuilder("<h1>%s</h1>\n".formatted(Html.text(title)));
        body.append("<p class=\"soft\">%s</p>\n".formatted(Html.text(summary(result))));
        for (var note : result.plan().notes()) {
            body.append("<p class=\"notes\">%s</p>\n".formatted(Html.text(note)));
        }
        body.append("""
                <div class="bar"><input id="search" type="search" placeholder="words of a prompt, a seed, a file name, failed" \
                aria-label="search"><select id="order" aria-label="order"><option value="index">in order</option>\
                <option value="quality">lowest quality first</option></select><span id="count" class="soft"></span></div>
                <div class="grid">
                """);
        result.records()
                .forEach(record -> body.append(figure(result.plan().pictures().get(record.index()), record)));
        body.append("</div>\n<script>\n").append(Html.resource("search.js")).append("</script>\n");
        return Html.page(title, body.toString());
    }

    private static String summary(BatchResult result) {
        return "%d of %d pictures%s · model %s · weights %.12s"
                .formatted(
                        result.done(),
                        result.plan().pictures().size(),
                        result.failed() == 0 ? "" : ", %d failed".formatted(result.failed()),
                        result.model(),
                        result.weightsHash());
    }

    private static String figure(PlannedPicture planned, PictureRecord record) {
        String prompt = "<div class=\"prompt\">%s</div>"
                .formatted(Html.text(planned.request().prompt()));
        if (!record.isDone()) {
            return """
                    <figure class="failed" data-index="%d" data-quality="-1"><div class="reason">failed: %s</div>\
                    <figcaption>%s<div class="soft">%s</div></figcaption></figure>
                    """.formatted(
                            record.index(), Html.text(record.failure().orElse("")), prompt, Html.text(planned.name()));
        }
        var kept = record.attempts().get(record.chosen());
        String caption = String.format(
                Locale.ROOT,
                "%s · seed %d · quality %.2f%s · %s",
                planned.name(),
                kept.seed(),
                kept.quality(),
                record.attempts().size() == 1
                        ? ""
                        : " of %d tries".formatted(record.attempts().size()),
                planned.preset());
        return """
                <figure data-index="%d" data-quality="%s">%s<figcaption>%s<div class="soft">%s</div></figcaption></figure>
                """.formatted(record.index(), kept.quality(), image(planned, record), prompt, Html.text(caption));
    }

    /** The picture as it stands on a page, leading to its file. */
    public static String image(PlannedPicture planned, PictureRecord record) {
        var file = record.files().stream()
                .map(PictureRecord.WrittenFile::name)
                .filter(name -> !name.endsWith(".json"))
                .findFirst()
                .orElseThrow();
        int width = Optional.ofNullable(planned.request().options().width()).orElse(0);
        int height = Optional.ofNullable(planned.request().options().height()).orElse(0);
        return "<a class=\"picture%s\" href=\"%s\"><img loading=\"lazy\" src=\"%s\" width=\"%d\" height=\"%d\" alt=\"%s\"></a>"
                .formatted(
                        Math.max(width, height) < SMALL ? " small" : "",
                        Html.link(file),
                        Html.link(file),
                        width,
                        height,
                        Html.text(planned.request().prompt()));
    }
}
