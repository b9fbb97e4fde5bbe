package dev.nextstep.workflow.batch;

import dev.nextstep.data.DataException;
import dev.nextstep.data.yaml.YamlNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the prompts of a batch.
 *
 * <ul>
 *   <li>JSON or YAML: {@code {"prompts": ["a", {"prompt": "b", "seed": 4}], "settings": {"steps": 20, "size": "64x64"}}}, or the
 *       list alone. Settings hold for every prompt that does not say otherwise;
 *   <li>CSV with a header line that has at least {@code prompt}; other columns as the keys below; RFC 4180 quotes;
 *   <li>text: one prompt a line; empty lines and those that begin with # are left out.
 * </ul>
 *
 * Keys: prompt, count, seed, quality (or preset), size ({@code WxH} or one side) or aspect ({@code 3:2}), steps, guidance,
 * negative_prompt, name, formats. Unknown ones are refused with their line. What a prompt says goes before what the command line
 * says, and that before the settings for all prompts.
 */
public final class JobReader {
    /** How the text is to be read. */
    public enum Form {
        /** Also JSON, which is a part of YAML. */
        YAML,
        CSV,
        TEXT;

        /** By how a text begins: with a brace or a bracket it is JSON, else text. */
        public static Form ofText(String text) {
            String start = text.stripLeading();
            return start.startsWith("{") || start.startsWith("[") ? YAML : TEXT;
        }

        /** By the ending of a file's name; text where it says nothing. */
        public static Form of(String fileName) {
            String name = fileName.toLowerCase(Locale.ROOT);
            if (name.endsWith(".json") || name.endsWith(".yaml") || name.endsWith(".yml")) {
                return YAML;
            }
            return name.endsWith(".csv") ? CSV : TEXT;
        }
    }

