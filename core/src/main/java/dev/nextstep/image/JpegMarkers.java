package dev.nextstep.image;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalInt;

/**
 * What the marker segments of a JPEG say, found before anything is decoded.
 *
 * @param colours meaning of the components, guessed by libjpeg's rules
 * @param orientation from EXIF, or else from XMP
 */
record JpegMarkers(int width, int height, int components, Colours colours, OptionalInt orientation) {
    private static final int MAX_SCANS = 100;
    private static final byte[] XMP = "http://ns.adobe.com/xap/1.0/\0".getBytes(StandardCharsets.ISO_8859_1);

    enum Colours {
        GRAY,
        RGB,
        YCC,
        CMYK,
        YCCK
    }

    static JpegMarkers of(byte[] file) throws BadPicture {
        return new Scanner(file).scan();
    }

    private static final class Scanner {
        private final byte[] file;
        private int frame = -1;
        private boolean jfif;
        private int adobe = -1;
        private OptionalInt exif = OptionalInt.empty();
        private OptionalInt xmp = OptionalInt.empty();

        Scanner(byte[] file) {
            this.file = file;
        }

        JpegMarkers scan() throws BadPicture {
            int at = 2;
            int scans = 0;
            while (true) {
                at = nextMarker(at);
                int marker = file[at + 1] & 255;
                at += 2;
                if (marker == 0xD9) {
                    break;
                }
                if (marker == 0xD8 || marker == 0x01 || (marker >= 0xD0 && marker <= 0xD7)) {
                    continue;
                }
                int length = at + 2 > file.length ? 0 : u16(at);
                if (length < 2 || at + length > file.length) {
                    throw new BadPicture(
                            "one of its segments reaches beyond its end; the file is truncated or damaged");
                }
                segment(marker, at + 2, at + length);
                at += length;
                if (marker == 0xDA && ++scans > MAX_SCANS) {
                    throw new BadPicture("it has more than " + MAX_SCANS + " scans");
                }
            }
            if (frame < 0 || scans == 0) {
                throw new BadPicture("it holds no picture");
            }
            return result();
        }

        /** The next marker; stuffed zeros and the restart markers inside of scan data are passed over. */
        private int nextMarker(int from) throws BadPicture {
            for (int i = from; i + 1 < file.length; i++) {
                int code = file[i + 1] & 255;
                if (file[i] == (byte) 0xFF && code != 0 && code != 0xFF) {
                    return i;
                }
            }
            throw new BadPicture("its end marker is missing; the file is truncated");
        }

        private void segment(int marker, int from, int to) throws BadPicture {
            switch (marker) {
                case 0xC0, 0xC1, 0xC2 -> {
                    if (frame >= 0) {
                        throw new BadPicture("it has two frame headers");
                    }
                    if (to - from < 6 || to - from < 6 + 3 * (file[from + 5] & 255)) {
                        throw new BadPicture("its frame header is too short");
                    }
                    if (file[from] != 8) {
                        throw new BadPicture("it has " + file[from] + " bits per sample; only 8 are supported");
                    }
                    frame = from;
                }
                case 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF ->
                    throw new BadPicture("it is a lossless, hierarchical or arithmetic-coded JPEG; save it as a"
                            + " baseline or progressive one");
                case 0xE0 -> jfif |= startsWith(from, to, "JFIF\0".getBytes(StandardCharsets.ISO_8859_1));
                case 0xE1 -> {
                    if (exif.isEmpty() && startsWith(from, to, "Exif\0\0".getBytes(StandardCharsets.ISO_8859_1))) {
                        exif = ExifOrientation.inExif(Arrays.copyOfRange(file, from, to));
                    } else if (xmp.isEmpty() && startsWith(from, to, XMP)) {
                        xmp = ExifOrientation.inXmp(new String(file, from, to - from, StandardCharsets.ISO_8859_1));
                    }
                }
                case 0xEE -> {
                    if (to - from >= 12 && startsWith(from, to, "Adobe".getBytes(StandardCharsets.ISO_8859_1))) {
                        adobe = file[from + 11] & 255;
                    }
                }
                default -> {
                    // Tables, comments and other application data belong to the decoder or to nobody.
                }
            }
        }

        private JpegMarkers result() throws BadPicture {
            int components = file[frame + 5] & 255;
            Colours colours = switch (components) {
                case 1 -> Colours.GRAY;
                case 3 -> threeComponents();
                case 4 -> adobe <= 0 ? Colours.CMYK : Colours.YCCK;
                default -> throw new BadPicture("it has " + components + " components; known are 1, 3 and 4");
            };
            return new JpegMarkers(u16(frame + 3), u16(frame + 1), components, colours, exif.isPresent() ? exif : xmp);
        }

        private Colours threeComponents() {
            if (jfif) {
                return Colours.YCC;
            }
            if (adobe >= 0) {
                return adobe == 0 ? Colours.RGB : Colours.YCC;
            }
            boolean named = file[frame + 6] == 'R' && file[frame + 9] == 'G' && file[frame + 12] == 'B';
            return named ? Colours.RGB : Colours.YCC;
        }

        private boolean startsWith(int from, int to, byte[] prefix) {
            return to - from >= prefix.length
                    && Arrays.equals(file, from, from + prefix.length, prefix, 0, prefix.length);
        }

        private int u16(int at) {
            return (file[at] & 255) << 8 | (file[at + 1] & 255);
        }
    }
}
