package dev.nextstep.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Float tensors of a small safetensors file. */
record TestTensors(Map<String, float[]> values, Map<String, int[]> shapes) {
    float[] floats(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    int[] shape(String name) {
        return Objects.requireNonNull(shapes.get(name), name);
    }

    static TestTensors read(Path file) {
        try {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
            int header = (int) in.getLong(0);
            JsonNode names = new ObjectMapper().readTree(in.array(), 8, header);
            Map<String, float[]> values = new TreeMap<>();
            Map<String, int[]> shapes = new TreeMap<>();
            for (var entry : names.properties()) {
                if (entry.getKey().equals("__metadata__")) {
                    continue;
                }
                JsonNode shapeNode = entry.getValue().get("shape");
                int[] shape = new int[shapeNode.size()];
                for (int i = 0; i < shape.length; i++) {
                    shape[i] = shapeNode.get(i).asInt();
                }
                int from = entry.getValue().get("data_offsets").get(0).asInt();
                int to = entry.getValue().get("data_offsets").get(1).asInt();
                float[] data = new float[(to - from) / 4];
                in.slice(8 + header + from, to - from)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(data);
                values.put(entry.getKey(), data);
                shapes.put(entry.getKey(), shape);
            }
            return new TestTensors(values, shapes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
