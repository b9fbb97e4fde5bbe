package dev.nextstep.integration.springai;

import dev.nextstep.DrawingOptions;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.springframework.ai.image.ImageOptions;

/**
 * Options of a prompt for this model. Where they are silent, or of a prompt with other options, the model's defaults hold.
 *
 * @param count pictures, 1 to 4096
 * @param drawing settings; what is open is the model's default
 * @param seed the same seed gives the same bytes; random if empty
 */
public record NextStepImageOptions(int count, DrawingOptions drawing, OptionalLong seed) implements ImageOptions {
    /** One picture with the model's defaults and a random seed. */
    public static final NextStepImageOptions DEFAULT =
            new NextStepImageOptions(1, DrawingOptions.NONE, OptionalLong.empty());

    /** So many pictures. */
    public NextStepImageOptions withCount(int pictures) {
        return new NextStepImageOptions(pictures, drawing, seed);
    }

    /** With these settings. */
    public NextStepImageOptions withDrawing(DrawingOptions settings) {
        return new NextStepImageOptions(count, settings, seed);
    }

    /** With that seed. */
    public NextStepImageOptions withSeed(long value) {
        return new NextStepImageOptions(count, drawing, OptionalLong.of(value));
    }

    @Override
    public Integer getN() {
        return count;
    }

    @Override
    public @Nullable String getModel() {
        return null;
    }

    @Override
    public @Nullable Integer getWidth() {
        return null;
    }

    @Override
    public @Nullable Integer getHeight() {
        return null;
    }

    @Override
    public String getResponseFormat() {
        return "b64_json";
    }

    @Override
    public @Nullable String getStyle() {
        return null;
    }
}
