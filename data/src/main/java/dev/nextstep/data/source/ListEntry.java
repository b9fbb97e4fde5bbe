package dev.nextstep.data.source;

import dev.nextstep.data.DataException;
import dev.nextstep.data.ImageTags;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One entry of a list, be it CSV or JSON; {@link SampleSource} names the fields. */
final class ListEntry {
    private static final List<String> CAPTIONS = List.of("caption", "text", "prompt", "instruction");
    private static final List<String> PICTURES = List.of("image", "file_name", "picture");
    private static final List<String> SEVERAL = List.of("images", "pictures");
    private static final Set<String> EDIT = Set.of("input_image", "output_image", "input_description");

    private final Path folder;
    private final Map<String, Object> fields;

    ListEntry(Path folder, Map<String, Object> fields) {
        this.folder = folder;
        this.fields = new LinkedHashMap<>(fields);
    }

    Sample sample(SampleAssembly assembly, int number) throws IOException {
        String caption = take(CAPTIONS).map(String::valueOf).orElse("");
        Optional<SampleKind> kind = take(List.of("kind")).map(ListEntry::kind);
        var pictures = new ArrayList<Path>();
        for (var file : paths()) {
            pictures.add(path(file));
        }
        @Nullable Object input = fields.get("input_image");
        @Nullable Object output = fields.get("output_image");
        if (input != null || output != null) {
            if (input == null || output == null) {
                throw new DataException("an edit needs both input_image and output_image");
            }
            pictures.add(path(String.valueOf(input)));
            pictures.add(path(String.valueOf(output)));
            String marked = ImageTags.of(0) + caption + ImageTags.of(1);
            if (fields.get("input_description") instanceof String description && !description.isBlank()) {
                fields.put("caption_all", Map.of("subject_driven", description + marked));
            }
            caption = ImageTags.numbers(caption).isEmpty() ? marked : caption;
            kind = Optional.of(SampleKind.EDIT);
            fields.keySet().removeAll(EDIT);
        }
        String name = take(List.of("key", "id"))
                .map(String::valueOf)
                .orElseGet(() -> pictures.isEmpty() ? "line" + number : withoutEnding(pictures.getLast()));
        fields.values().removeIf(value -> value instanceof String text && text.isEmpty());
        return assembly.make(name, kind, caption, pictures, fields);
    }

    private static SampleKind kind(Object value) {
        try {
            return SampleKind.of(String.valueOf(value));
        } catch (IllegalArgumentException e) {
            throw new DataException(String.valueOf(e.getMessage()), e);
        }
    }

    /** The first of these fields that is there and not empty; all of that name are gone afterwards only if taken. */
    private Optional<Object> take(List<String> names) {
        for (String name : names) {
            @Nullable Object value = fields.get(name);
            if (value != null && !value.equals("")) {
                fields.remove(name);
                return Optional.of(value);
            }
        }
        return Optional.empty();
    }

    private List<String> paths() {
        var several = take(SEVERAL);
        if (several.isPresent()) {
            return switch (several.get()) {
                case List<?> list -> list.stream().map(String::valueOf).toList();
                case Object text ->
                    List.of(String.valueOf(text).split(";", -1)).stream()
                            .map(String::strip)
                            .filter(p -> !p.isEmpty())
                            .toList();
            };
        }
        return take(PICTURES).map(p -> List.of(String.valueOf(p))).orElse(List.of());
    }

    private Path path(String text) {
        try {
            return folder.resolve(text.strip());
        } catch (InvalidPathException e) {
            throw new DataException("'" + text + "' is no path", e);
        }
    }

    private String withoutEnding(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path base = folder.toAbsolutePath().normalize();
        String path = absolute.startsWith(base)
                ? base.relativize(absolute).toString().replace('\\', '/')
                : String.valueOf(file.getFileName());
        int dot = path.lastIndexOf('.');
        return dot <= path.lastIndexOf('/') ? path : path.substring(0, dot);
    }
}
