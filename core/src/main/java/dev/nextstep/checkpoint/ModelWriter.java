package dev.nextstep.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.nextstep.tensor.Tensor;
import dev.nextstep.tensor.TensorSource;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes model directories in the layout that {@link ModelDirectory} reads and other programs know: {@code config.json},
 * {@code model.safetensors} or shards with an index, tokenizer files, {@code vae/config.json} and
 * {@code vae/checkpoint.safetensors}. Tensors are streamed from their source to the files.
 *
 * <p>Everything is written to a directory beside the target, forced to disk and renamed. A directory that is replaced is
 * moved aside just before the rename and deleted after it; a crash in between leaves it under a name that begins with a
 * dot and the target's name.
 */
public final class ModelWriter {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final Map<String, String> METADATA = Map.of("format", "pt");

    private ModelWriter() {}

    /**
     * How a model is written.
     *
     * @param weights type of language model, projectors and head
     * @param vaeWeights type of the image tokenizer
     * @param maxShardBytes a file of more bytes of data than this is split, unless it is a single tensor; at least 1
     */
    public record Options(WeightType weights, WeightType vaeWeights, long maxShardBytes) {
        public Options {
            if (maxShardBytes < 1) {
                throw new IllegalArgumentException("maxShardBytes is " + maxShardBytes + ", expected at least 1");
            }
        }

        /** Types as they are, shards of 5 GB as the reference's converter makes them (spec §2.4). */
        public static Options standard() {
            return new Options(WeightType.AS_IS, WeightType.AS_IS, 5_000_000_000L);
        }
    }

    /**
     * Writes a model directory. {@code config.json} keeps every key; {@code vae_name_or_path} becomes {@code vae/} and
     * {@code torch_dtype} follows the weights.
     *
     * @param target the directory; its parent must exist
     * @throws CheckpointException if the target exists and must not be replaced, if what should be replaced is not a
     *     model directory, or if writing fails
     */
    public static void write(Path target, ModelContents contents, Options options, IfExists ifExists) {
        write(target, contents, options, ifExists, WriteProgress.NONE);
    }

    /**
     * Writes a model directory whose weights stay as they are, in {@value ModelDirectory#GGUF}: for those in block formats,
     * which safetensors files cannot hold. {@link ModelQuantizer} is what makes such weights of others.
     *
     * @throws CheckpointException as {@link #write(Path, ModelContents, Options, IfExists)}
     */
    public static void writeGguf(
            Path target, ModelContents contents, WeightType vaeWeights, IfExists ifExists, WriteProgress progress) {
        refuseForeign(target, ifExists);
        var tensors = tensors(contents.tensors());
        long total = SafetensorsWriter.bytes(tensors, WeightType.AS_IS)
                + SafetensorsWriter.bytes(tensors(contents.vaeTensors()), vaeWeights);
        var meter = new WriteMeter(progress, total);
        AtomicFiles.write(target, ifExists, directory -> {
            Files.createDirectory(directory);
            writeConfig(directory, target, contents, Options.standard());
            GgufWriter.writeTo(directory.resolve(ModelDirectory.GGUF), tensors, GgufMetadata.of(target), meter);
            writeAround(directory, contents, vaeWeights, meter);
        });
    }

    /** Fails if something is to be replaced that is no model. */
    static void refuseForeign(Path target, IfExists ifExists) {
        boolean foreign =
                ifExists == IfExists.REPLACE && Files.exists(target) && !Files.exists(target.resolve("config.json"));
        if (foreign) {
            throw CheckpointException.of(target, "exists and is not a model directory, so it is not replaced");
        }
    }

    /** Like the other {@code write}, with somebody who follows it. */
    public static void write(
            Path target, ModelContents contents, Options options, IfExists ifExists, WriteProgress progress) {
        refuseForeign(target, ifExists);
        long total = SafetensorsWriter.bytes(tensors(contents.tensors()), options.weights())
                + SafetensorsWriter.bytes(tensors(contents.vaeTensors()), options.vaeWeights());
        var meter = new WriteMeter(progress, total);
        AtomicFiles.write(target, ifExists, directory -> {
            Files.createDirectory(directory);
            writeConfig(directory, target, contents, options);
            writeShards(directory, contents.tensors(), options, meter);
            writeAround(directory, contents, options.vaeWeights(), meter);
        });
    }

    /** All but language model, projectors and head, to a directory that nobody else sees yet. */
    static void writeOthers(Path directory, ModelContents contents, WeightType vaeWeights) throws IOException {
        writeConfig(directory, directory, contents, Options.standard());
        long bytes = SafetensorsWriter.bytes(tensors(contents.vaeTensors()), vaeWeights);
        writeAround(directory, contents, vaeWeights, new WriteMeter(WriteProgress.NONE, bytes));
    }

