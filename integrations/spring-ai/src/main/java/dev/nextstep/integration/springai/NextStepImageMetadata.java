package dev.nextstep.integration.springai;

import dev.nextstep.Recipe;
import org.springframework.ai.image.ImageGenerationMetadata;

/**
 * How a picture was drawn.
 *
 * @param recipe all that is needed to draw it again
 * @param mediaType kind of its file
 */
public record NextStepImageMetadata(Recipe recipe, String mediaType) implements ImageGenerationMetadata {}
