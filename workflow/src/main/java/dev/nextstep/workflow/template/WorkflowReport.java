package dev.nextstep.workflow.template;

import dev.nextstep.workflow.batch.BatchResult;
import dev.nextstep.workflow.batch.ContactPage;
import dev.nextstep.workflow.batch.PictureRecord;
import dev.nextstep.workflow.batch.PlannedPicture;
import dev.nextstep.workflow.page.Html;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The page that a client is shown: the pictures with their titles, variants side by side, and how they were drawn. */
final class WorkflowReport {
    private final FilledWorkflow workflow;
    private final BatchResult result;
    private final Map<Integer, PictureRecord> records = new HashMap<>();

    WorkflowReport(FilledWorkflow workflow, BatchResult result) {
        this.workflow = workflow;
        this.result = result;
        result.records().forEach(record -> records.put(record.index(), record));
    }

    String html() {
        var body = new StringBuilder();
        body.append("<h1>%s</h1>\n".formatted(Html.text(workflow.title())));
        body.append("<p class=\"soft\">%s</p>\n"
                .formatted(Html.text(workflow.template().description())));
        body.append("<table>\n");
        workflow.values()
                .forEach((name, value) -> body.append(
                        "<tr><th>%s</th><td>%s</td></tr>\n".formatted(Html.text(titleOf(name)), Html.text(value))));
        body.append("</table>\n");
        if (workflow.template().variants().isEmpty()) {
            body.append("<div class=\"pieces\">\n");
            for (int i = 0; i < workflow.items().size(); i++) {
                body.append(piece(i));
            }
            body.append("</div>\n");
        } else {
            comparisons(body);
        }
        settings(body);
        return Html.page(workflow.title(), body.toString());
    }

    private String titleOf(String parameter) {
        return Optional.ofNullable(workflow.template().parameters().get(parameter))
                .map(Parameter::title)
                .orElse(parameter);
    }

    private String piece(int index) {
        var item = workflow.items().get(index);
        String note = item.note().isEmpty() ? "" : "<div>%s</div>".formatted(Html.text(item.note()));
        return figure(index, "<strong>%s</strong>%s".formatted(Html.text(item.title()), note));
    }

    /** Variants of a picture beside each other, below its title. */
    private void comparisons(StringBuilder body) {
        var groups = new LinkedHashMap<String, StringBuilder>();
        for (int i = 0; i < workflow.items().size(); i++) {
            var item = workflow.items().get(i);
            String heading = "<h2>%s</h2>\n%s"
                    .formatted(
                            Html.text(item.title()),
                            item.note().isEmpty() ? "" : "<p>%s</p>\n".formatted(Html.text(item.note())));
            groups.computeIfAbsent(item.picture(), name -> new StringBuilder(heading + "<div class=\"pair\">\n"))
                    .append(figure(
                            i,
                            "<strong>%s</strong>"
                                    .formatted(Html.text(item.variant().title()))));
        }
        groups.values().forEach(group -> body.append(group).append("</div>\n"));
    }

    private String figure(int index, String caption) {
        var planned = result.plan().pictures().get(index);
        var record = records.get(index);
        String below = "%s<div class=\"soft\">%s</div>".formatted(caption, Html.text(facts(planned, record)));
        if (record == null || !record.isDone()) {
            String reason = record == null
                    ? "not drawn yet"
                    : "failed: " + record.failure().orElse("");
            return "<figure class=\"failed\"><div class=\"reason\">%s</div><figcaption>%s</figcaption></figure>\n"
                    .formatted(Html.text(reason), below);
        }
        return "<figure>%s<figcaption>%s</figcaption></figure>\n".formatted(ContactPage.image(planned, record), below);
    }

    private static String facts(PlannedPicture planned, @Nullable PictureRecord record) {
        var options = planned.request().options();
        String settings = "guidance %s, %d steps".formatted(number(options.guidanceScale()), options.steps());
        return record == null || !record.isDone()
                ? settings
                : settings + ", seed " + record.attempts().get(record.chosen()).seed();
    }

    /** With two decimals at most. */
    private static String number(@Nullable Float value) {
        return value == null ? "" : String.format(Locale.ROOT, "%.2f", value).replaceAll("0$", "");
    }

    private void settings(StringBuilder body) {
        body.append("<h2>How they were drawn</h2>\n<p class=\"soft\">%s</p>\n"
                .formatted(Html.text(
                        "Model %s, weights %.12s. Each picture carries its recipe and can be drawn again from it."
                                .formatted(result.model(), result.weightsHash()))));
        for (var note : result.plan().notes()) {
            body.append("<p class=\"notes\">%s</p>\n".formatted(Html.text(note)));
        }
        body.append(
                        "<div class=\"wide\"><table>\n<tr><th>File</th><th>Size</th><th>Guidance</th><th>Steps</th><th>Seed</th>")
                .append("<th>Quality</th><th>Prompt</th></tr>\n");
        for (var planned : result.plan().pictures()) {
            row(body, planned, records.get(planned.index()));
        }
        body.append("</table></div>\n");
    }

    private static void row(StringBuilder body, PlannedPicture planned, @Nullable PictureRecord record) {
        var options = planned.request().options();
        var kept = record != null && record.isDone()
                ? Optional.of(record.attempts().get(record.chosen()))
                : Optional.<PictureRecord.Attempt>empty();
        var cells = List.of(
                planned.name(),
                "%d × %d".formatted(options.width(), options.height()),
                number(options.guidanceScale()),
                String.valueOf(options.steps()),
                kept.map(a -> String.valueOf(a.seed())).orElse("–"),
                kept.map(a -> String.format(Locale.ROOT, "%.2f", a.quality())).orElse("–"),
                planned.request().prompt());
        body.append("<tr>");
        cells.forEach(cell -> body.append("<td>").append(Html.text(cell)).append("</td>"));
        body.append("</tr>\n");
    }
}
