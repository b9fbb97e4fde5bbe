package dev.nextstep.data.source;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataJson;
import dev.nextstep.image.PictureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A list of samples as JSON: one object on each line ({@code .jsonl}), or one list of objects ({@code .json}), as the
 * official builder takes it. The fields are those of {@link SampleSource}.
 *
 * @param file the list
 * @param options how to read it
 */
public record JsonList(Path file, SourceOptions options) implements SampleSource {
    @Override
    public void read(Receiver receiver) throws IOException {
        var assembly = new SampleAssembly(options);
        Path parent = file.toAbsolutePath().getParent();
        Path folder = parent == null ? file : parent;
        if (startsAsList()) {
            var json = DataJson.parseObject(
                    ("{\"list\":" + Files.readString(file) + "}").getBytes(StandardCharsets.UTF_8), file.toString());
            int number = 0;
            for (var element : json.get("list") instanceof List<?> list ? list : List.of()) {
                number++;
                take(receiver, assembly, folder, "entry " + number, number, () -> object(element));
            }
            return;
        }
        try (var lines = Files.newBufferedReader(file)) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String text = line;
                if (!text.isBlank()) {
                    take(
                            receiver,
                            assembly,
                            folder,
                            "line " + number,
                            number,
                            () -> DataJson.parseObject(text.getBytes(StandardCharsets.UTF_8), "this line"));
                }
            }
        }
    }

    private boolean startsAsList() throws IOException {
        try (var reader = Files.newBufferedReader(file)) {
            int c = reader.read();
            while (c == '\uFEFF' || Character.isWhitespace(c)) {
                c = reader.read();
            }
            return c == '[';
        }
    }

    private interface Parsing {
        Map<String, Object> parse();
    }

    private static Map<String, Object> object(Object element) {
        if (!(element instanceof Map<?, ?> map)) {
            throw new DataException("is no object");
        }
        var fields = new java.util.LinkedHashMap<String, Object>();
        map.forEach((k, v) -> fields.put(String.valueOf(k), v));
        return fields;
    }

    private void take(
            Receiver receiver, SampleAssembly assembly, Path folder, String where, int number, Parsing parsing)
            throws IOException {
        try {
            receiver.sample(new ListEntry(folder, parsing.parse()).sample(assembly, number));
        } catch (DataException | PictureException e) {
            receiver.problem(new SourceProblem(file + ", " + where, String.valueOf(e.getMessage())));
        }
    }
}
