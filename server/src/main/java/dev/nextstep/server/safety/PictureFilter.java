package dev.nextstep.server.safety;

import dev.nextstep.image.Pixels;
import java.util.Optional;

/**
 * Decides which pictures are not shown. Who wants one writes a class with a constructor without parameters, names it in {@code
 * META-INF/services/dev.nextstep.server.safety.PictureFilter} and puts the jar on the class path; there may be several. Called
 * by many threads at once. What it throws counts as a refusal: a filter that is broken lets nothing through.
 */
public interface PictureFilter {
    /** Where a picture comes from. */
    enum Origin {
        /** A client sent it. */
        SOURCE,
        /** The finished rows of a picture that is being drawn, as somebody is about to see them. */
        PARTIAL,
        /** A finished picture. */
        FINISHED
    }

    /**
     * Looks at a picture.
     *
     * @return why it is refused, in words for the client; empty if it may be shown
     */
    Optional<String> refusal(Pixels picture, Origin origin);
}
