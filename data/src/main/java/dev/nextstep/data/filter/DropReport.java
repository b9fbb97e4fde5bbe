package dev.nextstep.data.filter;

import dev.nextstep.data.DataFiles;
import dev.nextstep.data.DataJson;
import dev.nextstep.data.sheet.HtmlPage;
import dev.nextstep.data.sheet.Sheet;
import dev.nextstep.data.sheet.Thumbnail;
import dev.nextstep.image.PictureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a run of filters did.
 *
 * @param in samples that came
 * @param out samples that all steps kept
 * @param steps what each step did, in their order
 * @param kept some of the kept samples, chosen at random
 */
public record DropReport(long in, long out, List<Step> steps, List<Thumbnail> kept) {
    private static final int COLUMNS = 8;

    /** Copies the lists. */
    public DropReport {
        steps = List.copyOf(steps);
        kept = List.copyOf(kept);
    }

    /** What one step did. */
    public static final class Step {
        private final String name;
        private final String rule;
        private final long in;
        private final long out;
        private final Optional<Histogram.Bars> bars;
        private final List<String> droppedKeys;
        private final List<Thumbnail> dropped;

        Step(
                String name,
                String rule,
                long in,
                long out,
                Optional<Histogram.Bars> bars,
                List<String> droppedKeys,
                List<Thumbnail> dropped) {
            this.name = name;
            this.rule = rule;
            this.in = in;
            this.out = out;
            this.bars = bars;
            this.droppedKeys = droppedKeys;
            this.dropped = dropped;
        }

        /** Name of the step. */
        public String name() {
            return name;
        }

        /** Its rule in words. */
        public String rule() {
            return rule;
        }

        /** Samples that came to it. */
        public long in() {
            return in;
        }

        /** Samples that it kept. */
        public long out() {
            return out;
        }

        /** Keys of the first two hundred that it dropped. */
        public List<String> droppedKeys() {
            return droppedKeys;
        }

        /** Some of the dropped samples, chosen at random. */
        public List<Thumbnail> dropped() {
            return dropped;
        }
    }

    /** As members of JSON: counts, histograms and keys, no pictures. */
    public Map<String, Object> toJson() {
        var json = new LinkedHashMap<String, Object>();
        json.put("in", in);
        json.put("out", out);
        var list = new ArrayList<Object>();
        for (var step : steps) {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("name", step.name);
            fields.put("rule", step.rule);
            fields.put("in", step.in);
            fields.put("out", step.out);
            fields.put("dropped", step.in - step.out);
            step.bars.ifPresent(bars -> {
                var histogram = new LinkedHashMap<String, Object>();
                histogram.put("from", bars.from());
                histogram.put("to", bars.to());
                histogram.put("logarithmic", bars.logarithmic());
                histogram.put("kept", bars.kept());
                histogram.put("dropped", bars.dropped());
                fields.put("histogram", histogram);
            });
            fields.put("dropped_keys", step.droppedKeys);
            list.add(fields);
        }
        json.put("steps", list);
        return json;
    }

    /**
     * Writes {@code report.json}, {@code report.html}, {@code kept.png} and one {@code dropped-STEP.png} for each step that
     * dropped pictures.
     *
     * @param folder is made if it does not exist
     */
    public void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        DataFiles.write(folder.resolve("report.json"), DataJson.pretty(toJson()));
        DataFiles.write(folder.resolve("report.html"), toHtml());
        if (!kept.isEmpty()) {
            PictureWriter.write(folder.resolve("kept.png"), Sheet.of(kept, COLUMNS));
        }
        for (var step : steps) {
            if (!step.dropped.isEmpty()) {
                String name = step.name.replaceAll("[^\\p{L}\\p{N}_]", "_");
                PictureWriter.write(folder.resolve("dropped-" + name + ".png"), Sheet.of(step.dropped, COLUMNS));
            }
        }
    }

    private String toHtml() {
        var page = new HtmlPage("What the filters dropped");
        page.element("p", "%d samples came, %d were kept (%s).".formatted(in, out, percent(out, in)));
        page.table(
                List.of("step", "rule", "in", "kept", "dropped", "share kept"),
                steps.stream()
                        .map(s -> List.of(
                                s.name, s.rule, "" + s.in, "" + s.out, "" + (s.in - s.out), percent(s.out, s.in)))
                        .toList());
        for (var step : steps) {
            if (step.bars.isEmpty() && step.dropped.isEmpty()) {
                continue;
            }
            page.element("h2", step.name);
            step.bars.ifPresent(bars -> {
                page.element(
                        "p",
                        "Measured values, kept green, dropped red%s."
                                .formatted(bars.logarithmic() ? " (logarithmic)" : ""));
                page.bars(bars.kept(), bars.dropped(), number(bars.from()), number(bars.to()));
            });
            figures(page, step.dropped);
        }
        if (!kept.isEmpty()) {
            page.element("h2", "Some of what was kept");
            figures(page, kept);
        }
        return page.toString();
    }

    private static void figures(HtmlPage page, List<Thumbnail> thumbnails) {
        for (var thumbnail : thumbnails) {
            page.figure(List.of(thumbnail.picture()), thumbnail.key(), thumbnail.caption());
        }
    }

    private static String percent(long part, long whole) {
        return whole == 0 ? "–" : String.format(Locale.ROOT, "%.1f %%", 100.0 * part / whole);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
