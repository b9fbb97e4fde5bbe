package dev.nextstep.transformer;

import dev.nextstep.kernel.Bf16;
import dev.nextstep.kernel.Linear;
import dev.nextstep.kernel.ThreadTeam;
import dev.nextstep.tensor.Precision;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hidden state to text logits: the LM head, after {@code before_lm_head} if the model has one (spec §2.2, §8.3; the
 * official generation branch forgets the latter, §11 row 30).
 */
public final class LanguageHead {
    private final Linear head;
    private final @Nullable Linear before;
    private final Precision precision;

    LanguageHead(Linear head, @Nullable Linear before, Precision precision) {
        this.head = head;
        this.before = before;
        this.precision = precision;
    }

    /** Logits [vocab] of the hidden state [hidden] at {@code row} of {@code hidden}. */
    public float[] logits(ThreadTeam team, float[] hidden, int row) {
        int width = head.inputs();
        float[] x = Arrays.copyOfRange(hidden, row * width, (row + 1) * width);
        if (before != null) {
            var y = new float[width];
            before.forward(team, x, 1, y);
            x = round(y);
        }
        var logits = new float[head.outputs()];
        head.forward(team, x, 1, logits);
        return round(logits);
    }

    private float[] round(float[] values) {
        if (precision == Precision.REFERENCE_BF16) {
            Bf16.round(values);
        }
        return values;
    }
}
