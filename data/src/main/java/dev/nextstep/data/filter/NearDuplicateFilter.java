package dev.nextstep.data.filter;

import dev.nextstep.image.Pixels;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Drops samples whose pictures look like those of an earlier one: a perceptual hash of 64 bits (DCT) that differs in few
 * bits, and mean colours on an 8 × 8 grid that differ little, so that the same drawing in another colour stays. Of several
 * pictures all must look alike. A sample without pictures passes.
 *
 * <p>Remembers a fingerprint (about 260 bytes) of every picture that passed.
 */
public final class NearDuplicateFilter implements Filter {
    private static final int BANDS = 8;

    private final int maxDistance;
    private final double maxColourDifference;
    private final List<List<Fingerprint>> seen = new ArrayList<>();
    private final List<Map<Integer, List<Integer>>> bands = new ArrayList<>();

    /**
     * A step that has seen nothing yet.
     *
     * @param maxDistance bits in which duplicates may differ, 0 to 7
     * @param maxColourDifference levels by which their mean colours may differ on average, 0 to 255
     */
    public NearDuplicateFilter(int maxDistance, double maxColourDifference) {
        // Eight bands: two hashes that differ in at most seven bits agree in one of them, so none is missed.
        if (maxDistance < 0 || maxDistance >= BANDS) {
            throw new IllegalArgumentException("distance of duplicates must be in 0..7 bits, got " + maxDistance);
        }
        if (!(maxColourDifference >= 0 && maxColourDifference <= 255)) {
            throw new IllegalArgumentException(
                    "colour difference of duplicates must be in 0..255 levels, got " + maxColourDifference);
        }
        this.maxDistance = maxDistance;
        this.maxColourDifference = maxColourDifference;
        for (int i = 0; i < BANDS; i++) {
            bands.add(new HashMap<>());
        }
    }

    @Override
    public String name() {
        return "near_duplicate";
    }

    @Override
    public String rule() {
        return "no earlier sample within %d bits of the hash and %s levels of colour"
                .formatted(maxDistance, maxColourDifference);
    }

    /** Measures the bits to the nearest earlier sample of like colours, if there is one within reach of the bands. */
    @Override
    public Verdict judge(Candidate candidate) {
        var fingerprints = new ArrayList<Fingerprint>();
        for (Pixels picture : candidate.pictures()) {
            fingerprints.add(Fingerprint.of(picture));
        }
        if (fingerprints.isEmpty()) {
            return Verdict.PASSED;
        }
        int nearest = Integer.MAX_VALUE;
        for (int band = 0; band < BANDS; band++) {
            for (int earlier :
                    bands.get(band).getOrDefault(part(fingerprints.getLast().hash(), band), List.of())) {
                nearest = Math.min(nearest, distance(fingerprints, seen.get(earlier)));
            }
        }
        boolean kept = nearest > maxDistance;
        if (kept) {
            remember(fingerprints);
        }
        return new Verdict(kept, nearest == Integer.MAX_VALUE ? OptionalDouble.empty() : OptionalDouble.of(nearest));
    }

    private void remember(List<Fingerprint> fingerprints) {
        int number = seen.size();
        seen.add(fingerprints);
        for (int band = 0; band < BANDS; band++) {
            bands.get(band)
                    .computeIfAbsent(part(fingerprints.getLast().hash(), band), _ -> new ArrayList<>(1))
                    .add(number);
        }
    }

    private int distance(List<Fingerprint> a, List<Fingerprint> b) {
        if (a.size() != b.size()) {
            return Integer.MAX_VALUE;
        }
        int worst = 0;
        for (int i = 0; i < a.size(); i++) {
            if (a.get(i).colourDifference(b.get(i)) > maxColourDifference) {
                return Integer.MAX_VALUE;
            }
            worst = Math.max(worst, a.get(i).distance(b.get(i)));
        }
        return worst;
    }

    private static int part(long hash, int band) {
        return (int) (hash >>> (8 * band)) & 255;
    }
}