    private static void writeAround(Path directory, ModelContents contents, WeightType vaeWeights, WriteMeter meter)
            throws IOException {
        for (var file : contents.otherFiles()) {
            AtomicFiles.copy(file, directory.resolve(file.getFileName()));
        }
        var vae = Files.createDirectory(directory.resolve("vae"));
        AtomicFiles.writeText(vae.resolve("config.json"), contents.vaeConfig().toJson());
        SafetensorsWriter.writeTo(
                vae.resolve("checkpoint.safetensors"), tensors(contents.vaeTensors()), METADATA, vaeWeights, meter);
        AtomicFiles.force(vae);
        AtomicFiles.force(directory);
    }

    private static List<Tensor> tensors(TensorSource source) {
        return source.names().stream().map(n -> source.find(n).orElseThrow()).toList();
    }

    private static void writeConfig(Path directory, Path target, ModelContents contents, Options options)
            throws IOException {
        var changes = new LinkedHashMap<String, String>();
        changes.put("vae_name_or_path", "vae/");
        options.weights().torchName().ifPresent(name -> changes.put("torch_dtype", name));
        var text = withStrings(contents.configJson(), changes);
        ModelConfig.parse(target.resolve("config.json"), text);
        AtomicFiles.writeText(directory.resolve("config.json"), text);
    }

    /** A JSON object with some of its members set to strings; everything else keeps its place and spelling. */
    static String withStrings(String json, Map<String, String> changes) throws IOException {
        var left = new LinkedHashMap<>(changes);
        var text = new StringWriter();
        try (var parser = FACTORY.createParser(json);
                var out = FACTORY.createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            int depth = 0;
            for (var token = parser.nextToken(); token != null; token = parser.nextToken()) {
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                boolean changed = token == JsonToken.FIELD_NAME && depth == 1 && left.containsKey(parser.currentName());
                if (changed) {
                    String name = parser.currentName();
                    out.writeStringField(name, left.remove(name));
                    parser.nextToken();
                    parser.skipChildren();
                } else {
                    if (depth == 0) {
                        for (var entry : left.entrySet()) {
                            out.writeStringField(entry.getKey(), entry.getValue());
                        }
                    }
                    copy(parser, token, out);
                }
            }
        }
        return text.append('\n').toString();
    }

    // Numbers as text: 1e-05 must not become something else.
    private static void copy(JsonParser parser, JsonToken token, JsonGenerator out) throws IOException {
        if (token.isNumeric()) {
            out.writeNumber(parser.getText());
        } else {
            out.copyCurrentEvent(parser);
        }
    }

    private static void writeShards(Path directory, TensorSource source, Options options, WriteMeter meter)
            throws IOException {
        var shards = new ArrayList<List<Tensor>>();
        long total = 0;
        long inShard = 0;
        for (var tensor : tensors(source)) {
            long bytes = options.weights().of(tensor.type()).bytes(tensor.elements());
            if (shards.isEmpty() || (inShard > 0 && inShard + bytes > options.maxShardBytes())) {
                shards.add(new ArrayList<>());
                inShard = 0;
            }
            shards.getLast().add(tensor);
            inShard += bytes;
            total += bytes;
        }
        if (shards.size() <= 1) {
            var all = shards.isEmpty() ? List.<Tensor>of() : shards.getFirst();
            SafetensorsWriter.writeTo(directory.resolve("model.safetensors"), all, METADATA, options.weights(), meter);
            return;
        }
        var places = new LinkedHashMap<String, String>();
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafetensorsWriter.writeTo(directory.resolve(name), shards.get(i), METADATA, options.weights(), meter);
            shards.get(i).forEach(t -> places.put(t.name(), name));
        }
        AtomicFiles.writeText(directory.resolve("model.safetensors.index.json"), index(total, places));
    }

    private static String index(long total, Map<String, String> places) throws IOException {
        var text = new StringWriter();
        try (var out = FACTORY.createGenerator(text)) {
            out.setPrettyPrinter(new DefaultPrettyPrinter());
            out.writeStartObject();
            out.writeObjectFieldStart("metadata");
            out.writeNumberField("total_size", total);
            out.writeEndObject();
            out.writeObjectFieldStart("weight_map");
            for (var entry : places.entrySet()) {
                out.writeStringField(entry.getKey(), entry.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        }
        return text.append('\n').toString();
    }
}
