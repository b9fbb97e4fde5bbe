package dev.nextstep.bench;

import dev.nextstep.image.PictureDifference;
import dev.nextstep.image.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How far pictures are from those of the same prompts and seeds that were drawn as usual, in columns of a table. */
final class PictureComparison {
    /** The columns' names. */
    static final String HEADER = "PSNR, dB: median [quartiles] | least | SSIM | glyph found";

    /** Their lines. */
    static final String RULE = "---|---|---|---|";

    /** What equal pictures count as, in dB, so that medians stay numbers. */
    private static final double EQUAL = 100;

    private final List<Double> psnr = new ArrayList<>();
    private final Optional<Recall> recall;
    private double ssim;
    private int found;

    PictureComparison(Optional<Recall> recall) {
        this.recall = recall;
    }

    /** The next prompt's pictures. */
    void add(Pixels usual, Pixels changed) {
        var difference = PictureDifference.of(usual, changed);
        found += recall.isPresent() && recall.get().isFound(psnr.size(), changed) ? 1 : 0;
        psnr.add(Math.min(EQUAL, difference.psnr()));
        ssim += difference.ssim();
    }

    /** The columns. */
    String columns() {
        var quartiles = Quartiles.of(psnr);
        return String.format(
                        Locale.ROOT,
                        "%.1f [%.1f–%.1f] | %.1f | %.4f | ",
                        quartiles.median(),
                        quartiles.lower(),
                        quartiles.upper(),
                        psnr.stream().mapToDouble(Double::doubleValue).min().orElseThrow(),
                        ssim / psnr.size())
                + foundColumn();
    }

    /** The columns of the usual pictures themselves, added as both sides. */
    String usualColumns() {
        return " | | | " + foundColumn();
    }

    private String foundColumn() {
        return recall.isPresent() ? "%d of %d |".formatted(found, psnr.size()) : "|";
    }
}
