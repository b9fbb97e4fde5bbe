package dev.nextstep.data.shard;

import dev.nextstep.data.DataException;
import dev.nextstep.data.DataJson;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.SampleRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One shard, open for reading its samples in any order. Opening reads the headers; samples are read when asked for, and
 * their pictures are not decoded. Nothing outside of an entry's bounds is ever read.
 *
 * <p>Thread-safe.
 */
public final class ShardReader implements AutoCloseable {
    private static final int MAX_ENTRY = 1 << 29;

    private final Path file;
    private final SampleKind kind;
    private final FileChannel channel;
    private final List<SampleEntries> samples;
    private final List<Damage> damage;

    private ShardReader(
            Path file, SampleKind kind, FileChannel channel, List<SampleEntries> samples, List<Damage> damage) {
        this.file = file;
        this.kind = kind;
        this.channel = channel;
        this.samples = samples;
        this.damage = damage;
    }

    /**
     * Opens a shard. A damaged one opens too, with what can be found in it; see {@link #damage}.
     *
     * @param kind kind of its samples
     * @throws IOException if the file is missing or cannot be read
     */
    public static ShardReader open(Path file, SampleKind kind) throws IOException {
        var channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            var found = TarScanner.scan(file, channel);
            var damage = new ArrayList<>(found.damage());
            var samples = SampleEntries.group(file, found.entries(), damage);
            return new ShardReader(file, kind, channel, samples, List.copyOf(damage));
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The file. */
    public Path file() {
        return file;
    }

    /** Number of samples, readable or not. */
    public int size() {
        return samples.size();
    }

    /** Damage that opening found. */
    public List<Damage> damage() {
        return damage;
    }

    /** Key of a sample. */
    public String key(int index) {
        return samples.get(index).key();
    }

    /**
     * Reads a sample.
     *
     * @param index 0 to {@link #size} − 1
     * @param damaged told why, if the sample cannot be used
     * @return the sample, or empty if it is damaged
     */
    public Optional<Sample> read(int index, DamageReport damaged) {
        var entries = samples.get(index);
        try {
            var sample = sample(entries);
            var problem = SampleRules.problem(sample);
            if (problem.isEmpty()) {
                return Optional.of(sample);
            }
            damaged.add(new Damage(Damage.Reason.BAD_SAMPLE, file, entries.key(), problem.get()));
        } catch (NoCaptionException e) {
            damaged.add(new Damage(
                    Damage.Reason.NO_CAPTION, file, entries.key(), "it has neither a .json nor a .txt file"));
        } catch (DataException | CharacterCodingException e) {
            damaged.add(new Damage(Damage.Reason.BAD_JSON, file, entries.key(), String.valueOf(e.getMessage())));
        } catch (IOException e) {
            damaged.add(new Damage(Damage.Reason.TRUNCATED, file, entries.key(), String.valueOf(e.getMessage())));
        }
        return Optional.empty();
    }

    private static final class NoCaptionException extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private Sample sample(SampleEntries entries) throws IOException, NoCaptionException {
        Map<String, Object> fields = new LinkedHashMap<>();
        var json = entries.texts().get("json");
        var txt = entries.texts().get("txt");
        if (json != null) {
            fields.putAll(DataJson.parseObject(bytes(json), json.name()));
        } else if (txt != null) {
            fields.put("caption", utf8(bytes(txt)));
        } else {
            throw new NoCaptionException();
        }
        String caption = "";
        if (fields.get("caption") instanceof String text) {
            caption = text;
            fields.remove("caption");
        } else if (fields.containsKey("caption")) {
            caption = firstText(fields.get("caption"));
        }
        var pictures = new ArrayList<EncodedPicture>();
        for (var picture : entries.pictures()) {
            String ending = picture.name().substring(picture.name().indexOf('.') + 1);
            pictures.add(new EncodedPicture(ending.toLowerCase(java.util.Locale.ROOT), bytes(picture)));
        }
        return new Sample(entries.key(), kind, caption, pictures, fields);
    }

    /** A caption may be a list or a map of texts, of which one is drawn each time; the first stands for them. */
    private static String firstText(@org.jspecify.annotations.Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Collection<?> list ->
                list.isEmpty() ? "" : firstText(list.iterator().next());
            case Map<?, ?> map -> firstText(map.values());
            case null, default -> "";
        };
    }

    private static String utf8(byte[] bytes) throws CharacterCodingException {
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    private byte[] bytes(TarScanner.Entry entry) throws IOException {
        if (entry.size() > MAX_ENTRY) {
            throw new IOException(
                    "'%s' has %d bytes; at most %d are read".formatted(entry.name(), entry.size(), MAX_ENTRY));
        }
        var buffer = ByteBuffer.allocate((int) entry.size());
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, entry.offset() + buffer.position()) < 0) {
                throw new IOException("the file ends inside of '%s'".formatted(entry.name()));
            }
        }
        return buffer.array();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
