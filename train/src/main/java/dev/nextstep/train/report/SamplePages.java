package dev.nextstep.train.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The drawn samples of a run as a table: a column for each prompt, a row for each step, the newest first. */
final class SamplePages {
    private static final Pattern STEP = Pattern.compile("step-(\\d+)");
    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * Samples of one step.
     *
     * @param captions by name of the sample, in order
     */
    private record Page(long step, Path folder, Map<String, String> captions) {}

    private SamplePages() {}

    /**
     * The table; empty if nothing was drawn.
     *
     * @param most rows: the first, the last and some between are chosen
     */
    static String render(Path samples, int most) throws IOException {
        var all = pages(samples);
        if (all.isEmpty()) {
            return "";
        }
        var chosen = chosen(all, most);
        var names = new LinkedHashSet<String>();
        chosen.forEach(p -> names.addAll(p.captions().keySet()));
        var out = new StringBuilder("<div class=\"scroll\"><table class=\"samples\"><thead><tr><th>step</th>");
        for (var name : names) {
            var caption = chosen.getFirst().captions().getOrDefault(name, name);
            out.append("<th>").append(Html.text(caption)).append("</th>");
        }
        out.append("</tr></thead><tbody>");
        for (var page : chosen) {
            out.append("<tr><th>").append(page.step()).append("</th>");
            for (var name : names) {
                out.append("<td>")
                        .append(picture(page.folder().resolve(name + ".png"), name))
                        .append("</td>");
            }
            out.append("</tr>");
        }
        out.append("</tbody></table></div>");
        if (chosen.size() < all.size()) {
            out.append("<p class=\"note\">%d of %d sets; all are in the folder samples.</p>"
                    .formatted(chosen.size(), all.size()));
        }
        return out.toString();
    }

    private static List<Page> pages(Path samples) throws IOException {
        var pages = new ArrayList<Page>();
        if (!Files.isDirectory(samples)) {
            return pages;
        }
        try (var folders = Files.list(samples)) {
            for (Path folder : folders.sorted().toList()) {
                var matcher = STEP.matcher(folder.getFileName().toString());
                Path captions = folder.resolve("captions.json");
                if (matcher.matches() && Files.isRegularFile(captions)) {
                    var byName = new LinkedHashMap<String, String>();
                    for (var entry : MAPPER.readTree(captions.toFile()).properties()) {
                        byName.put(entry.getKey(), entry.getValue().asText());
                    }
                    pages.add(new Page(Long.parseLong(matcher.group(1)), folder, byName));
                }
            }
        }
        return pages;
    }

    private static List<Page> chosen(List<Page> all, int most) {
        var chosen = new LinkedHashSet<Page>();
        int count = Math.min(most, all.size());
        for (int i = 0; i < count; i++) {
            chosen.add(all.get(
                    count == 1 ? all.size() - 1 : (int) Math.round((double) i * (all.size() - 1) / (count - 1))));
        }
        return List.copyOf(chosen).reversed();
    }

    private static String picture(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file)) {
            return "";
        }
        return "<img alt=\"%s\" src=\"data:image/png;base64,%s\">"
                .formatted(Html.text(name), Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
    }
}
