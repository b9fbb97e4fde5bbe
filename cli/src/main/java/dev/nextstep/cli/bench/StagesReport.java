package dev.nextstep.cli.bench;

import java.util.List;

/**
 * A picture, stage by stage.
 *
 * @param guidanceRows rows of the transformer and the flow head for each token: 2 with guidance
 * @param steps sampling steps of a token
 * @param promptPositions positions of the longest prompt row
 * @param prompt seconds to read a new prompt; the empty row is kept from picture to picture
 * @param languageHead seconds of the LM head for one position; image tokens do not need it, so no total contains it
 * @param lengths by number of tokens, as far as the model has positions
 * @param decoding by size
 */
public record StagesReport(
        int guidanceRows,
        int steps,
        int promptPositions,
        Quartiles prompt,
        Quartiles languageHead,
        List<StageResult> lengths,
        List<DecodeResult> decoding) {
    public StagesReport {
        lengths = List.copyOf(lengths);
        decoding = List.copyOf(decoding);
    }
}
