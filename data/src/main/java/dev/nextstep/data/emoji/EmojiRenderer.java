package dev.nextstep.data.emoji;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.parser.resources.ResourcePolicy;
import com.github.weisj.jsvg.renderer.SVGRenderingHints;
import com.github.weisj.jsvg.view.ViewBox;
import dev.nextstep.image.Pixels;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Turns a drawing into a square picture on white: centred, its proportions kept, no margin but its own. Rendered at twice the
 * size and averaged over 2 × 2. The same drawing gives the same bytes.
 */
final class EmojiRenderer {
    private static final int OVERSAMPLING = 2;
    /** Less ink than this (of the whole square) is no picture. */
    private static final double LEAST_INK = 0.002;

    private static final int OPAQUE = 255;

    private final int size;
    private final LoaderContext context = LoaderContext.builder()
            .externalResourcePolicy(ResourcePolicy.DENY_ALL)
            .build();

    /**
     * Renders at this size.
     *
     * @param size side in pixels, 8 to 2048
     */
    EmojiRenderer(int size) {
        if (size < 8 || size > 2048) {
            throw new IllegalArgumentException("picture size " + size + ": expected 8 to 2048 pixels");
        }
        this.size = size;
    }

    /** Renders one drawing; whatever the SVG library throws at it becomes the one exception. */
    Pixels render(Icon icon) throws RenderException {
        try {
            var canvas = paint(icon);
            return onWhite(canvas, icon);
        } catch (RuntimeException | StackOverflowError e) {
            throw new RenderException(icon.name() + ": the SVG library fails on it (" + e + ")", e);
        }
    }

    private BufferedImage paint(Icon icon) throws RenderException {
        var bytes = new ByteArrayInputStream(icon.svg().getBytes(StandardCharsets.UTF_8));
        @Nullable SVGDocument document = new SVGLoader().load(bytes, null, context);
        if (document == null) {
            throw new RenderException(icon.name() + ": it is no well-formed SVG");
        }
        int side = OVERSAMPLING * size;
        var canvas = new BufferedImage(side, side, BufferedImage.TYPE_INT_ARGB_PRE);
        var graphics = canvas.createGraphics();
        try {
            hints(graphics);
            double scale = side / Math.max(icon.width(), icon.height());
            var box = new ViewBox(
                    (float) ((side - scale * icon.width()) / 2),
                    (float) ((side - scale * icon.height()) / 2),
                    (float) (scale * icon.width()),
                    (float) (scale * icon.height()));
            document.render((java.awt.Component) null, graphics, box);
        } finally {
            graphics.dispose();
        }
        return canvas;
    }

    private static void hints(Graphics2D graphics) {
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        graphics.setRenderingHint(RenderingHints.KEY_RENDERING, RenderingHints.VALUE_RENDER_QUALITY);
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
        graphics.setRenderingHint(SVGRenderingHints.KEY_SOFT_CLIPPING, SVGRenderingHints.VALUE_SOFT_CLIPPING_ON);
        graphics.setRenderingHint(
                SVGRenderingHints.KEY_MASK_CLIP_RENDERING, SVGRenderingHints.VALUE_MASK_CLIP_RENDERING_ACCURACY);
    }

    private Pixels onWhite(BufferedImage canvas, Icon icon) throws RenderException {
        int[] argb = ((DataBufferInt) canvas.getRaster().getDataBuffer()).getData();
        int side = canvas.getWidth();
        int samples = OVERSAMPLING * OVERSAMPLING;
        var rgb = new byte[3 * size * size];
        long ink = 0;
        for (int y = 0; y < size; y++) {
            for (int x = 0; x < size; x++) {
                int red = 0;
                int green = 0;
                int blue = 0;
                for (int s = 0; s < samples; s++) {
                    int pixel =
                            argb[(OVERSAMPLING * y + s / OVERSAMPLING) * side + OVERSAMPLING * x + s % OVERSAMPLING];
                    int alpha = pixel >>> 24;
                    ink += alpha;
                    // Premultiplied: white shines through by what the alpha leaves.
                    red += Math.min(OPAQUE, (pixel >> 16 & OPAQUE) + OPAQUE - alpha);
                    green += Math.min(OPAQUE, (pixel >> 8 & OPAQUE) + OPAQUE - alpha);
                    blue += Math.min(OPAQUE, (pixel & OPAQUE) + OPAQUE - alpha);
                }
                int at = 3 * (y * size + x);
                rgb[at] = (byte) ((red + samples / 2) / samples);
                rgb[at + 1] = (byte) ((green + samples / 2) / samples);
                rgb[at + 2] = (byte) ((blue + samples / 2) / samples);
            }
        }
        if (ink < LEAST_INK * OPAQUE * side * side) {
            throw new RenderException(icon.name() + ": it comes out empty");
        }
        return Pixels.of(size, size, rgb);
    }
}
