package dev.nextstep.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The first frame of a GIF, as Pillow shows it: on a canvas of the transparent colour's index, or of index 0; the palette is
 * taken as it is, transparency is ignored.
 */
final class GifDecoder {
    /** A 12-bit code stands for at most 4096 pixels. */
    private static final int MAX_PIXELS_PER_BYTE = 2731;

    private static final int MAX_CODES = 4096;

    private final ByteBuffer in;
    private final PictureLimits limits;

    private GifDecoder(byte[] file, PictureLimits limits) {
        this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        this.limits = limits;
    }

    /** May throw BufferUnderflowException where the file breaks off; the reader translates it. */
    static Raster decode(byte[] file, PictureLimits limits) throws BadPicture {
        return new GifDecoder(file, limits).decode();
    }

    private Raster decode() throws BadPicture {
        in.position(6);
        int screenWidth = Short.toUnsignedInt(in.getShort());
        int screenHeight = Short.toUnsignedInt(in.getShort());
        int flags = in.get();
        in.getShort();
        byte[] palette = Raster.grayRamp();
        readPalette(flags, palette);
        int transparent = 0;
        while (true) {
            switch (in.get() & 255) {
                case 0x21 -> {
                    boolean control = (in.get() & 255) == 0xF9;
                    byte[] block = subBlocks(control);
                    if (control && block.length >= 4) {
                        transparent = (block[0] & 1) != 0 ? block[3] & 255 : 0;
                    }
                }
                case 0x2C -> {
                    return frame(screenWidth, screenHeight, palette, (byte) transparent);
                }
                case 0x3B -> throw new BadPicture("it holds no picture");
                default -> throw new BadPicture("it holds an unknown kind of block");
            }
        }
    }

    private Raster frame(int screenWidth, int screenHeight, byte[] palette, byte background) throws BadPicture {
        int left = Short.toUnsignedInt(in.getShort());
        int top = Short.toUnsignedInt(in.getShort());
        int width = Short.toUnsignedInt(in.getShort());
        int height = Short.toUnsignedInt(in.getShort());
        int flags = in.get();
        int canvasWidth = Math.max(screenWidth, left + width);
        int canvasHeight = Math.max(screenHeight, top + height);
        limits.check(width, height);
        limits.check(canvasWidth, canvasHeight);
        Plausibility.check((long) canvasWidth * canvasHeight, in.limit(), MAX_PIXELS_PER_BYTE, 1 << 20);
        readPalette(flags, palette);
        int codeSize = in.get();
        if (codeSize < 1 || codeSize > 8) {
            throw new BadPicture("its code size is " + codeSize + ", allowed is 1..8");
        }
        byte[] indices = unpack(subBlocks(true), codeSize, width * height);
        byte[] canvas = new byte[canvasWidth * canvasHeight];
        Arrays.fill(canvas, background);
        int[] rows = rowOrder(height, (flags & 0x40) != 0 ? new int[] {0, 8, 4, 8, 2, 4, 1, 2} : new int[] {0, 1});
        for (int y = 0; y < height; y++) {
            System.arraycopy(indices, y * width, canvas, (top + rows[y]) * canvasWidth + left, width);
        }
        return new Raster(PixelMode.P, canvasWidth, canvasHeight, canvas, palette);
    }

    /** Rows in the order in which they are stored; passes are pairs of first row and step. */
    private static int[] rowOrder(int height, int[] passes) {
        int[] order = new int[height];
        int at = 0;
        for (int p = 0; p < passes.length; p += 2) {
            for (int y = passes[p]; y < height; y += passes[p + 1]) {
                order[at++] = y;
            }
        }
        return order;
    }

    private void readPalette(int flags, byte[] palette) {
        if ((flags & 0x80) != 0) {
            System.arraycopy(Raster.grayRamp(), 0, palette, 0, palette.length);
            in.get(palette, 0, 3 << ((flags & 7) + 1));
        }
    }

    private byte[] subBlocks(boolean wanted) {
        byte[] out = new byte[wanted ? in.remaining() : 0];
        int size = 0;
        for (int n = in.get() & 255; n > 0; n = in.get() & 255) {
            if (wanted) {
                in.get(out, size, n);
                size += n;
            } else {
                in.position(in.position() + n);
            }
        }
        return Arrays.copyOf(out, size);
    }

    private static byte[] unpack(byte[] data, int codeSize, int pixels) throws BadPicture {
        int clear = 1 << codeSize;
        int end = clear + 1;
        int[] prefix = new int[MAX_CODES];
        byte[] last = new byte[MAX_CODES];
        int[] length = new int[MAX_CODES];
        for (int i = 0; i < clear; i++) {
            last[i] = (byte) i;
            length[i] = 1;
        }
        byte[] out = new byte[pixels];
        int size = 0;
        int bits = codeSize + 1;
        int next = end + 1;
        int previous = -1;
        int buffer = 0;
        int held = 0;
        int at = 0;
        while (size < pixels) {
            while (held < bits) {
                if (at == data.length) {
                    throw new BadPicture("its picture data ends too early; the file is truncated");
                }
                buffer |= (data[at++] & 255) << held;
                held += 8;
            }
            int code = buffer & (1 << bits) - 1;
            buffer >>>= bits;
            held -= bits;
            if (code == clear) {
                bits = codeSize + 1;
                next = end + 1;
                previous = -1;
                continue;
            }
            if (code == end) {
                throw new BadPicture("its picture data ends too early; the file is truncated");
            }
            boolean repeat = code == next && previous >= 0;
            if ((code >= next && !repeat) || (previous < 0 && code > end)) {
                throw new BadPicture("its picture data is damaged (unknown code)");
            }
            int source = repeat ? previous : code;
            int n = length[source];
            int walk = source;
            for (int i = n - 1; i >= 0; i--) {
                if (size + i < pixels) {
                    out[size + i] = last[walk];
                }
                if (i > 0) {
                    walk = prefix[walk];
                }
            }
            byte first = last[walk];
            size += Math.min(n, pixels - size);
            if (repeat && size < pixels) {
                out[size++] = first;
            }
            if (previous >= 0 && next < MAX_CODES) {
                prefix[next] = previous;
                last[next] = first;
                length[next] = length[previous] + 1;
                next++;
                if (next == 1 << bits && bits < 12) {
                    bits++;
                }
            }
            previous = code;
        }
        return out;
    }
}
