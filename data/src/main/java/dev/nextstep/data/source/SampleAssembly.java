package dev.nextstep.data.source;

import dev.nextstep.data.DataException;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.data.ImageTags;
import dev.nextstep.data.Sample;
import dev.nextstep.data.SampleKind;
import dev.nextstep.data.SampleRules;
import dev.nextstep.data.shard.ShardRules;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes samples of files and texts; every source ends here. Keys that come again get a number. */
final class SampleAssembly {
    private static final Set<String> KEPT = Set.of("png", "jpg", "jpeg", "webp");
    private static final long MAX_PICTURE = 1L << 29;

    private final SourceOptions options;
    private final Set<String> keys = new HashSet<>();

    SampleAssembly(SourceOptions options) {
        this.options = options;
    }

    /**
     * A sample.
     *
     * @param name what its key is made of
     * @param kind empty if the pictures decide
     * @throws DataException if it is incomplete or a picture cannot be read
     */
    Sample make(String name, Optional<SampleKind> kind, String caption, List<Path> pictures, Map<String, Object> fields)
            throws IOException {
        var encoded = new ArrayList<EncodedPicture>();
        for (Path picture : pictures) {
            encoded.add(encode(picture));
        }
        var decided = kind.orElseGet(() -> kindOf(pictures.size()));
        String text = decided == SampleKind.EDIT && ImageTags.numbers(caption).isEmpty()
                ? withMarks(caption, pictures.size())
                : caption;
        var draft = new Sample("draft", decided, text, encoded, fields);
        SampleRules.problem(draft).ifPresent(problem -> {
            throw new DataException(problem);
        });
        return new Sample(freeKey(name), decided, text, encoded, fields);
    }

    private SampleKind kindOf(int pictures) {
        return switch (pictures) {
            case 0 -> SampleKind.TEXT;
            case 1 -> SampleKind.IMAGE_TEXT;
            default -> options.several();
        };
    }

    /** Sources, instruction, target: how the official data sets have it. */
    private static String withMarks(String instruction, int pictures) {
        var text = new StringBuilder();
        for (int i = 0; i < pictures - 1; i++) {
            text.append(ImageTags.of(i));
        }
        return text.append(instruction)
                .append(ImageTags.of(Math.max(0, pictures - 1)))
                .toString();
    }

    private String freeKey(String name) {
        String key = ShardRules.keyOf(name);
        String free = key;
        for (int i = 2; !keys.add(free); i++) {
            free = ShardRules.keyOf(key + "_" + i);
        }
        return free;
    }

    private EncodedPicture encode(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new DataException("picture " + file + ": no such file");
        }
        if (Files.size(file) > MAX_PICTURE) {
            throw new DataException("picture %s has more than %d bytes".formatted(file, MAX_PICTURE));
        }
        byte[] bytes = Files.readAllBytes(file);
        var pixels = options.reader().read(bytes, file.toString());
        var onWhite = SeeThroughPalette.onWhite(bytes, pixels);
        if (onWhite.isPresent()) {
            return png(onWhite.get());
        }
        String name = file.getFileName().toString();
        String ending = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        // Shards hold PNG, JPEG and WebP; what else can be read is kept without loss.
        return KEPT.contains(ending) ? new EncodedPicture(ending, bytes) : png(pixels);
    }

    private static EncodedPicture png(Pixels pixels) {
        return new EncodedPicture("png", PictureWriter.encode(pixels, PictureFormat.PNG, WriteOptions.DEFAULT));
    }
}
