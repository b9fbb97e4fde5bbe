package dev.nextstep.server.robust;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/** Files that claim to be pictures. */
final class HostilePictures {
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private final Random random;
    private final List<byte[]> good;

    HostilePictures(Random random) {
        this.random = random;
        var rgb = new byte[32 * 24 * 3];
        new Random(1).nextBytes(rgb);
        var pixels = Pixels.of(32, 24, rgb);
        good = Arrays.stream(PictureFormat.values())
                .map(format -> PictureWriter.encode(pixels, format, WriteOptions.DEFAULT))
                .toList();
    }

    /**
     * A file.
     *
     * @param name what is wrong with it
     * @param bytes all of it
     */
    record File(String name, byte[] bytes) {}

    File next() {
        return switch (random.nextInt(8)) {
            case 0 -> new File("noise", noise(5_000));
            case 1 -> new File("nothing", new byte[0]);
            case 2 -> truncated();
            case 3, 4 -> changed();
            case 5 -> new File("claims to be huge", png(1 + random.nextInt(1 << 30), 1 + random.nextInt(1 << 30), 100));
            case 6 -> new File("unpacks to far more than it says", png(16, 16, 20_000_000));
            default -> otherKind();
        };
    }

    private byte[] noise(int most) {
        var bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] someGood() {
        return good.get(random.nextInt(good.size())).clone();
    }

    private File truncated() {
        var bytes = someGood();
        return new File("truncated", Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }

    private File changed() {
        var bytes = someGood();
        for (int i = 1 + random.nextInt(10); i > 0; i--) {
            // Headers are where it hurts.
            int at = random.nextBoolean() ? random.nextInt(Math.min(60, bytes.length)) : random.nextInt(bytes.length);
            bytes[at] = (byte) random.nextInt(256);
        }
        return new File("some bytes changed", bytes);
    }

    private File otherKind() {
        var kinds = List.of(
                "GIF89a\u0001\u0000\u0001\u0000",
                "BM\u0000\u0000",
                "<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>",
                "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
                "RIFF\u00ff\u00ff\u00ff\u00ffWEBPVP8X",
                "RIFF\u0010\u0000\u0000\u0000WEBPVP8L\u00ff\u00ff\u00ff\u00ff/",
                "\u00ff\u00d8\u00ff\u00c0\u0000\u0011\b\u00ff\u00ff\u00ff\u00ff\u0003",
                "%PDF-1.7",
                "PK\u0003\u0004");
        var text = kinds.get(random.nextInt(kinds.size()));
        return new File("another kind", (text + "x".repeat(random.nextInt(50))).getBytes(StandardCharsets.ISO_8859_1));
    }

    private static byte[] png(int width, int height, int unpacked) {
        try {
            var out = new ByteArrayOutputStream();
            out.writeBytes(PNG);
            var header = new ByteArrayOutputStream();
            var data = new DataOutputStream(header);
            data.writeInt(width);
            data.writeInt(height);
            data.write(new byte[] {8, 2, 0, 0, 0});
            chunk(out, "IHDR", header.toByteArray());
            var packed = new ByteArrayOutputStream();
            try (var deflater = new DeflaterOutputStream(packed)) {
                var block = new byte[65_536];
                for (int left = unpacked; left > 0; left -= block.length) {
                    deflater.write(block, 0, Math.min(left, block.length));
                }
            }
            chunk(out, "IDAT", packed.toByteArray());
            chunk(out, "IEND", new byte[0]);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] content) throws IOException {
        var data = new DataOutputStream(out);
        data.writeInt(content.length);
        var name = type.getBytes(StandardCharsets.US_ASCII);
        data.write(name);
        data.write(content);
        var sum = new CRC32();
        sum.update(name);
        sum.update(content);
        data.writeInt((int) sum.getValue());
    }
}