    private static final Set<String> KEYS = Set.of(
            "prompt",
            "count",
            "seed",
            "quality",
            "preset",
            "size",
            "aspect",
            "steps",
            "guidance",
            "negative_prompt",
            "name",
            "formats");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,5})(?:[xX×]([0-9]{1,5}))?");

    private final String file;
    private final BatchJob flags;

    private JobReader(String file, BatchJob flags) {
        this.file = file;
        this.flags = flags;
    }

    /**
     * Reads a list of jobs.
     *
     * @param file what messages call it
     * @param flags what the command line says about all prompts; its prompt does not count
     * @throws DataException naming file and line if something is wrong, or if there is no prompt at all
     */
    public static List<BatchJob> read(String text, Form form, String file, BatchJob flags) {
        var reader = new JobReader(file, flags);
        // A byte order mark is no part of the first prompt.
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        var jobs = switch (form) {
            case YAML -> reader.yaml(plain);
            case CSV -> reader.csv(plain);
            case TEXT -> reader.text(plain);
        };
        if (jobs.isEmpty()) {
            throw new DataException(file + ": there is no prompt in it");
        }
        return jobs;
    }

    private List<BatchJob> text(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> BatchJob.of(line).orElse(flags))
                .toList();
    }

    private List<BatchJob> yaml(String text) {
        var root = YamlNode.parse(text, file);
        if (root.isList()) {
            return jobs(root, flags);
        }
        var members = root.members(Set.of("prompts", "settings"));
        var settings = members.get("settings");
        var common = settings == null ? flags : flags.orElse(job(settings, "-"));
        return jobs(root.required(members, "prompts"), common);
    }

    private static List<BatchJob> jobs(YamlNode list, BatchJob common) {
        var jobs = new ArrayList<BatchJob>();
        for (var node : list.elements()) {
            jobs.add(
                    node.isScalar()
                            ? node.checked(() -> BatchJob.of(node.text())).orElse(common)
                            : job(node, "").orElse(common));
        }
        return jobs;
    }

    private static BatchJob job(YamlNode node, String defaultPrompt) {
        var texts = new LinkedHashMap<String, String>();
        node.members(KEYS)
                .forEach((key, value) -> texts.put(
                        key,
                        value.isScalar()
                                ? value.text()
                                : String.join(
                                        ",",
                                        value.elements().stream()
                                                .map(YamlNode::text)
                                                .toList())));
        if (!defaultPrompt.isEmpty()) {
            if (texts.containsKey("prompt") || texts.containsKey("name") || texts.containsKey("count")) {
                throw node.refused("settings for all prompts have no prompt, name or count");
            }
            texts.put("prompt", defaultPrompt);
        }
        return node.checked(() -> job(texts));
    }

    private List<BatchJob> csv(String text) {
        var rows = Csv.read(text, file);
        if (rows.isEmpty()) {
            return List.of();
        }
        var header = rows.getFirst().fields().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .toList();
        for (String name : header) {
            if (!KEYS.contains(name)) {
                throw new DataException("%s:%d: unknown column '%s'; there are %s"
                        .formatted(
                                file,
                                rows.getFirst().line(),
                                name,
                                String.join(", ", KEYS.stream().sorted().toList())));
            }
        }
        if (!header.contains("prompt") || Set.copyOf(header).size() != header.size()) {
            throw new DataException("%s:%d: the header needs the column prompt, and each column once"
                    .formatted(file, rows.getFirst().line()));
        }
        var jobs = new ArrayList<BatchJob>();
        for (var row : rows.subList(1, rows.size())) {
            if (row.fields().size() != header.size()) {
                throw new DataException("%s:%d: has %d fields, the header has %d"
                        .formatted(file, row.line(), row.fields().size(), header.size()));
            }
            var texts = new LinkedHashMap<String, String>();
            for (int i = 0; i < header.size(); i++) {
                if (!row.fields().get(i).isBlank()) {
                    texts.put(header.get(i), row.fields().get(i));
                }
            }
            try {
                jobs.add(job(texts).orElse(flags));
            } catch (IllegalArgumentException e) {
                throw new DataException("%s:%d: %s".formatted(file, row.line(), e.getMessage()), e);
            }
        }
        return jobs;
    }

    private static BatchJob job(Map<String, String> texts) {
        if (texts.containsKey("quality") && texts.containsKey("preset")) {
            throw new IllegalArgumentException("quality and preset are the same; give one");
        }
        if (texts.containsKey("size") && texts.containsKey("aspect")) {
            throw new IllegalArgumentException("size and aspect: give one");
        }
        return new BatchJob(
                Optional.ofNullable(texts.get("prompt"))
                        .map(String::strip)
                        .orElseThrow(() -> new IllegalArgumentException("prompt is missing")),
                small(texts, "count").orElse(1),
                whole(texts, "seed").map(OptionalLong::of).orElse(OptionalLong.empty()),
                Optional.ofNullable(texts.get("quality")).or(() -> Optional.ofNullable(texts.get("preset"))),
                Optional.ofNullable(texts.get("size"))
                        .map(JobReader::size)
                        .or(() -> Optional.ofNullable(texts.get("aspect"))
                                .map(text -> new BatchJob.Area.Aspect(Shape.parse(text)))),
                small(texts, "steps"),
                number(texts, "guidance"),
                Optional.ofNullable(texts.get("negative_prompt")),
                Optional.ofNullable(texts.get("name")),
                Optional.ofNullable(texts.get("formats"))
                        .map(list -> Arrays.stream(
                                        list.strip().toLowerCase(Locale.ROOT).split("[,; ]+"))
                                .distinct()
                                .toList())
                        .orElse(List.of()));
    }

    private static Optional<Long> whole(Map<String, String> texts, String key) {
        return Optional.ofNullable(texts.get(key)).map(text -> {
            try {
                return Long.parseLong(text.strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("%s is '%s', not a whole number".formatted(key, text), e);
            }
        });
    }

    private static OptionalInt small(Map<String, String> texts, String key) {
        var value = whole(texts, key);
        if (value.isPresent() && value.get() != value.get().intValue()) {
            throw new IllegalArgumentException("%s is %d, which is too large".formatted(key, value.get()));
        }
        return value.map(v -> OptionalInt.of(v.intValue())).orElse(OptionalInt.empty());
    }

    private static OptionalDouble number(Map<String, String> texts, String key) {
        String text = texts.get(key);
        if (text == null) {
            return OptionalDouble.empty();
        }
        try {
            return OptionalDouble.of(Double.parseDouble(text.strip()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("%s is '%s', not a number".formatted(key, text), e);
        }
    }

    /**
     * Reads a size.
     *
     * @param text such as 64x32, or one side of a square
     * @throws IllegalArgumentException if it is something else
     */
    public static BatchJob.Area size(String text) {
        var match = SIZE.matcher(text.strip());
        if (!match.matches()) {
            throw new IllegalArgumentException("size is '%s', expected such as 64x64 or 512".formatted(text));
        }
        int width = Integer.parseInt(match.group(1));
        return new BatchJob.Area.Size(width, match.group(2) == null ? width : Integer.parseInt(match.group(2)));
    }
}
