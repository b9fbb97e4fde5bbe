package dev.nextstep.train.model;

import dev.nextstep.checkpoint.VaeConfig;
import dev.nextstep.data.EncodedPicture;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.PixelFloats;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.SourceFit;
import dev.nextstep.prompt.Grid;
import dev.nextstep.torch.Compute;
import dev.nextstep.torch.StepWeights;
import dev.nextstep.torch.Tensors;
import dev.nextstep.torch.TorchVae;
import dev.nextstep.torch.Weights;
import dev.nextstep.vae.Patchifier;
import dev.nextstep.vae.Planes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;

/**
 * Image tokens of pictures, made by the frozen tokenizer when a picture is first met and kept in memory. A picture that
 * stands in many samples is encoded once.
 */
public final class LatentCache implements AutoCloseable {
    /**
     * A picture as tokens.
     *
     * @param grid rows and columns of tokens
     * @param tokens [grid.tokens · channels · patch²]; not copied
     */
    public record PictureTokens(Grid grid, float[] tokens) {}

    /** A picture file in one of its training sizes. */
    private record Key(String hash, SourceFit fit) {}

    private final VaeConfig config;
    private final Weights weights;
    private final TorchVae network;
    private final Patchifier patchifier;
    private final long mostBytes;
    private final Map<Key, PictureTokens> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /**
     * An empty cache.
     *
     * @param weights of the tokenizer, without gradients; closed with the cache
     * @param patchSize latent pixels along a side of a token
     * @param mostBytes memory for tokens; those used longest ago go first
     */
    public LatentCache(VaeConfig config, Weights weights, int patchSize, long mostBytes) {
        this.config = config;
        this.weights = weights;
        this.network = new TorchVae(config);
        this.patchifier = new Patchifier(patchSize);
        this.mostBytes = mostBytes;
    }

    /**
     * The tokens of a picture file.
     *
     * @param name for messages
     * @param fit brings the picture to its training size
     * @throws dev.nextstep.image.PictureException if it cannot be decoded
     */
    public synchronized PictureTokens tokens(EncodedPicture picture, String name, SourceFit fit) {
        var key = new Key(hash(picture.bytes()), fit);
        var known = kept.get(key);
        if (known != null) {
            return known;
        }
        var made = encode(fit.apply(new PictureReader().read(picture.bytes(), name)));
        kept.put(key, made);
        bytes += (long) made.tokens().length * Float.BYTES;
        var oldest = kept.entrySet().iterator();
        while (bytes > mostBytes && kept.size() > 1) {
            bytes -= (long) oldest.next().getValue().tokens().length * Float.BYTES;
            oldest.remove();
        }
        return made;
    }

    private PictureTokens encode(Pixels pixels) {
        try (var _ = new PointerScope();
                var _ = new NoGradGuard()) {
            var input = Tensors.of(PixelFloats.toFloats(pixels), 1, 3, pixels.height(), pixels.width());
            var latent = network.encode(new StepWeights(weights, Compute.FP32), input);
            int h = Math.toIntExact(latent.size(2));
            int w = Math.toIntExact(latent.size(3));
            int p = patchifier.patchSize();
            var planes = new Planes(config.latentChannels(), h, w, Tensors.toFloats(latent));
            return new PictureTokens(new Grid(h / p, w / p), patchifier.patchify(planes));
        }
    }

    private static String hash(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    @Override
    public void close() {
        weights.close();
    }
}
