package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** Damaged copies of the model that comes with the program. What is not damaged is linked. */
final class BadModels {
    private static final String WEIGHTS = "model.safetensors";
    private static final ObjectMapper JSON = new ObjectMapper();

    private BadModels() {}

    /** What happens to one file. */
    interface Damage {
        void to(Path file) throws IOException;
    }

    /** What happens to the header of the weights. */
    interface HeaderDamage {
        void to(ObjectNode header);
    }

    /** A model in {@code folder}/model, one of whose files is a damaged copy. */
    static Path with(Path folder, String file, Damage damage) throws IOException {
        Path model = Files.createDirectory(folder.resolve("model"));
        link(Cli.MODEL, model, file);
        if (file.startsWith("vae/")) {
            Files.delete(model.resolve("vae"));
            link(Cli.MODEL.resolve("vae"), Files.createDirectory(model.resolve("vae")), file.substring(4));
        }
        Path copy = model.resolve(file);
        Files.copy(Cli.MODEL.resolve(file), copy);
        damage.to(copy);
        return model;
    }

    private static void link(Path from, Path to, String except) throws IOException {
        try (var files = Files.list(from)) {
            for (var file : files.toList()) {
                if (!file.getFileName().toString().equals(except)) {
                    Files.createSymbolicLink(to.resolve(file.getFileName()), file);
                }
            }
        }
    }

    static Path without(Path folder, String file) throws IOException {
        return with(folder, file, Files::delete);
    }

    static Path text(Path folder, String file, UnaryOperator<String> change) throws IOException {
        return with(folder, file, f -> {
            String before = Files.readString(f);
            String after = change.apply(before);
            if (after.equals(before)) {
                throw new IllegalStateException(file + " does not hold what should be damaged");
            }
            Files.writeString(f, after);
        });
    }

    /** A configuration with another value. */
    static Path config(Path folder, String key, String value) throws IOException {
        return text(
                folder, "config.json", s -> s.replaceFirst("\"" + key + "\" *: [^,\n]+", "\"" + key + "\": " + value));
    }

    static Path truncated(Path folder, String file) throws IOException {
        return with(folder, file, BadModels::halve);
    }

    static void halve(Path file) throws IOException {
        try (var channel = FileChannel.open(file, java.nio.file.StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 2);
        }
    }

    /** Weights whose header is changed to one of the same length. */
    static Path header(Path folder, HeaderDamage damage) throws IOException {
        return with(folder, WEIGHTS, file -> {
            try (var access = new RandomAccessFile(file.toFile(), "rw")) {
                byte[] old = headerBytes(access);
                var tree = (ObjectNode) JSON.readTree(old);
                damage.to(tree);
                byte[] changed = JSON.writeValueAsBytes(tree);
                if (changed.length > old.length) {
                    throw new IllegalStateException("the header has no room");
                }
                access.seek(8);
                access.write((new String(changed, UTF_8) + " ".repeat(old.length - changed.length)).getBytes(UTF_8));
            }
        });
    }

    private static byte[] headerBytes(RandomAccessFile access) throws IOException {
        var length = new byte[8];
        access.seek(0);
        access.readFully(length);
        var header = new byte
                [Math.toIntExact(
                        ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong())];
        access.readFully(header);
        return header;
    }

    /** Weights whose length of the header is 2⁶². */
    static Path endlessHeader(Path folder) throws IOException {
        return with(folder, WEIGHTS, file -> {
            try (var access = new RandomAccessFile(file.toFile(), "rw")) {
                access.seek(7);
                access.write(0x40);
            }
        });
    }

    /** Weights in which the first value of a tensor has these bits. */
    static Path firstValue(Path folder, String tensor, int halfBits) throws IOException {
        return with(folder, WEIGHTS, file -> setFirstValue(file, tensor, halfBits));
    }

    /** An image tokenizer in which the first value of a tensor has these bits. */
    static Path firstValueOfImageTokenizer(Path folder, String tensor, int halfBits) throws IOException {
        Path model = without(folder, "vae/checkpoint.pt");
        Path weights = model.resolve("vae/checkpoint.safetensors");
        String pickle = Cli.MODEL.resolve("vae/checkpoint.pt").toString();
        require(Cli.run("convert", pickle, weights.toString(), "--type", "fp16"));
        setFirstValue(weights, tensor, halfBits);
        return model;
    }

    private static void setFirstValue(Path file, String tensor, int halfBits) throws IOException {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] header = headerBytes(access);
            var offsets = JSON.readTree(header).get(tensor).get("data_offsets");
            access.seek(8 + header.length + offsets.get(0).asLong());
            access.write(halfBits & 0xFF);
            access.write(halfBits >> 8);
        }
    }

    private static void require(Cli.Result made) {
        if (made.code() != 0) {
            throw new IllegalStateException(made.err());
        }
    }

    /** The model in shards, one of which suffers. */
    static Path sharded(Path folder, Damage damage) throws IOException {
        Path model = folder.resolve("model");
        require(Cli.run("convert", Cli.MODEL.toString(), model.toString(), "--shard-size", "4MB"));
        try (var files = Files.list(model)) {
            damage.to(files.filter(f -> f.getFileName().toString().startsWith("model-00002"))
                    .findFirst()
                    .orElseThrow());
        }
        return model;
    }
}
