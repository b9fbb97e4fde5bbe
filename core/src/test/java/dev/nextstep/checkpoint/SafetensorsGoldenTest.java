package dev.nextstep.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import dev.nextstep.testing.Golden;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Good, odd and damaged safetensors files and index files: accepted with the exact values, or refused in one line. */
class SafetensorsGoldenTest {

    @TestFactory
    Stream<DynamicTest> everyFileIsAcceptedOrRefusedAsWanted() {
        var folder = Golden.folder("image/safetensors-bad");
        var cases = Golden.json(folder.resolve("index.json")).get("files");
        assertThat(cases).isNotEmpty();
        return cases.valueStream()
                .map(c -> DynamicTest.dynamicTest(
                        c.get("file").asText(),
                        () -> check(folder.resolve(c.get("file").asText()), c)));
    }

    private static void check(Path file, JsonNode wanted) {
        switch (wanted.get("expect").asText()) {
            case "accept", "accept_preferred" -> accept(file, wanted);
            case "refuse" -> assertRefusal(file);
            case "either" -> {
                if (file.toFile().exists() && opens(file)) {
                    accept(file, wanted);
                } else {
                    assertRefusal(file);
                }
            }
            default -> throw new AssertionError("unknown outcome: " + wanted);
        }
    }

    private static boolean opens(Path file) {
        try {
            open(file).close();
            return true;
        } catch (CheckpointException e) {
            return false;
        }
    }

    private static void assertRefusal(Path file) {
        assertThatThrownBy(() -> open(file).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining(file.resolveSibling("").toString())
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n").hasSizeLessThan(700));
    }

    private interface Opened extends TensorSource, AutoCloseable {
        @Override
        void close();
    }

    private static Opened open(Path file) {
        var index = file.toString().endsWith(".json");
        var source = index ? ShardedSafetensors.open(file) : Safetensors.open(file);
        return new Opened() {
            @Override
            public String origin() {
                return source.origin();
            }

            @Override
            public Set<String> names() {
                return source.names();
            }

            @Override
            public Optional<Tensor> find(String name) {
                return source.find(name);
            }

            @Override
            public void close() {
                if (source instanceof Safetensors single) {
                    single.close();
                } else if (source instanceof ShardedSafetensors sharded) {
                    sharded.close();
                }
            }
        };
    }

    private static void accept(Path file, JsonNode wanted) {
        try (var source = open(file)) {
            if (wanted.has("values")) {
                var names = new HashSet<String>();
                wanted.get("values").fieldNames().forEachRemaining(names::add);
                assertThat(source.names()).isEqualTo(names);
                for (var name : names) {
                    assertValues(
                            source.find(name).orElseThrow(),
                            wanted.get("values").get(name));
                }
            }
            if (wanted.has("shapes")) {
                wanted.get("shapes").properties().forEach(e -> {
                    var shape = e.getValue().valueStream().map(JsonNode::asLong).toList();
                    assertThat(source.find(e.getKey()).orElseThrow().shape()).isEqualTo(shape);
                });
            }
        }
        if (wanted.has("metadata")) {
            var metadata = new HashMap<String, String>();
            wanted.get("metadata")
                    .properties()
                    .forEach(e -> metadata.put(e.getKey(), e.getValue().asText()));
            try (var source = Safetensors.open(file)) {
                assertThat(source.metadata()).isEqualTo(metadata);
            }
        }
    }

    private static void assertValues(Tensor tensor, JsonNode values) {
        assertThat(tensor.elements()).isEqualTo(values.size());
        for (int i = 0; i < values.size(); i++) {
            var value = values.get(i);
            var actual = Elements.exact(tensor, i);
            var where = tensor + "[" + i + "]";
            if (actual instanceof Double d) {
                double wanted = switch (value.asText()) {
                    case "nan" -> Double.NaN;
                    case "inf" -> Double.POSITIVE_INFINITY;
                    case "-inf" -> Double.NEGATIVE_INFINITY;
                    default -> value.doubleValue();
                };
                assertThat(d).as(where).isEqualTo(Double.valueOf(wanted));
            } else if (actual instanceof BigInteger n) {
                assertThat(n).as(where).isEqualTo(new BigDecimal(value.asText()).toBigIntegerExact());
            } else {
                assertThat(actual).as(where).isEqualTo(value.asBoolean());
            }
        }
    }
}
