package dev.nextstep.train.model;

import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/**
 * The losses of a batch; the tensors belong to the pointer scope of the step.
 *
 * @param total what is minimised
 * @param text mean cross-entropy in nats; empty if the batch has no text label
 * @param image mean flow-matching loss; empty if no image token is learned
 * @param perCopy [n] flow-matching loss of each copy, without gradients; empty as {@code image}
 * @param textTokens labels that count
 */
public record Losses(
        Tensor total, Optional<Tensor> text, Optional<Tensor> image, Optional<Tensor> perCopy, int textTokens) {
    /** The same numbers without what gradients need. */
    Losses detached() {
        return new Losses(total.detach(), text.map(Tensor::detach), image.map(Tensor::detach), perCopy, textTokens);
    }

    /** These, living as long as another scope. */
    Losses kept(PointerScope scope) {
        scope.attach(total);
        text.ifPresent(scope::attach);
        image.ifPresent(scope::attach);
        perCopy.ifPresent(scope::attach);
        return this;
    }
}
