package dev.nextstep.server.jobs;

import dev.nextstep.server.drawing.ListedPicture;
import dev.nextstep.server.drawing.PictureTries;
import dev.nextstep.server.http.Doc;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a picture of a batch or workflow has of its own, under the names of the job's settings.
 *
 * @param name of its files in the package
 * @param formats of its files in the package
 * @param quality the preset that it was made with
 * @param size in pixels
 * @param seed its seed; of several tries that of the one that was kept
 * @param steps sampling steps of each token
 * @param guidanceScale guidance by words
 * @param negativePrompt text of the unconditional row
 * @param outputFormat kind of the file that is kept
 */
public record OwnSettingsView(
        @Doc("Name of its files in the package, without ending.")
        String name,

        @Doc("Endings of its files in the package.") List<String> formats,
        @Doc("The preset that it was made with.") String quality,
        @Doc("Width and height, such as '512x512'.") String size,

        @Doc("Its seed; of several tries that of the one that was kept.")
        long seed,

        @Doc("Sampling steps of each image token.") int steps,
        @Doc("How closely the words are followed.") float guidanceScale,
        @Doc("What to keep away from.") String negativePrompt,

        @Doc("Kind of the file that is kept; the package has all formats.")
        String outputFormat) {
    static OwnSettingsView of(ListedPicture own, Optional<PictureTries> tries) {
        return new OwnSettingsView(
                own.name(),
                own.formats(),
                own.preset(),
                own.width() + "x" + own.height(),
                tries.map(t -> t.kept().seed()).orElse(own.seed()),
                own.steps(),
                own.guidanceScale(),
                own.negativePrompt(),
                own.format().name().toLowerCase(Locale.ROOT));
    }
}
