package dev.nextstep.image;

/**
 * The part of the source that is resized, in source pixels. Corners are float32 because Pillow keeps them so; that decides
 * ties (spec §15 item 26).
 *
 * @param left from 0
 * @param top from 0
 * @param right beyond left, at most the width
 * @param bottom beyond top, at most the height
 */
public record ResampleBox(float left, float top, float right, float bottom) {
    public ResampleBox {
        if (!(left >= 0 && top >= 0 && right > left && bottom > top)) {
            throw new IllegalArgumentException("box must satisfy 0 <= left < right and 0 <= top < bottom, got " + left
                    + ", " + top + ", " + right + ", " + bottom);
        }
    }

    static ResampleBox whole(int width, int height) {
        return new ResampleBox(0, 0, width, height);
    }
}
