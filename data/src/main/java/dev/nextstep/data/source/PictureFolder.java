package dev.nextstep.data.source;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataJson;
import dev.nextstep.image.PictureException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder of pictures and texts, with all folders in it:
 *
 * <ul>
 *   <li>{@code name.png} and {@code name.txt}: a captioned picture;
 *   <li>{@code name-0.png}, {@code name-1.png}, … and {@code name.txt}: an edit or an interleaved sample; the marks
 *       {@code <image_0>} … in the text say where the pictures stand, and an edit may do without them;
 *   <li>{@code name.txt} alone: a text.
 * </ul>
 *
 * <p>Instead of {@code name.txt} there may be {@code name.json} with {@code caption} and further fields. Pictures are PNG,
 * JPEG, WebP, GIF and BMP; other files, and those whose name begins with a dot, are passed over.
 *
 * @param folder the folder
 * @param options how to read it
 */
public record PictureFolder(Path folder, SourceOptions options) implements SampleSource {
    private static final Set<String> PICTURES = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp");
    private static final Set<String> TEXTS = Set.of("txt", "json");
    private static final Pattern NUMBERED = Pattern.compile("(.+)-(\\d{1,6})");
    private static final long MAX_TEXT = 16 << 20;

    /** Files of one sample. */
    private static final class Group {
        private final TreeMap<Integer, Path> pictures = new TreeMap<>();
        private @Nullable Path text;
        private @Nullable Path doubled;
    }

    @Override
    public void read(Receiver receiver) throws IOException {
        var assembly = new SampleAssembly(options);
        for (var entry : groups().entrySet()) {
            var group = entry.getValue();
            String where = folder.resolve(entry.getKey()).toString();
            try {
                receiver.sample(sample(assembly, entry.getKey(), group));
            } catch (DataException | PictureException e) {
                receiver.problem(new SourceProblem(where, String.valueOf(e.getMessage())));
            }
        }
    }

    private dev.nextstep.data.Sample sample(SampleAssembly assembly, String name, Group group) throws IOException {
        if (group.doubled != null) {
            throw new DataException("'%s' gives the same thing a second time".formatted(group.doubled.getFileName()));
        }
        Path text = group.text;
        if (text == null) {
            throw new DataException("has no caption; write it into %s.txt".formatted(name));
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        String caption;
        if (text.toString().toLowerCase(Locale.ROOT).endsWith(".json")) {
            fields.putAll(DataJson.readObject(text));
            if (!(fields.remove("caption") instanceof String given)) {
                throw new DataException(text.getFileName() + " has no text for 'caption'");
            }
            caption = given;
        } else {
            caption = utf8(text).strip();
        }
        return assembly.make(name, Optional.empty(), caption, List.copyOf(group.pictures.values()), fields);
    }

    private static String utf8(Path file) throws IOException {
        if (Files.size(file) > MAX_TEXT) {
            throw new DataException(
                    "%s has more than %d bytes; that is no caption".formatted(file.getFileName(), MAX_TEXT));
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new DataException(file.getFileName() + " is not in UTF-8", e);
        }
    }

    private TreeMap<String, Group> groups() throws IOException {
        var files = new ArrayList<Path>();
        try (var all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).forEach(files::add);
        }
        files.sort(null);
        var groups = new TreeMap<String, Group>();
        var withText = new java.util.HashSet<String>();
        for (Path file : files) {
            if (TEXTS.contains(ending(file))) {
                withText.add(stem(file));
            }
        }
        for (Path file : files) {
            String ending = ending(file);
            String stem = stem(file);
            if (file.getFileName().toString().startsWith(".") || stem.isEmpty()) {
                continue;
            }
            if (TEXTS.contains(ending)) {
                var group = groups.computeIfAbsent(stem, _ -> new Group());
                group.doubled = group.text == null ? group.doubled : file;
                group.text = file;
            } else if (PICTURES.contains(ending)) {
                var numbered = NUMBERED.matcher(stem);
                // photo-2.png beside photo-2.txt is a picture of its own, not the third of "photo".
                boolean part = !withText.contains(stem) && numbered.matches() && withText.contains(numbered.group(1));
                var group = groups.computeIfAbsent(part ? numbered.group(1) : stem, _ -> new Group());
                int number = part ? Integer.parseInt(numbered.group(2)) : -1;
                if (group.pictures.putIfAbsent(number, file) != null) {
                    group.doubled = file;
                }
            }
        }
        return groups;
    }

    private static String ending(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** The path below the folder, without ending, with forward slashes. */
    private String stem(Path file) {
        String path = folder.relativize(file).toString().replace('\\', '/');
        int dot = path.lastIndexOf('.');
        return dot <= path.lastIndexOf('/') ? "" : path.substring(0, dot);
    }
}
