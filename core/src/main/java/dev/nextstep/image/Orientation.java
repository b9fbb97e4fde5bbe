package dev.nextstep.image;

/** The turn that EXIF asks for (tag 0x0112, values 1..8); other values mean no turn. */
final class Orientation {
    private Orientation() {}

    static Raster apply(Raster raster, int orientation) {
        if (orientation < 2 || orientation > 8) {
            return raster;
        }
        int w = raster.width();
        int h = raster.height();
        int n = raster.mode().channels();
        boolean swapped = orientation >= 5;
        int outW = swapped ? h : w;
        int outH = swapped ? w : h;
        byte[] in = raster.bytes();
        byte[] out = new byte[in.length];
        for (int y = 0; y < outH; y++) {
            for (int x = 0; x < outW; x++) {
                int u = swapped ? y : x;
                int v = swapped ? x : y;
                int sourceX =
                        orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8 ? w - 1 - u : u;
                int sourceY =
                        orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7 ? h - 1 - v : v;
                System.arraycopy(in, n * (sourceY * w + sourceX), out, n * (y * outW + x), n);
            }
        }
        return raster.with(outW, outH, out);
    }
}
