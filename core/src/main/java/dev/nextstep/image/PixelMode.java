package dev.nextstep.image;

/** How the bytes of a raster are meant; the names are Pillow's. */
enum PixelMode {
    /** One channel, 0 or 255. */
    BILEVEL(1),
    /** Gray. */
    L(1),
    /** Index into a palette. */
    P(1),
    /** Gray and alpha. */
    LA(2),
    RGB(3),
    RGBA(4),
    /** Cyan, magenta, yellow, black; 0 is no ink. */
    CMYK(4);

    private final int channels;

    PixelMode(int channels) {
        this.channels = channels;
    }

    int channels() {
        return channels;
    }

    /** Whether the last channel is alpha. */
    boolean hasAlpha() {
        return this == LA || this == RGBA;
    }
}
