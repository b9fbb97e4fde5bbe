package dev.nextstep.server.safety;

import dev.nextstep.image.Pixels;
import dev.nextstep.server.http.ApiError;
import dev.nextstep.server.http.ApiException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is not drawn and not shown here.
 *
 * @param words words that prompts may not have
 * @param filters who looks at pictures
 */
public record ContentRules(Optional<WordList> words, List<PictureFilter> filters) {
    /** Everything is drawn and shown. */
    public static final ContentRules NONE = new ContentRules(Optional.empty(), List.of());

    private static final Logger LOG = LoggerFactory.getLogger(ContentRules.class);

    public ContentRules {
        filters = List.copyOf(filters);
    }

    /**
     * The rules of a server: a word list if there is one, and all filters on the class path.
     *
     * @throws IllegalArgumentException if the list cannot be read
     */
    public static ContentRules of(Optional<Path> wordList) {
        var filters = ServiceLoader.load(PictureFilter.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
        filters.forEach(filter ->
                LOG.info("pictures are looked at by {}", filter.getClass().getName()));
        return new ContentRules(wordList.map(WordList::read), filters);
    }

    /**
     * Returns if a text may be drawn.
     *
     * @throws ApiException if not
     */
    public void requireText(String text) {
        if (words.flatMap(list -> list.find(text)).isPresent()) {
            throw ApiException.about(
                    ApiError.Kind.CONTENT_REFUSED, "prompt", "the prompt has words that are not drawn here");
        }
    }

    /**
     * Returns if a picture may be shown.
     *
     * @throws ApiException if not
     */
    public void requirePicture(Pixels picture, PictureFilter.Origin origin) {
        for (var filter : filters) {
            refusal(filter, picture, origin).ifPresent(reason -> {
                throw new ApiException(ApiError.Kind.CONTENT_REFUSED, "the picture is refused: " + reason);
            });
        }
    }

    private static Optional<String> refusal(PictureFilter filter, Pixels picture, PictureFilter.Origin origin) {
        try {
            return filter.refusal(picture, origin);
        } catch (RuntimeException e) {
            LOG.error("{} is broken; the picture is refused", filter.getClass().getName(), e);
            return Optional.of("it could not be looked at");
        }
    }
}
