package dev.nextstep.data.emoji;

import dev.nextstep.data.npm.NpmPackage;
import java.util.List;

/** The five drawing styles, all under permissive or attribution licences. */
public enum EmojiStyle {
    /** Noto Color Emoji, Apache-2.0. */
    NOTO("noto", IconNaming.CODE_POINTS),
    /** Twemoji, CC-BY-4.0. */
    TWEMOJI("twemoji", IconNaming.CODE_POINTS),
    /** Fluent Emoji, flat variant, MIT. */
    FLAT("flat", IconNaming.CODE_POINTS),
    /** The first Noto Emoji with blob faces, Apache-2.0. */
    BLOB("blob", IconNaming.LABELS),
    /** EmojiOne 2, CC-BY-4.0. */
    EMOJIONE("emojione", IconNaming.LABELS);

    private final String word;
    private final IconNaming naming;

    EmojiStyle(String word, IconNaming naming) {
        this.word = word;
        this.naming = naming;
    }

    /** The style's one canonical word in captions, and the name of its folder. */
    public String word() {
        return word;
    }

    /** Other words for it that people may use, the likeliest first. */
    public List<String> otherWords() {
        return switch (this) {
            case NOTO -> List.of();
            case TWEMOJI -> List.of("twitter");
            case FLAT -> List.of("fluent");
            case BLOB -> List.of("android blob");
            case EMOJIONE -> List.of("emoji one");
        };
    }

    /** Where its drawings come from. */
    public NpmPackage source() {
        return switch (this) {
            case NOTO ->
                new NpmPackage(
                        "@iconify-json/noto",
                        "1.2.9",
                        "sha512-DQiuXENbun41ch+XPSV55H9FaWKpHTyz46YIKtSaKYD4fIDDzL1tR6H4np/T38jfrTAeI3rcKF0mqHYeZVAuaw==");
            case TWEMOJI ->
                new NpmPackage(
                        "@iconify-json/twemoji",
                        "1.2.5",
                        "sha512-uKpuIEV0v6K5BW3Mjdyl+XKFVAbbcPxAgifKvEMtZoUZB5+YiY5zaMm2uNNCxyXzAWU9yNLlj41WU6/mvgALsw==");
            case FLAT ->
                new NpmPackage(
                        "@iconify-json/fluent-emoji-flat",
                        "1.2.6",
                        "sha512-RY47RgPb47fYUiyrA64sIOL0+UU02s29sXpNBbIQRBUlPlfNFTKUmZDERGuxDs/7yNGWqQYvuaSYM1M4fRXlUw==");
            case BLOB ->
                new NpmPackage(
                        "@iconify-json/noto-v1",
                        "1.2.5",
                        "sha512-/DsVMius69Q0fRS53z7QK1TROSuar606jiIx+laXtdsYGMXpf6LtHBx6CGfoo3UHHb/XpBsw+1L1x3eyPqMuVA==");
            case EMOJIONE ->
                new NpmPackage(
                        "@iconify-json/emojione",
                        "1.2.3",
                        "sha512-T9+T3HIbJNLKKsmxYKlaYhvnHYkz/HNYTV7SHCXVZPfeUi4FqskY70YeN8yYAZT8cCv7w5vJxS4Q1m8zb9CMMg==");
        };
    }

    /** How its icons tell which glyph they draw. */
    IconNaming naming() {
        return naming;
    }

    /**
     * Returns the style of this canonical word.
     *
     * @throws IllegalArgumentException if there is none; the message lists the words
     */
    public static EmojiStyle of(String word) {
        for (var style : values()) {
            if (style.word.equals(word)) {
                return style;
            }
        }
        throw new IllegalArgumentException(
                "unknown style '" + word + "'; known are noto, twemoji, flat, blob, emojione");
    }
}
