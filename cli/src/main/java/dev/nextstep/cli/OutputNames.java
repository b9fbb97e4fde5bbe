package dev.nextstep.cli;

import dev.nextstep.image.PictureException;
import dev.nextstep.image.PictureFormat;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names of the pictures of one command. A template is expanded for each picture; pictures that would get the same name
 * are numbered -1, -2, …; a name that is taken on disk gives way to the next free number, unless it was asked for exactly
 * or by force.
 */
final class OutputNames {
    private static final Pattern FIELD = Pattern.compile("\\{([^{}]*)}");
    private static final int SLUG_CODE_POINTS = 50;
    private static final int SLUG_BYTES = 120;

    /** Whether files that are there may be replaced. */
    enum Existing {
        /** Never: the next free number is taken. */
        KEEP,
        /** They are. */
        REPLACE
    }

    /**
     * What a picture can be named after.
     *
     * @param prompt as given
     * @param seed of its request
     * @param index in its request
     * @param model id of the model
     * @param width in pixels
     * @param height in pixels
     */
    record Fields(String prompt, long seed, int index, String model, int width, int height) {}

    private final String template;
    private final PictureFormat format;
    private final Existing existing;
    /** For a single picture of an exact name. */
    private final Existing existingOfOne;

    private final LocalDateTime now;
    private final Map<Path, Integer> numbers = new HashMap<>();
    private boolean numbered;

    private OutputNames(
            String template, PictureFormat format, Existing existing, Existing existingOfOne, LocalDateTime now) {
        this.template = template;
        this.format = format;
        this.existing = existing;
        this.existingOfOne = existingOfOne;
        this.now = now;
    }

    /**
     * Reads what was asked for.
     *
     * @param wanted the template, a folder, or null for the default name
     * @param defaultName name without ending
     * @param format null for that of the name's ending, PNG without one
     * @throws IllegalArgumentException if the template has an unknown field or contradicts the format
     */
    static OutputNames of(
            @Nullable String wanted,
            String defaultName,
            @Nullable PictureFormat format,
            Existing existing,
            LocalDateTime now) {
        String template = wanted == null ? defaultName : wanted;
        if (wanted != null && (wanted.endsWith("/") || Files.isDirectory(Path.of(wanted)))) {
            template = Path.of(wanted).resolve(defaultName).toString();
        }
        boolean exact = wanted != null
                && template.equals(wanted)
                && !FIELD.matcher(template).find();
        var named = ending(template);
        if (named != null && format != null && named != format) {
            throw new IllegalArgumentException(
                    "--out %s and --format %s contradict each other".formatted(template, format.ending()));
        }
        var chosen = named != null ? named : format != null ? format : PictureFormat.PNG;
        if (named == null) {
            if (format == null && template.matches(".*\\.[A-Za-z]{2,4}")) {
                PictureFormat.ofFileName(Path.of(template)); // says which endings there are
            }
            template += "." + chosen.ending();
        }
        var names = new OutputNames(template, chosen, existing, exact ? Existing.REPLACE : existing, now);
        names.expand(new Fields("", 0, 0, "", 1, 1)); // an unknown field shows now
        return names;
    }

    private static @Nullable PictureFormat ending(String template) {
        try {
            return PictureFormat.ofFileName(Path.of(template));
        } catch (PictureException none) {
            return null;
        }
    }

    /** The format of all pictures. */
    PictureFormat format() {
        return format;
    }

    /** Names of the pictures to come, to find out which must be numbered. Returns the folders they lie in. */
    Set<Path> plan(List<Fields> pictures) {
        var names = new HashSet<Path>();
        var folders = new HashSet<Path>();
        for (var picture : pictures) {
            var name = expand(picture);
            numbered |= !names.add(name);
            var folder = name.toAbsolutePath().getParent();
            if (folder != null) {
                folders.add(folder);
            }
        }
        return folders;
    }

    /** Whether one of the planned pictures would replace that file. */
    boolean replaces(Path file, List<Fields> pictures) {
        return existingOfOne == Existing.REPLACE
                && !numbered
                && pictures.stream().anyMatch(p -> same(expand(p), file));
    }

    private static boolean same(Path a, Path b) {
        try {
            return Files.isSameFile(a, b);
        } catch (java.io.IOException absent) {
            return false;
        }
    }

    /** The name of the next picture, decided now. */
    Path next(Fields picture) {
        var base = expand(picture);
        if (!numbered && (existingOfOne == Existing.REPLACE || isFree(base))) {
            return base;
        }
        int number = numbers.getOrDefault(base, numbered ? 0 : 1);
        Path name;
        do {
            name = withNumber(base, ++number);
        } while (existing == Existing.KEEP && !isFree(name));
        numbers.put(base, number);
        return name;
    }

    private static boolean isFree(Path file) {
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    private static Path withNumber(Path file, int number) {
        String name = String.valueOf(file.getFileName());
        int dot = name.lastIndexOf('.');
        return file.resolveSibling(name.substring(0, dot) + "-" + number + name.substring(dot));
    }

    private Path expand(Fields picture) {
        var values = new TreeMap<String, String>();
        values.put("prompt", slug(picture.prompt));
        values.put("seed", String.valueOf(picture.seed));
        values.put("index", String.valueOf(picture.index));
        values.put("model", slug(picture.model.substring(picture.model.lastIndexOf('/') + 1)));
        values.put("date", now.format(DateTimeFormatter.ofPattern("uuuu-MM-dd")));
        values.put("time", now.format(DateTimeFormatter.ofPattern("HH-mm-ss")));
        values.put("width", String.valueOf(picture.width));
        values.put("height", String.valueOf(picture.height));
        return Path.of(FIELD.matcher(template).replaceAll(match -> {
            var value = values.get(match.group(1));
            if (value == null) {
                throw new IllegalArgumentException("--out: there is no field {%s}; there are {%s}"
                        .formatted(match.group(1), String.join("}, {", values.keySet())));
            }
            return java.util.regex.Matcher.quoteReplacement(value);
        }));
    }

    /** A text as a part of a file name: letters and digits of any alphabet, lower case, the rest as single dashes. */
    static String slug(String text) {
        var slug = new StringBuilder();
        var plain = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(java.util.Locale.ROOT);
        for (int c : plain.codePoints().limit(10_000).toArray()) {
            boolean kept = Character.isLetterOrDigit(c)
                    || Character.getType(c) == Character.OTHER_SYMBOL
                    || Character.getType(c) == Character.NON_SPACING_MARK;
            boolean dash = !slug.isEmpty() && slug.charAt(slug.length() - 1) == '-';
            if (kept || (!dash && !slug.isEmpty())) {
                slug.appendCodePoint(kept ? c : '-');
            }
            if (slug.codePointCount(0, slug.length()) >= SLUG_CODE_POINTS
                    || slug.toString().getBytes(StandardCharsets.UTF_8).length >= SLUG_BYTES) {
                break;
            }
        }
        var result = slug.toString().replaceAll("-+$", "");
        return result.isEmpty() ? "picture" : result;
    }
}
