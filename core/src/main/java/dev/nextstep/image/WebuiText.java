package dev.nextstep.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The text of AUTOMATIC1111's webui: lines of the prompt, lines of the negative prompt from one that begins with
 * {@code Negative prompt:}, and a last line of settings, {@code name: value} separated by commas, a value with a comma,
 * colon or line break in JSON's quotes.
 */
final class WebuiText {
    static final String TOOL = "webui";
    private static final String NEGATIVE = "Negative prompt:";
    private static final String TOOL_NAME = "Tool";
    /** Holds all settings as JSON where the text alone would not bring them back. */
    private static final String EXACT = "Exact settings";

    /** From so many settings on, webui takes the last line for such. */
    private static final int FEWEST = 3;

    private WebuiText() {}

    private record Setting(String name, String value) {}

    /**
     * Settings of a line.
     *
     * @param clean whether there is nothing else in it
     */
    private record Line(List<Setting> settings, boolean clean) {
        boolean holdsSettings() {
            if (settings.isEmpty()) {
                return false;
            }
            return settings.size() >= FEWEST
                    || (clean && settings.getFirst().name().equals("Steps"))
                    || settings.getLast().name().equals(EXACT);
        }
    }

    /** Whether the text has a line of settings, and is not just any text. */
    static boolean hasSettings(String text) {
        return scan(lastLine(text.strip())).holdsSettings();
    }

    private static String lastLine(String stripped) {
        return stripped.substring(stripped.lastIndexOf('\n') + 1);
    }

    static GenerationParameters parse(String text) {
        String stripped = text.strip();
        String last = lastLine(stripped);
        Line line = scan(last);
        SettingsBuilder out = new SettingsBuilder();
        if (line.holdsSettings()) {
            for (Setting setting : line.settings().reversed()) {
                if (setting.name().equals(EXACT)) {
                    Optional<GenerationParameters> exact = ExactSettings.read(setting.value());
                    if (exact.isPresent()) {
                        return exact.get();
                    }
                }
            }
            out.tool = TOOL;
            for (Setting setting : line.settings()) {
                if (setting.name().equals(TOOL_NAME)) {
                    out.tool = setting.value();
                } else {
                    out.put(setting.name(), setting.value());
                }
            }
            stripped = stripped.substring(0, stripped.length() - last.length());
        }
        prompts(stripped.strip(), out);
        return out.build();
    }

    private static void prompts(String text, SettingsBuilder out) {
        List<String> prompt = new ArrayList<>();
        List<String> negative = new ArrayList<>();
        boolean inNegative = false;
        for (String raw : text.split("\n", -1)) {
            String line = raw.strip();
            if (line.startsWith(NEGATIVE)) {
                inNegative = true;
                line = line.substring(NEGATIVE.length()).strip();
            }
            (inNegative ? negative : prompt).add(line);
        }
        out.prompt = String.join("\n", prompt).strip();
        out.negativePrompt = String.join("\n", negative).strip();
    }

    /** Finds what looks like settings and passes over the rest, in one pass whatever the line is. */
    private static Line scan(String line) {
        List<Setting> settings = new ArrayList<>();
        boolean clean = true;
        int at = 0;
        while (at < line.length()) {
            while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
                at++;
            }
            int colon = at;
            while (colon < line.length() && isName(line.charAt(colon))) {
                colon++;
            }
            if (colon < at + 2 || colon == line.length() || line.charAt(colon) != ':' || !isLetter(line.charAt(at))) {
                // No name begins here, nor anywhere before the character that ended this try.
                clean &= at == line.length();
                at = Math.max(at, colon) + 1;
                continue;
            }
            int from = colon + 1;
            while (from < line.length() && line.charAt(from) == ' ') {
                from++;
            }
            int end = quotedEnd(line, from);
            Optional<String> quoted = end < 0 ? Optional.empty() : MetadataJson.string(line.substring(from, end));
            if (end < 0) {
                int comma = line.indexOf(',', from);
                end = comma < 0 ? line.length() : comma;
            }
            String value = quoted.orElse(line.substring(from, end).strip());
            settings.add(new Setting(line.substring(at, colon), value));
            at = end + 1;
        }
        return new Line(settings, clean);
    }

    /** Where a quoted value ends that begins here and is followed by a comma or nothing; −1 if there is none. */
    private static int quotedEnd(String line, int from) {
        if (from >= line.length() || line.charAt(from) != '"') {
            return -1;
        }
        for (int i = from + 1; i < line.length(); i++) {
            if (line.charAt(i) == '\\') {
                i++;
            } else if (line.charAt(i) == '"') {
                return i + 1 == line.length() || line.charAt(i + 1) == ',' ? i + 1 : -1;
            }
        }
        return -1;
    }

    private static boolean isLetter(char c) {
        return Character.isLetterOrDigit(c) || c == '_';
    }

    private static boolean isName(char c) {
        return isLetter(c) || c == ' ' || c == '-' || c == '/';
    }

    static String write(GenerationParameters settings) {
        String plain = text(settings, line(settings));
        if (GenerationTexts.parameters(plain).equals(settings)) {
            return plain;
        }
        Map<String, String> line = line(settings);
        line.keySet()
                .removeIf(name -> scan(name + ": x").settings().size() != 1
                        || name.strip().length() < name.length());
        line.remove(EXACT);
        line.put(EXACT, ExactSettings.write(settings));
        return text(settings, line);
    }

    private static Map<String, String> line(GenerationParameters settings) {
        Map<String, String> line = new LinkedHashMap<>();
        settings.steps().ifPresent(n -> line.put("Steps", String.valueOf(n)));
        putText(line, "Sampler", settings.sampler());
        settings.cfgScale().ifPresent(x -> line.put("CFG scale", ExactSettings.number(x)));
        settings.seed().ifPresent(n -> line.put("Seed", String.valueOf(n)));
        if (settings.width().isPresent() && settings.height().isPresent()) {
            line.put(
                    "Size",
                    settings.width().getAsInt() + "x" + settings.height().getAsInt());
        }
        putText(line, "Model hash", settings.modelHash());
        putText(line, "Model", settings.model());
        settings.extra().forEach(line::putIfAbsent);
        if (!settings.tool().equals(TOOL)) {
            putText(line, TOOL_NAME, settings.tool());
        }
        return line;
    }

    private static void putText(Map<String, String> line, String name, String value) {
        if (!value.isEmpty()) {
            line.put(name, value);
        }
    }

    private static String text(GenerationParameters settings, Map<String, String> line) {
        List<String> parts = new ArrayList<>();
        line.forEach((name, value) -> parts.add(name + ": " + quote(value)));
        StringBuilder out = new StringBuilder(settings.prompt());
        if (!settings.negativePrompt().isEmpty()) {
            out.append('\n').append(NEGATIVE).append(' ').append(settings.negativePrompt());
        }
        return out.append('\n').append(String.join(", ", parts)).toString().strip();
    }

    /** As webui does, and also where spaces at the ends or odd characters would get lost. */
    private static String quote(String value) {
        boolean plain = !value.isEmpty()
                && value.equals(value.strip())
                && value.charAt(0) != '"'
                && value.chars().noneMatch(c -> c == ',' || c == ':' || Character.isISOControl(c));
        return plain ? value : MetadataJson.quote(value);
    }
}
