package dev.nextstep.flow;

/**
 * Classifier-free guidance of one request (spec §6.3).
 *
 * @param textScale how far to go from the unconditional to the conditional velocity; 1 or more, 1 means none
 * @param imageScale weight of the source pictures when editing; 1 or more, 1 means none
 * @param schedule how both scales change along the picture
 * @param normLimit whether the guided velocity may be longer than the conditional one
 * @param every the unconditional velocity is asked for at every k-th evaluation of a token, 1 to 1000, 1 for each; see
 *     {@link HeldGuidance}
 */
public record Guidance(float textScale, float imageScale, GuidanceSchedule schedule, NormLimit normLimit, int every) {

    /** What happens to guided velocities that are longer than the conditional one. */
    public enum NormLimit {
        /** They stay: the official samplers. */
        OFF,
        /** They are shortened to its length (official code, unused by its samplers). */
        ON
    }

    /** No guidance: one row per picture. */
    public static final Guidance NONE = new Guidance(1, 1, GuidanceSchedule.CONSTANT, NormLimit.OFF);

    public Guidance {
        check(textScale, "guidance scale");
        check(imageScale, "image guidance scale");
        if (every < 1 || every > 1000) {
            throw new IllegalArgumentException(
                    "guidance must be computed every 1 to 1000 evaluations, not every " + every);
        }
    }

    /** Guidance that is computed at each evaluation. */
    public Guidance(float textScale, float imageScale, GuidanceSchedule schedule, NormLimit normLimit) {
        this(textScale, imageScale, schedule, normLimit, 1);
    }

    private static void check(float scale, String name) {
        if (!(scale >= 1 && scale <= 1000)) {
            throw new IllegalArgumentException(name + " must be between 1 (none) and 1000, not " + scale);
        }
    }

    /**
     * Combines the velocities of the guidance rows: u + s·(c − u) for two, u + i·(p − u) + s·(c − p) for three.
     *
     * @param rows velocities [m·n, dim]: n conditional, for m = 3 n of picture and negative, n negative
     * @param n pictures
     * @param m guidance rows per picture: 1, 2 or 3, fixed for the request
     * @param text scheduled text scale
     * @param image scheduled image scale
     * @param out [n, dim]
     */
    public void combine(float[] rows, int n, int m, float text, float image, float[] out) {
        int size = out.length;
        switch (m) {
            case 1 -> System.arraycopy(rows, 0, out, 0, size);
            case 2 -> {
                for (int k = 0; k < size; k++) {
                    float u = rows[size + k];
                    out[k] = u + text * (rows[k] - u);
                }
            }
            case 3 -> {
                for (int k = 0; k < size; k++) {
                    float picture = rows[size + k];
                    float u = rows[2 * size + k];
                    out[k] = u + image * (picture - u) + text * (rows[k] - picture);
                }
            }
            default -> throw new IllegalArgumentException("guidance rows must be 1, 2 or 3, not " + m);
        }
        boolean limited = m == 2 ? text > 1 : m == 3 && text > 1 && image > 1;
        if (normLimit == NormLimit.ON && limited) {
            limit(rows, n, out);
        }
    }

    private static void limit(float[] rows, int n, float[] out) {
        int dim = out.length / n;
        for (int i = 0; i < n; i++) {
            float factor = length(rows, i * dim, dim) / (length(out, i * dim, dim) + 1e-6f);
            if (factor < 1f) {
                for (int k = i * dim; k < (i + 1) * dim; k++) {
                    out[k] *= factor;
                }
            }
        }
    }

    private static float length(float[] values, int from, int n) {
        double sum = 0;
        for (int k = from; k < from + n; k++) {
            sum += (double) values[k] * values[k];
        }
        return (float) Math.sqrt(sum);
    }
}
