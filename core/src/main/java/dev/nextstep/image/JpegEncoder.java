package dev.nextstep.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Baseline JPEG through the JDK's encoder; texts go into segments behind the JFIF header. */
final class JpegEncoder {
    private JpegEncoder() {}

    static byte[] encode(Pixels pixels, WriteOptions options) throws BadPicture, IOException {
        byte[] jpeg = compress(pixels, options.quality() / 100f);
        return options.texts().isEmpty() ? jpeg : insertTexts(jpeg, options.texts());
    }

    private static byte[] compress(Pixels pixels, float quality) throws BadPicture, IOException {
        BufferedImage image = new BufferedImage(pixels.width(), pixels.height(), BufferedImage.TYPE_3BYTE_BGR);
        byte[] bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        byte[] rgb = pixels.bytes();
        for (int i = 0; i < rgb.length; i += 3) {
            bgr[i] = rgb[i + 2];
            bgr[i + 1] = rgb[i + 1];
            bgr[i + 2] = rgb[i];
        }
        ImageWriter writer = newWriter();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var stream = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(quality);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static ImageWriter newWriter() throws BadPicture {
        Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("jpeg");
        while (writers.hasNext()) {
            ImageWriter writer = writers.next();
            if (JpegDecoder.isFromJdk(writer)) {
                return writer;
            }
        }
        throw new BadPicture("this Java runtime has no JPEG writer (module java.desktop)");
    }

    private static byte[] insertTexts(byte[] jpeg, Map<String, String> texts) {
        // Readers expect the JFIF header (FF E0) to come first.
        int at = (jpeg[3] & 255) == 0xE0 ? 4 + ((jpeg[4] & 255) << 8 | (jpeg[5] & 255)) : 2;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, at);
        out.writeBytes(JpegMetadata.segments(texts));
        out.write(jpeg, at, jpeg.length - at);
        return out.toByteArray();
    }
}
