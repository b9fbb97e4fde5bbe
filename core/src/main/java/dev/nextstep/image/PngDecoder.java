package dev.nextstep.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalInt;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * PNG to the raster that Pillow sees: bilevel, gray (2 and 4 bits widened), palette, gray with alpha, RGB, RGBA. 16-bit
 * gray is refused, 16-bit colour keeps its high bytes. Chunks that do not matter for the picture may be damaged.
 */
final class PngDecoder {
    /** No deflate stream grows more than this. */
    private static final long MAX_DEFLATE_RATIO = 1032;

    private static final int MAX_METADATA = 1 << 20;

    private final int width;
    private final int height;
    private final int depth;
    private final int colourType;
    private final int interlace;

    private PngDecoder(ByteBuffer header) {
        width = header.getInt(0);
        height = header.getInt(4);
        depth = header.get(8);
        colourType = header.get(9);
        interlace = header.get(12);
    }

    static Raster decode(byte[] file, PictureLimits limits) throws BadPicture {
        List<PngChunks.Chunk> chunks = PngChunks.of(file);
        if (chunks.isEmpty()
                || !chunks.getFirst().type().equals("IHDR")
                || chunks.getFirst().data().remaining() != 13) {
            throw new BadPicture("it has no complete PNG header");
        }
        for (PngChunks.Chunk chunk : chunks) {
            if (chunk.critical() && !chunk.crcMatches()) {
                throw new BadPicture("its " + chunk.type() + " chunk is damaged (wrong check sum)");
            }
        }
        ByteBuffer header = chunks.getFirst().data();
        limits.check(Integer.toUnsignedLong(header.getInt(0)), Integer.toUnsignedLong(header.getInt(4)));
        PngDecoder decoder = new PngDecoder(header);
        decoder.checkKind(header);
        return decoder.decode(chunks);
    }

    static OptionalInt orientation(byte[] file) {
        for (PngChunks.Chunk chunk : PngChunks.of(file)) {
            if (chunk.type().equals("eXIf") && chunk.crcMatches()) {
                OptionalInt found = ExifOrientation.inExif(chunk.bytes());
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        for (PngText.Entry entry : PngText.entries(file, MAX_METADATA)) {
            if (entry.keyword().equals("XML:com.adobe.xmp")) {
                return ExifOrientation.inXmp(entry.text());
            }
        }
        return OptionalInt.empty();
    }

    private void checkKind(ByteBuffer header) throws BadPicture {
        boolean known = switch (colourType) {
            case 0 -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
            case 3 -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
            case 2, 4, 6 -> depth == 8 || depth == 16;
            default -> false;
        };
        if (!known || header.get(10) != 0 || header.get(11) != 0 || interlace < 0 || interlace > 1) {
            throw new BadPicture("its PNG header asks for an unknown kind (colour type " + colourType + ", " + depth
                    + " bits, interlace " + interlace + ")");
        }
        if (colourType == 0 && depth == 16) {
            throw new BadPicture("it is a 16-bit gray picture, a mode that is not supported; save it with 8 bits");
        }
    }

    private Raster decode(List<PngChunks.Chunk> chunks) throws BadPicture {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        byte[] palette = Raster.grayRamp();
        boolean hasPalette = false;
        for (PngChunks.Chunk chunk : chunks) {
            if (chunk.type().equals("IDAT")) {
                data.writeBytes(chunk.bytes());
            } else if (chunk.type().equals("PLTE")) {
                ByteBuffer entries = chunk.data().duplicate();
                entries.get(palette, 0, Math.min(entries.remaining(), palette.length));
                hasPalette = true;
            }
        }
        if (colourType == 3 && !hasPalette) {
            throw new BadPicture("its palette is missing");
        }
        long expected = 0;
        for (int[] pass : passes()) {
            expected += passBytes(pass);
        }
        if (expected > MAX_DEFLATE_RATIO * data.size()) {
            throw new BadPicture("its " + data.size() + " bytes of picture data cannot hold " + width + " x " + height
                    + " pixels; the file is truncated or lies about its size");
        }
        return new Raster(mode(), width, height, unpack(data.toByteArray()), palette);
    }

    private PixelMode mode() {
        return switch (colourType) {
            case 0 -> depth == 1 ? PixelMode.BILEVEL : PixelMode.L;
            case 2 -> PixelMode.RGB;
            case 3 -> PixelMode.P;
            case 4 -> PixelMode.LA;
            default -> PixelMode.RGBA;
        };
    }

    /** First column, first row, column step, row step of each pass. */
    private int[][] passes() {
        return interlace == 0
                ? new int[][] {{0, 0, 1, 1}}
                : new int[][] {
                    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
                };
    }

    private static int steps(int size, int first, int step) {
        return Math.max(0, (size - first + step - 1) / step);
    }

    private int rowBytes(int columns) throws BadPicture {
        long bits = (long) columns * mode().channels() * depth;
        if (bits > 8L * (Integer.MAX_VALUE - 16)) {
            throw new BadPicture("a row of it is too long");
        }
        return (int) ((bits + 7) / 8);
    }

    private long passBytes(int[] pass) throws BadPicture {
        int columns = steps(width, pass[0], pass[2]);
        return columns == 0 ? 0 : (1L + rowBytes(columns)) * steps(height, pass[1], pass[3]);
    }

    private byte[] unpack(byte[] compressed) throws BadPicture {
        int channels = mode().channels();
        byte[] out = new byte[width * height * channels];
        int pixelBytes = Math.max(1, channels * depth / 8);
        try (Inflater inflater = new Inflater()) {
            inflater.setInput(compressed);
            for (int[] pass : passes()) {
                int columns = steps(width, pass[0], pass[2]);
                int rows = columns == 0 ? 0 : steps(height, pass[1], pass[3]);
                byte[] line = new byte[1 + rowBytes(columns)];
                byte[] above = new byte[line.length];
                for (int row = 0; row < rows; row++) {
                    readFully(inflater, line);
                    PngFilter.undo(line, above, pixelBytes);
                    int y = pass[1] + row * pass[3];
                    for (int i = 0; i < columns; i++) {
                        int to = (y * width + pass[0] + i * pass[2]) * channels;
                        for (int c = 0; c < channels; c++) {
                            out[to + c] = sample(line, i * channels + c);
                        }
                    }
                    byte[] swap = above;
                    above = line;
                    line = swap;
                }
            }
        } catch (DataFormatException e) {
            throw new BadPicture("its picture data is damaged: " + e.getMessage());
        }
        return out;
    }

    private byte sample(byte[] line, int index) {
        return switch (depth) {
            case 8 -> line[1 + index];
            case 16 -> line[1 + 2 * index];
            default -> {
                int bit = index * depth;
                int value = (line[1 + bit / 8] & 255) >> (8 - depth - bit % 8) & (1 << depth) - 1;
                yield (byte) (colourType == 3 ? value : value * 255 / ((1 << depth) - 1));
            }
        };
    }

    private static void readFully(Inflater inflater, byte[] line) throws DataFormatException, BadPicture {
        int at = 0;
        while (at < line.length) {
            int n = inflater.inflate(line, at, line.length - at);
            if (n == 0 && (inflater.finished() || inflater.needsInput() || inflater.needsDictionary())) {
                throw new BadPicture("its picture data ends too early; the file is truncated");
            }
            at += n;
        }
    }
}
