package dev.nextstep.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.WriteOptions;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;

/** Pictures that programs stumble over. */
final class BadPictures {
    private static final int SIDE = 32;

    private BadPictures() {}

    static byte[] goodPng() {
        return PictureWriter.encode(Cli.picture(SIDE, SIDE), PictureFormat.PNG, WriteOptions.DEFAULT);
    }

    /** A PNG of 8-bit grey that claims a size, with so many bytes of picture data. */
    static byte[] claiming(int width, int height, int dataBytes) throws IOException {
        var file = new ByteArrayOutputStream();
        file.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        var header = new ByteArrayOutputStream();
        var numbers = new DataOutputStream(header);
        numbers.writeInt(width);
        numbers.writeInt(height);
        numbers.write(new byte[] {8, 0, 0, 0, 0});
        chunk(file, "IHDR", header.toByteArray());
        chunk(file, "IDAT", deflated(dataBytes));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    /** A good PNG with a compressed text that unpacks to so many bytes. */
    static byte[] withTextBomb(int bytes) throws IOException {
        byte[] png = goodPng();
        var file = new ByteArrayOutputStream();
        int afterHeader = 8 + 25;
        file.write(png, 0, afterHeader);
        var text = new ByteArrayOutputStream();
        text.write("parameters\0\0".getBytes(US_ASCII));
        text.write(deflated(bytes));
        chunk(file, "zTXt", text.toByteArray());
        file.write(png, afterHeader, png.length - afterHeader);
        return file.toByteArray();
    }

    private static byte[] deflated(int zeros) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(packed)) {
            var block = new byte[1 << 16];
            for (int left = zeros; left > 0; left -= block.length) {
                deflater.write(block, 0, Math.min(left, block.length));
            }
        }
        return packed.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] content) throws IOException {
        var out = new DataOutputStream(file);
        out.writeInt(content.length);
        byte[] name = type.getBytes(US_ASCII);
        out.write(name);
        out.write(content);
        var crc = new CRC32();
        crc.update(name);
        crc.update(content);
        out.writeInt((int) crc.getValue());
    }

    /** A GIF of two frames. */
    static Path animated(Path file) throws IOException {
        var writer = ImageIO.getImageWritersByFormatName("gif").next();
        try (var out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.prepareWriteSequence(null);
            for (int i = 0; i < 2; i++) {
                var frame = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_INDEXED);
                frame.setRGB(i, i, 0xFFFFFF);
                writer.writeToSequence(new IIOImage(frame, null, null), writer.getDefaultWriteParam());
            }
            writer.endWriteSequence();
        } finally {
            writer.dispose();
        }
        return file;
    }

    /** A PNG of 16 bits per channel. */
    static Path sixteenBits(Path file, int colorSpace) throws IOException {
        var colors = new ComponentColorModel(
                ColorSpace.getInstance(colorSpace), false, false, Transparency.OPAQUE, DataBuffer.TYPE_USHORT);
        var raster = colors.createCompatibleWritableRaster(SIDE, SIDE);
        raster.setSample(3, 3, 0, 40_000);
        ImageIO.write(new BufferedImage(colors, raster, false, null), "png", file.toFile());
        return file;
    }

    /** A JPEG of four channels, which readers take for CMYK. */
    static Path cmyk(Path file) throws IOException {
        var raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, SIDE, SIDE, 4, null);
        for (int i = 0; i < SIDE; i++) {
            raster.setSample(i, i, i % 4, 200);
        }
        var any = ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_INT_RGB);
        var writer = ImageIO.getImageWriters(any, "jpeg").next();
        try (var out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return file;
    }

    static Path text(Path file) throws IOException {
        return Files.write(file, "this is not a picture\n".getBytes(UTF_8));
    }
}
