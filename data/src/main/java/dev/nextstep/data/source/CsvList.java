package dev.nextstep.data.source;

import dev.nextstep.data.DataException;
import dev.nextstep.image.PictureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A list of samples as CSV in UTF-8, with names in its first line. The fields are those of {@link SampleSource}; a field that looks
 * like a number becomes one.
 *
 * @param file the list
 * @param options how to read it
 */
public record CsvList(Path file, SourceOptions options) implements SampleSource {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,15})?");
    private static final List<String> TEXTS = List.of("caption", "text", "prompt", "instruction", "key", "id");

    @Override
    public void read(Receiver receiver) throws IOException {
        var assembly = new SampleAssembly(options);
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? file : parent;
        try (var reader = Files.newBufferedReader(file)) {
            var csv = new CsvReader(reader);
            var head = csv.next().orElseThrow(() -> DataException.of(file, "is empty"));
            for (var record = csv.next(); record.isPresent(); record = csv.next()) {
                var values = record.get();
                if (values.size() == 1 && values.getFirst().isBlank()) {
                    continue;
                }
                String where = "%s, line %d".formatted(file, csv.line());
                if (values.size() != head.size()) {
                    receiver.problem(new SourceProblem(
                            where, "has %d fields, the first line names %d".formatted(values.size(), head.size())));
                    continue;
                }
                var fields = new LinkedHashMap<String, Object>();
                for (int i = 0; i < head.size(); i++) {
                    String name = head.get(i).strip();
                    fields.put(name, value(name, values.get(i)));
                }
                try {
                    receiver.sample(new ListEntry(folder, fields).sample(assembly, csv.line()));
                } catch (DataException | PictureException e) {
                    receiver.problem(new SourceProblem(where, String.valueOf(e.getMessage())));
                }
            }
        }
    }

    private static Object value(String name, String text) {
        if (TEXTS.contains(name) || !NUMBER.matcher(text).matches()) {
            return text;
        }
        return text.contains(".") ? (Object) Double.parseDouble(text) : (Object) Long.parseLong(text);
    }
}
