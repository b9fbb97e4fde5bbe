package dev.nextstep.server.images;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.nextstep.server.http.Doc;
import java.util.List;
import java.util.Optional;

/**
 * The answer of the images API.
 *
 * @param created when it was made, in seconds since 1970
 * @param id name of the job that made it
 * @param background {@code opaque}
 * @param outputFormat kind of the files
 * @param size of each picture
 * @param data the pictures
 * @param usage what was read and drawn
 */
public record ImagesView(
        @Doc("When it was made, in seconds since 1970.") long created,
        @Doc("Name of the job that made it.") String id,
        @Doc("'opaque'") String background,
        @Doc("Kind of the files.") String outputFormat,

        @Doc("Width and height of each picture, such as '512x512'.")
        String size,

        @Doc("The pictures.") List<Image> data,
        @Doc("What was read and drawn.") UsageView usage) {

    /**
     * One picture.
     *
     * @param bytes the file
     * @param url where the file is
     * @param seed with which it was drawn
     * @param index its index in the request
     */
    @JsonInclude(JsonInclude.Include.NON_ABSENT)
    @SuppressWarnings("OptionalUsedAsFieldOrParameterType")
    public record Image(
            @Doc("The file, in Base64.") @JsonProperty("b64_json")
            Optional<byte[]> bytes,

            @Doc("Where the file is.") Optional<String> url,
            @Doc("With which seed it was drawn.") long seed,
            @Doc("Its index in the request.") int index) {}
}
