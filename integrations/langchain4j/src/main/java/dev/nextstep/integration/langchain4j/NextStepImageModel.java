package dev.nextstep.integration.langchain4j;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.model.image.ImageModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.output.TokenUsage;
import dev.nextstep.DrawingListener;
import dev.nextstep.DrawingOptions;
import dev.nextstep.EditRequest;
import dev.nextstep.GenerateRequest;
import dev.nextstep.Kept;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.prompt.SpecialTokenText;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * LangChain4j's image model, drawn in this process. Pictures come as files in Base64 with their recipe inside; the metadata
 * of an answer has the seed and the model. Safe for use by several threads, as the model is.
 */
public final class NextStepImageModel implements ImageModel {
    private final NextStep model;
    private final DrawingOptions options;
    private final OptionalLong seed;
    private final PictureFormat format;

    private NextStepImageModel(Builder builder) {
        this.model = builder.model;
        this.options = builder.options;
        this.seed = builder.seed;
        this.format = builder.format;
    }

    /** Draws with an open model, which stays the caller's to close, and with its defaults. */
    public static NextStepImageModel of(NextStep model) {
        return builder(model).build();
    }

    /** A builder for a model that stays the caller's to close. */
    public static Builder builder(NextStep model) {
        return new Builder(model);
    }

    @Override
    public Response<Image> generate(String prompt) {
        var all = generate(prompt, 1);
        return Response.from(all.content().getFirst(), all.tokenUsage(), all.finishReason(), all.metadata());
    }

    /**
     * Draws several pictures of one prompt.
     *
     * @param count 1 to 4096
     * @throws IllegalArgumentException if the count or an option is out of its range
     */
    @Override
    public Response<List<Image>> generate(String prompt, int count) {
        var builder = GenerateRequest.builder(prompt).options(options).count(count);
        seed.ifPresent(builder::seed);
        return response(prompt, model.generateAll(builder.build(), DrawingListener.NONE, new Cancellation()));
    }

    /**
     * Draws a picture anew as an instruction says.
     *
     * @param image with its file in Base64; addresses are not fetched
     * @throws IllegalArgumentException if it has none
     * @throws dev.nextstep.image.PictureException if it cannot be read as a picture
     */
    @Override
    public Response<Image> edit(Image image, String prompt) {
        return edit(image, Optional.empty(), prompt);
    }

    /**
     * Draws what a mask marks of a picture anew.
     *
     * @param mask as large as the picture: transparent where something new is drawn, or light if it has no transparency
     * @throws IllegalArgumentException if either has no file in Base64
     * @throws dev.nextstep.image.PictureException if either cannot be read as a picture
     */
    @Override
    public Response<Image> edit(Image image, Image mask, String prompt) {
        return edit(image, Optional.of(mask), prompt);
    }

    private Response<Image> edit(Image image, Optional<Image> mask, String prompt) {
        var reader = new PictureReader();
        var source = reader.read(file(image), "image");
        var builder = EditRequest.builder(prompt, source).options(options);
        seed.ifPresent(builder::seed);
        mask.map(given -> readMask(reader, file(given)))
                .ifPresent(light -> builder.keep(new Kept.Unmarked(source, light)));
        var all = response(prompt, model.editAll(builder.build(), DrawingListener.NONE, new Cancellation()));
        return Response.from(all.content().getFirst(), all.tokenUsage(), all.finishReason(), all.metadata());
    }

    private static Pixels readMask(PictureReader reader, byte[] file) {
        return reader.transparency(file, "mask").orElseGet(() -> reader.read(file, "mask"));
    }

    private static byte[] file(Image image) {
        var base64 = image.base64Data();
        if (base64 == null) {
            throw new IllegalArgumentException("the image must have its file in base64Data; addresses are not fetched");
        }
        return Base64.getDecoder().decode(base64);
    }

    private Response<List<Image>> response(String prompt, List<Picture> pictures) {
        var images = pictures.stream().map(this::image).toList();
        int read = model.parts().tokenizer().encode(prompt, SpecialTokenText.AS_TEXT).length;
        int drawn =
                pictures.stream().mapToInt(picture -> tokens(picture.pixels())).sum();
        var metadata = Map.<String, Object>of(
                "model", model.name(), "seed", pictures.getFirst().recipe().seed());
        return Response.from(images, new TokenUsage(read, drawn), FinishReason.STOP, metadata);
    }

    private int tokens(Pixels pixels) {
        int side = model.parts().pixelsPerToken();
        return pixels.width() / side * (pixels.height() / side);
    }

    private Image image(Picture picture) {
        var texts = picture.recipe().toTexts();
        var file = PictureWriter.encode(picture.pixels(), format, WriteOptions.DEFAULT.withTexts(texts));
        return Image.builder()
                .base64Data(Base64.getEncoder().encodeToString(file))
                .mimeType(format.mediaType())
                .build();
    }

    /** Settings of an image model. */
    public static final class Builder {
        private final NextStep model;
        private DrawingOptions options = DrawingOptions.NONE;
        private OptionalLong seed = OptionalLong.empty();
        private PictureFormat format = PictureFormat.PNG;

        private Builder(NextStep model) {
            this.model = model;
        }

        /** Settings of every picture; what is open is the model's default. */
        public Builder options(DrawingOptions value) {
            options = value;
            return this;
        }

        /** The same seed for every call, so that the same prompt gives the same bytes; random if not set. */
        public Builder seed(long value) {
            seed = OptionalLong.of(value);
            return this;
        }

        /** Kind of the files; PNG if not set. */
        public Builder format(PictureFormat value) {
            format = value;
            return this;
        }

        /** The image model. */
        public NextStepImageModel build() {
            return new NextStepImageModel(this);
        }
    }
}
