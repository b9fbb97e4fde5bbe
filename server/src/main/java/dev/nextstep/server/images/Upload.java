package dev.nextstep.server.images;

import dev.nextstep.server.config.RequestLimits;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import dev.nextstep.server.http.ClientGoneException;
import dev.nextstep.server.http.Texts;
import dev.nextstep.server.store.ContentStore;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;

/**
 * A form with pictures in it. Names of files are not looked at.
 *
 * @param fields its fields by name
 * @param images hashes of the pictures in the store, in order
 * @param mask hash of the mask
 */
public record Upload(Map<String, String> fields, List<String> images, Optional<String> mask) {
    private static final String IMAGE = "image";
    private static final String IMAGES = "image[]";
    private static final String MASK = "mask";
    private static final int LONGEST_FIELD = 1 << 18;

    // A file lies in memory while it is put into the store.
    private static final Semaphore IN_MEMORY = new Semaphore(4);

    public Upload {
        images = List.copyOf(images);
    }

    /**
     * Reads a form and puts its pictures into the store.
     *
     * @throws ApiException if it is none, too large, or has the same field twice
     */
    public static Upload read(HttpServletRequest request, RequestLimits limits, ContentStore store) {
        var fields = new LinkedHashMap<String, String>();
        var images = new ArrayList<String>();
        Optional<String> mask = Optional.empty();
        for (var part : parts(request, limits)) {
            switch (part.getName()) {
                case IMAGE, IMAGES -> {
                    if (images.size() == limits.sources()) {
                        throw ApiException.invalid(
                                IMAGE, "at most %d pictures can be sent".formatted(limits.sources()));
                    }
                    images.add(stored(part, store));
                }
                case MASK -> {
                    requireFirst(mask.isEmpty(), MASK);
                    mask = Optional.of(stored(part, store));
                }
                default -> requireFirst(fields.put(part.getName(), text(part)) == null, part.getName());
            }
        }
        if (images.isEmpty()) {
            throw ApiException.about(ApiError.Kind.MISSING_PARAMETER, IMAGE, "'image' is missing: send a picture");
        }
        return new Upload(fields, images, mask);
    }

    private static Iterable<Part> parts(HttpServletRequest request, RequestLimits limits) {
        try {
            return request.getParts();
        } catch (IllegalStateException e) {
            throw new ApiException(
                    ApiError.Kind.TOO_LARGE,
                    "the request is larger than %d bytes, or has too many parts".formatted(limits.uploadBytes()));
        } catch (ServletException e) {
            throw new ApiException(ApiError.Kind.INVALID_BODY, "the form cannot be read");
        } catch (IOException e) {
            throw new ApiException(
                    ApiError.Kind.INVALID_BODY,
                    "the form cannot be read: " + Texts.shown(String.valueOf(e.getMessage())));
        }
    }

    private static void requireFirst(boolean isFirst, String name) {
        if (!isFirst) {
            throw ApiException.invalid(Texts.shown(name), "'%s' is given twice".formatted(Texts.shown(name)));
        }
    }

    private static String stored(Part part, ContentStore store) {
        IN_MEMORY.acquireUninterruptibly();
        try (var in = part.getInputStream()) {
            return store.put(in.readAllBytes(), ContentStore.Safety.FORCED);
        } catch (IOException e) {
            throw new ClientGoneException(e);
        } finally {
            IN_MEMORY.release();
        }
    }

    private static String text(Part part) {
        try (var in = part.getInputStream()) {
            var bytes = in.readNBytes(LONGEST_FIELD + 1);
            if (bytes.length > LONGEST_FIELD) {
                throw ApiException.invalid(
                        Texts.shown(part.getName()),
                        "'%s' is longer than %d bytes".formatted(Texts.shown(part.getName()), LONGEST_FIELD));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.invalid(
                    Texts.shown(part.getName()), "'%s' is not UTF-8".formatted(Texts.shown(part.getName())));
        } catch (IOException e) {
            throw new ClientGoneException(e);
        }
    }

    /** All that decides what is asked for. */
    public Map<String, ?> asked() {
        var all = new TreeMap<String, Object>(fields);
        all.put(IMAGE, images);
        mask.ifPresent(hash -> all.put(MASK, hash));
        return all;
    }
}
