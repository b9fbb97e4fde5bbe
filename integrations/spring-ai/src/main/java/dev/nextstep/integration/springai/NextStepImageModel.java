package dev.nextstep.integration.springai;

import dev.nextstep.DrawingListener;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.WriteOptions;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImageMessage;
import org.springframework.ai.image.ImageModel;
import org.springframework.ai.image.ImageOptions;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.image.ImageResponse;

/**
 * Spring AI's image model, drawn in this process. Pictures come as PNG files in Base64 with their recipe inside, which is also
 * their metadata. Safe for use by several threads, as the model is.
 */
public final class NextStepImageModel implements ImageModel {
    private static final PictureFormat FORMAT = PictureFormat.PNG;

    private final NextStep model;
    private final NextStepImageOptions defaults;

    /** Draws with an open model, which stays the caller's to close, and with its defaults. */
    public NextStepImageModel(NextStep model) {
        this(model, NextStepImageOptions.DEFAULT);
    }

    /** Draws with an open model, which stays the caller's to close; options of a prompt come before these. */
    public NextStepImageModel(NextStep model, NextStepImageOptions defaults) {
        this.model = model;
        this.defaults = defaults;
    }

    /**
     * Draws what a prompt says; several messages are one text, each in a line of its own.
     *
     * @throws IllegalArgumentException if an option is out of its range or cannot be kept: another model, a style, an address
     *     instead of the file, one of width and height without the other
     */
    @Override
    public ImageResponse call(ImagePrompt prompt) {
        var options = resolve(prompt.getOptions());
        var text = prompt.getInstructions().stream().map(ImageMessage::getText).collect(Collectors.joining("\n"));
        var builder = GenerateRequest.builder(text).options(options.drawing()).count(options.count());
        options.seed().ifPresent(builder::seed);
        var pictures = model.generateAll(builder.build(), DrawingListener.NONE, new Cancellation());
        return new ImageResponse(
                pictures.stream().map(NextStepImageModel::generation).toList());
    }

    private NextStepImageOptions resolve(@Nullable ImageOptions given) {
        return switch (given) {
            case null -> defaults;
            case NextStepImageOptions own -> own;
            default -> portable(given);
        };
    }

    private NextStepImageOptions portable(ImageOptions given) {
        requireNone("model", Optional.ofNullable(given.getModel()).filter(name -> !name.equals(model.name())));
        requireNone("style", Optional.ofNullable(given.getStyle()));
        requireNone(
                "responseFormat",
                Optional.ofNullable(given.getResponseFormat()).filter(form -> !form.equals("b64_json")));
        var options = given.getN() == null ? defaults : defaults.withCount(given.getN());
        if ((given.getWidth() == null) != (given.getHeight() == null)) {
            throw new IllegalArgumentException("give width and height, or neither");
        }
        return given.getWidth() == null
                ? options
                : options.withDrawing(options.drawing().withSize(given.getWidth(), given.getHeight()));
    }

    private void requireNone(String option, Optional<String> value) {
        value.ifPresent(text -> {
            throw new IllegalArgumentException("option %s: '%s' is not possible with model '%s' in this process"
                    .formatted(option, text, model.name()));
        });
    }

    private static ImageGeneration generation(Picture picture) {
        var texts = picture.recipe().toTexts();
        var file = PictureWriter.encode(picture.pixels(), FORMAT, WriteOptions.DEFAULT.withTexts(texts));
        return new ImageGeneration(
                image(Base64.getEncoder().encodeToString(file)),
                new NextStepImageMetadata(picture.recipe(), FORMAT.mediaType()));
    }

    @SuppressWarnings("NullAway") // there is no address
    private static Image image(String base64) {
        return new Image(null, base64);
    }
}
