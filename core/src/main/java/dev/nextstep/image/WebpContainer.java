package dev.nextstep.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The RIFF container of WebP: the sizes in its headers, and the chunks of the first picture.
 *
 * @param picture chunk VP8 or VP8L, with its header
 * @param alpha chunk ALPH with its header, empty if there is none
 * @param orientation from EXIF, or else from XMP
 */
@SuppressWarnings("ArrayRecordComponent") // package-private carrier, never compared
record WebpContainer(
        int canvasWidth,
        int canvasHeight,
        int frameX,
        int frameY,
        int frameWidth,
        int frameHeight,
        boolean hasAlpha,
        byte[] picture,
        byte[] alpha,
        OptionalInt orientation) {

    static boolean isWebp(byte[] file) {
        return file.length >= 12
                && new String(file, 0, 4, StandardCharsets.ISO_8859_1).equals("RIFF")
                && new String(file, 8, 4, StandardCharsets.ISO_8859_1).equals("WEBP");
    }

    /** A chunk: its four letters, where its data begins, and how long it is. */
    private record Chunk(String type, int from, int length) {
        int next() {
            return from + length + length % 2;
        }
    }

    static WebpContainer of(byte[] file) throws BadPicture {
        return new Parser(file).parse();
    }

    /** The smallest file that holds the same picture. */
    byte[] pictureOnly() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes("WEBP".getBytes(StandardCharsets.ISO_8859_1));
        if (alpha.length > 0) {
            body.writeBytes(extendedHeader(0x10, frameWidth, frameHeight));
            body.writeBytes(alpha);
        }
        body.writeBytes(picture);
        return chunk("RIFF", body.toByteArray());
    }

    /** A chunk with header and padding. */
    static byte[] chunk(String type, byte[] data) {
        ByteBuffer out = ByteBuffer.allocate(8 + data.length + data.length % 2).order(ByteOrder.LITTLE_ENDIAN);
        out.put(type.getBytes(StandardCharsets.ISO_8859_1)).putInt(data.length).put(data);
        return out.array();
    }

    /** Chunk VP8X. */
    static byte[] extendedHeader(int flags, int width, int height) {
        byte[] data = {
            (byte) flags,
            0,
            0,
            0,
            (byte) (width - 1),
            (byte) ((width - 1) >> 8),
            (byte) ((width - 1) >> 16),
            (byte) (height - 1),
            (byte) ((height - 1) >> 8),
            (byte) ((height - 1) >> 16)
        };
        return chunk("VP8X", data);
    }

    private static final class Parser {
        private final byte[] file;
        private final ByteBuffer in;
        private int canvasWidth;
        private int canvasHeight;
        private int frameX;
        private int frameY;
        private Optional<Chunk> picture = Optional.empty();
        private Optional<Chunk> alpha = Optional.empty();
        private OptionalInt exif = OptionalInt.empty();
        private OptionalInt xmp = OptionalInt.empty();

        Parser(byte[] file) {
            this.file = file;
            this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        }

        WebpContainer parse() throws BadPicture {
            long claimed = 8 + Integer.toUnsignedLong(in.getInt(4));
            if (claimed > file.length) {
                throw new BadPicture(
                        "it should have " + claimed + " bytes but has " + file.length + "; the file is truncated");
            }
            chunks(12, (int) claimed);
            Chunk image = picture.orElseThrow(() -> new BadPicture("it holds no picture"));
            boolean lossless = image.type().equals("VP8L");
            int at = image.from();
            if ((image.length() < 10 && !lossless) || image.length() < 5) {
                throw new BadPicture("its picture data is too short");
            }
            int bits = lossless ? in.getInt(at + 1) : in.getInt(at + 6);
            int width = lossless ? (bits & 0x3FFF) + 1 : bits & 0x3FFF;
            int height = lossless ? (bits >> 14 & 0x3FFF) + 1 : bits >> 16 & 0x3FFF;
            boolean hasAlpha = lossless ? (bits >> 28 & 1) != 0 : alpha.isPresent();
            return new WebpContainer(
                    canvasWidth == 0 ? width : canvasWidth,
                    canvasHeight == 0 ? height : canvasHeight,
                    frameX,
                    frameY,
                    width,
                    height,
                    hasAlpha,
                    whole(image),
                    lossless ? new byte[0] : alpha.map(this::whole).orElse(new byte[0]),
                    exif.isPresent() ? exif : xmp);
        }

        private void chunks(int start, int end) throws BadPicture {
            int at = start;
            while (at + 8 <= end) {
                String type = new String(file, at, 4, StandardCharsets.ISO_8859_1);
                long length = Integer.toUnsignedLong(in.getInt(at + 4));
                if (at + 8 + length > end) {
                    throw new BadPicture("its chunk " + type.replaceAll("[^ -~]", "?")
                            + " reaches beyond its end; the file is truncated or damaged");
                }
                Chunk chunk = new Chunk(type, at + 8, (int) length);
                take(chunk);
                at = chunk.next();
            }
        }

        private void take(Chunk chunk) throws BadPicture {
            switch (chunk.type()) {
                case "VP8X" -> {
                    if (chunk.length() >= 10) {
                        canvasWidth = u24(chunk.from() + 4) + 1;
                        canvasHeight = u24(chunk.from() + 7) + 1;
                    }
                }
                case "ANMF" -> {
                    if (picture.isEmpty() && chunk.length() >= 16) {
                        frameX = 2 * u24(chunk.from());
                        frameY = 2 * u24(chunk.from() + 3);
                        frameChunks(chunk);
                    }
                }
                case "ALPH" -> {
                    if (alpha.isEmpty() && picture.isEmpty()) {
                        alpha = Optional.of(chunk);
                    }
                }
                case "VP8 ", "VP8L" -> {
                    if (picture.isEmpty()) {
                        picture = Optional.of(chunk);
                    }
                }
                case "EXIF" -> exif = ExifOrientation.inExif(data(chunk));
                case "XMP " -> xmp = ExifOrientation.inXmp(new String(data(chunk), StandardCharsets.ISO_8859_1));
                default -> {
                    // Colour profile, animation settings and unknown chunks do not change the bytes of the picture.
                }
            }
        }

        /** The chunks inside of an animation frame, one level deep: a frame inside of a frame is not looked into. */
        private void frameChunks(Chunk frame) throws BadPicture {
            int end = frame.from() + frame.length();
            int at = frame.from() + 16;
            while (at + 8 <= end) {
                String type = new String(file, at, 4, StandardCharsets.ISO_8859_1);
                long length = Integer.toUnsignedLong(in.getInt(at + 4));
                if (at + 8 + length > end) {
                    throw new BadPicture("a chunk reaches beyond its frame; the file is truncated or damaged");
                }
                Chunk chunk = new Chunk(type, at + 8, (int) length);
                if (type.equals("ALPH") || type.equals("VP8 ") || type.equals("VP8L")) {
                    take(chunk);
                }
                at = chunk.next();
            }
        }

        private int u24(int at) {
            return (file[at] & 255) | (file[at + 1] & 255) << 8 | (file[at + 2] & 255) << 16;
        }

        private byte[] data(Chunk chunk) {
            return java.util.Arrays.copyOfRange(file, chunk.from(), chunk.from() + chunk.length());
        }

        private byte[] whole(Chunk chunk) {
            return WebpContainer.chunk(chunk.type(), data(chunk));
        }
    }
}
