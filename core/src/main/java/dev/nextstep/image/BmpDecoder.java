package dev.nextstep.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** BMP: palettes of 1, 4 and 8 bits (plain or run-length coded), 16, 24 and 32 bits per pixel with or without masks. */
final class BmpDecoder {
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BIT_FIELDS = 3;

    private final ByteBuffer in;
    private int width;
    private int height;
    private int bits;
    private int compression;
    private boolean topDown;

    private BmpDecoder(byte[] file) {
        in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** May throw BufferUnderflow- or IndexOutOfBoundsException where the file breaks off; the reader translates it. */
    static Raster decode(byte[] file, PictureLimits limits) throws BadPicture {
        return new BmpDecoder(file).decode(limits);
    }

    private Raster decode(PictureLimits limits) throws BadPicture {
        long dataStart = Integer.toUnsignedLong(in.getInt(10));
        int headerSize = in.getInt(14);
        boolean old = headerSize == 12;
        if ((!old && headerSize < 40) || headerSize > 124) {
            throw new BadPicture("its header has the unknown size " + headerSize);
        }
        long claimedHeight = old ? Short.toUnsignedInt(in.getShort(20)) : in.getInt(22);
        long claimedWidth = old ? Short.toUnsignedInt(in.getShort(18)) : in.getInt(18);
        bits = in.getShort(old ? 24 : 28);
        compression = old ? 0 : in.getInt(30);
        topDown = claimedHeight < 0;
        limits.check(claimedWidth, Math.abs(claimedHeight));
        width = (int) claimedWidth;
        height = (int) Math.abs(claimedHeight);
        if (dataStart > in.limit()) {
            throw new BadPicture("its picture data lies outside of the file");
        }
        int start = (int) dataStart;
        return switch (bits) {
            case 1, 4, 8 -> indexed(start, 14 + headerSize, old ? 3 : 4, old ? 0 : in.getInt(46));
            case 16, 24, 32 -> direct(start, headerSize);
            default -> throw new BadPicture("it has " + bits + " bits per pixel; known are 1, 4, 8, 16, 24 and 32");
        };
    }

    private Raster indexed(int start, int paletteAt, int entryBytes, int claimedColours) throws BadPicture {
        int colours = claimedColours > 0 && claimedColours <= 256 ? claimedColours : 1 << bits;
        byte[] palette = Raster.grayRamp();
        for (int i = 0; i < colours && paletteAt + (i + 1) * entryBytes <= start; i++) {
            for (int c = 0; c < 3; c++) {
                palette[3 * i + c] = in.get(paletteAt + i * entryBytes + 2 - c);
            }
        }
        boolean runs = (compression == RLE8 && bits == 8) || (compression == RLE4 && bits == 4);
        if (compression != 0 && !runs) {
            throw new BadPicture("its compression " + compression + " is not known for " + bits + " bits");
        }
        byte[] out;
        if (runs) {
            Plausibility.check((long) width * height, in.limit(), 255, 1 << 20);
            out = new byte[width * height];
            unpackRuns(start, out);
        } else {
            int rowBytes = checkRows(start);
            out = new byte[width * height];
            for (int y = 0; y < height; y++) {
                int from = start + y * rowBytes;
                for (int x = 0; x < width; x++) {
                    int bit = x * bits;
                    int value = (in.get(from + bit / 8) & 255) >> (8 - bits - bit % 8) & (1 << bits) - 1;
                    out[row(y) * width + x] = (byte) value;
                }
            }
        }
        return new Raster(PixelMode.P, width, height, out, palette);
    }

    private Raster direct(int start, int headerSize) throws BadPicture {
        int[] masks = bits == 16 ? new int[] {0x7C00, 0x3E0, 0x1F, 0} : new int[] {0xFF0000, 0xFF00, 0xFF, 0};
        if (compression == BIT_FIELDS && bits != 24) {
            for (int c = 0; c < 3; c++) {
                masks[c] = in.getInt(54 + 4 * c);
            }
            masks[3] = headerSize >= 56 ? in.getInt(66) : 0;
        } else if (compression != 0) {
            throw new BadPicture("its compression " + compression + " is not known for " + bits + " bits");
        }
        int rowBytes = checkRows(start);
        int pixelBytes = bits / 8;
        PixelMode mode = masks[3] == 0 ? PixelMode.RGB : PixelMode.RGBA;
        int channels = mode.channels();
        byte[] out = new byte[width * height * channels];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = start + y * rowBytes + x * pixelBytes;
                int value = 0;
                for (int b = 0; b < pixelBytes; b++) {
                    value |= (in.get(from + b) & 255) << (8 * b);
                }
                for (int c = 0; c < channels; c++) {
                    out[(row(y) * width + x) * channels + c] = channel(value, masks[c]);
                }
            }
        }
        return new Raster(mode, width, height, out);
    }

    private static byte channel(int value, int mask) {
        if (mask == 0) {
            return 0;
        }
        int shift = Integer.numberOfTrailingZeros(mask);
        long max = Integer.toUnsignedLong(mask >>> shift);
        return (byte) (Integer.toUnsignedLong((value & mask) >>> shift) * 255 / max);
    }

    private int row(int stored) {
        return topDown ? stored : height - 1 - stored;
    }

    private int checkRows(int start) throws BadPicture {
        long rowBytes = ((long) width * bits + 31) / 32 * 4;
        // Some writers leave out the padding of the last row.
        if (start + rowBytes * (height - 1) + ((long) width * bits + 7) / 8 > in.limit()) {
            throw new BadPicture("its picture data ends too early; the file is truncated");
        }
        return (int) rowBytes;
    }

    private void unpackRuns(int start, byte[] out) throws BadPicture {
        int at = start;
        int x = 0;
        int y = 0;
        while (y < height) {
            int count = in.get(at++) & 255;
            int value = in.get(at++) & 255;
            if (count > 0) {
                for (int i = 0; i < count; i++) {
                    put(out, x++, y, nibble(value, i));
                }
            } else if (value == 0) {
                x = 0;
                y++;
            } else if (value == 1) {
                return;
            } else if (value == 2) {
                x += in.get(at++) & 255;
                y += in.get(at++) & 255;
            } else {
                for (int i = 0; i < value; i++) {
                    int stored = in.get(at + (bits == 8 ? i : i / 2)) & 255;
                    put(out, x++, y, nibble(stored, i));
                }
                int bytes = bits == 8 ? value : (value + 1) / 2;
                at += bytes + bytes % 2;
            }
        }
    }

    private byte nibble(int value, int i) {
        return (byte) (bits == 8 ? value : i % 2 == 0 ? value >> 4 : value & 15);
    }

    private void put(byte[] out, int x, int y, byte value) throws BadPicture {
        if (x >= width || y >= height) {
            throw new BadPicture("its picture data is damaged (a run leaves the picture)");
        }
        out[row(y) * width + x] = value;
    }
}
