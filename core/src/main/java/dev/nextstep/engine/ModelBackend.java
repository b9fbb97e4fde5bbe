package dev.nextstep.engine;

import dev.nextstep.vae.DecodeProgress;
import dev.nextstep.vae.Planes;
import java.util.List;

/**
 * Computes a model: the seam below which one engine can take the place of another. Prompt, guidance rows, decoding loop,
 * batching, snapshots, progress and picture files stand once, above it; numbers cross it in plain fp32 arrays, row by row.
 *
 * <p>What an engine owes those above:
 *
 * <ul>
 *   <li>a row's result does not depend on the rows beside it in a call, nor on how a sequence was cut into calls; then a
 *       picture is the same alone and beside others, and the same when it is resumed. An engine that cannot promise the
 *       same bits (a GPU's libraries choose kernels by batch size) says so in its documentation;
 *   <li>all methods may be called by several threads at once; a {@link Sequence} is used by one at a time;
 *   <li>arrays that are handed in are not changed and not kept, arrays that are returned belong to the caller.
 * </ul>
 */
public interface ModelBackend extends AutoCloseable {

    /** Width of embeddings and hidden states. */
    int hiddenSize();

    /** Values of an image token: latent channels · patchSize². */
    int tokenDim();

    /** How keys and values are kept. */
    CacheLayout cache();

    /**
     * Embeddings [ids, hidden] of text tokens.
     *
     * @throws IllegalArgumentException if an id is not in the vocabulary
     */
    float[] embed(int[] ids);

    /**
     * Embeddings [rows, hidden] of image tokens [rows, tokenDim]: the in-projector.
     *
     * @param rows at least 1
     */
    float[] embedTokens(float[] tokens, int rows);

    /**
     * An empty sequence.
     *
     * @param offset absolute position of its first entry ≥ 0: the left padding of the official row, which counts (spec
     *     §3.5)
     * @param capacity positions to reserve memory for; it grows beyond if needed
     * @throws MemoryException if there is none within {@link CacheLayout#limitBytes}
     */
    Sequence newSequence(int offset, int capacity);

    /**
     * Runs rows of embeddings through the transformer and appends them to their sequences. One call takes any mixture of
     * prompts and single tokens at any positions; all rows share the reads of the weights.
     *
     * @param spans which sequences the rows belong to, in order; a sequence may appear once only
     * @param inputs [Σ count, hidden]
     * @return hidden states after the final norm of the last position of each span [spans, hidden]
     * @throws MemoryException if there is no room for more keys and values; then no sequence has changed
     */
    float[] forward(List<SequenceSpan> spans, float[] inputs);

    /** Scores of the next text token [rows, vocabulary] after hidden states [rows, hidden]: the LM head. */
    float[] logits(float[] hidden, int rows);

    /**
     * Conditions of the flow head [rows, hidden] for hidden states: the out-projector.
     *
     * @param hidden [rows, hidden]
     * @param tokens for each row the index of the image token that is sampled from it, raster order; in bf16 the official
     *     code rounds otherwise for the first one (spec §15.10)
     */
    float[] conditions(float[] hidden, int[] tokens);

    /**
     * Samples one image token for each of some pictures, which need not have anything in common.
     *
     * @param draws the pictures
     * @param conditions [Σ guidance rows, hidden]: the rows of the first picture (conditional; with three rows that of the
     *     pictures and the negative prompt; negative), then those of the second, …
     * @return tokens [draws, tokenDim], not normalised
     */
    float[] sample(List<TokenDraw> draws, float[] conditions);

    /** {@code use_norm} (spec §6.7): the tokens [rows, tokenDim], each with mean 0 and variance 1 over its values. */
    float[] normalize(float[] tokens, int rows);

    /**
     * Encodes a picture to the latent that the model works with: the mean of the posterior, normalised and scaled.
     *
     * @param pixels [3, H, W] in −1 … 1; H and W multiples of the image tokenizer's downsampling
     * @param progress hears fractions of the work, and may throw to end it
     * @return latent [channels, h, w]
     */
    Planes encode(Planes pixels, DecodeProgress progress);

    /**
     * Decodes a latent [channels, h, w] to pixels [3, H, W], about −1 … 1.
     *
     * @param progress hears fractions of the work, and may throw to end it
     */
    Planes decode(Planes latent, DecodeProgress progress);

    /** Working memory in bytes that {@link #forward} needs for so many positions, without the cache. */
    long forwardBytes(int positions);

    /** Working memory in bytes that {@link #sample} needs for so many rows of so many steps. */
    long samplingBytes(int rows, int steps);

    /** Working memory in bytes that decoding a picture of that many pixels needs. */
    long decodingBytes(int height, int width);

    /** Frees threads and memory. Nothing may be running; the model's files are closed by others. */
    @Override
    void close();
}
