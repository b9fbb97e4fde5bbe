package dev.nextstep.train.measure;

import java.util.List;

/**
 * What a model can be asked, split by what its training has seen. Lists may be long: an evaluation draws a seeded choice
 * of each.
 */
public interface EvaluationCases {
    /** Prompts whose pictures the training saw. */
    List<CaptionCase> seen();

    /** Prompts for (glyph, style) pairs that the training did not see, though it saw the glyph and the style. */
    List<CaptionCase> heldOut();

    /** Edits that the training did not see. */
    List<EditCase> edits();

    /** Pictures for measuring the image tokenizer, best such that its training did not see them. */
    List<PictureName> reconstructions();
}
