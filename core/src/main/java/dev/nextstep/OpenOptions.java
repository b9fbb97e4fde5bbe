package dev.nextstep;

import dev.nextstep.engine.BackendProvider;
import dev.nextstep.engine.Backends;
import dev.nextstep.engine.CacheOptions;
import dev.nextstep.engine.CpuBackend;
import dev.nextstep.engine.EngineLimits;
import dev.nextstep.engine.LoadOptions;
import dev.nextstep.tensor.Precision;
import dev.nextstep.transformer.RopeFrequencies;
import dev.nextstep.vae.CodeGeneration;

/**
 * How a model is opened. {@link #DEFAULT} suits almost everybody; the rest is for comparing with the official code.
 *
 * @param threads threads to compute on, 1 to 1024
 * @param precision fp32, or the roundings of the official bf16 pipeline
 * @param ropeFrequencies precision of the rotary frequencies (spec §3.3)
 * @param generation which code base's rule for the latent norm to follow (spec §4.2)
 * @param cache how keys and values are kept between passes; {@code fp32} by default
 * @param engine what computes the model; by default this module's own
 * @param limits how much is taken on at once; changes no byte of a picture
 */
public record OpenOptions(
        int threads,
        Precision precision,
        RopeFrequencies ropeFrequencies,
        CodeGeneration generation,
        CacheOptions cache,
        BackendProvider engine,
        EngineLimits limits) {

    /** All processors, fp32. */
    public static final OpenOptions DEFAULT = new OpenOptions(
            Runtime.getRuntime().availableProcessors(),
            Precision.FP32,
            RopeFrequencies.FP32,
            CodeGeneration.AUGUST_2025,
            CacheOptions.DEFAULT,
            CpuBackend.PROVIDER,
            EngineLimits.DEFAULT);

    /** The roundings of the official bf16 pipeline: weights, activations, rotary frequencies. */
    public static final OpenOptions REFERENCE_BF16 = new OpenOptions(
            DEFAULT.threads,
            Precision.REFERENCE_BF16,
            RopeFrequencies.BF16,
            CodeGeneration.AUGUST_2025,
            CacheOptions.DEFAULT,
            CpuBackend.PROVIDER,
            EngineLimits.DEFAULT);

    public OpenOptions {
        if (threads < 1 || threads > 1024) {
            throw new IllegalArgumentException("threads must be between 1 and 1024, not " + threads);
        }
    }

    /** The same with another number of threads. */
    public OpenOptions withThreads(int value) {
        return new OpenOptions(value, precision, ropeFrequencies, generation, cache, engine, limits);
    }

    /** The same with another arithmetic, as from a recipe; the engine stays. */
    public OpenOptions withArithmetic(Arithmetic value) {
        return new OpenOptions(
                threads,
                value.precision(),
                value.ropeFrequencies(),
                value.generation(),
                cache.withType(value.cache()),
                engine,
                limits);
    }

    /** The same with another way to keep keys and values. */
    public OpenOptions withCache(CacheOptions value) {
        return new OpenOptions(threads, precision, ropeFrequencies, generation, value, engine, limits);
    }

    /** The same with another engine; see {@link Backends}. */
    public OpenOptions withEngine(BackendProvider value) {
        return new OpenOptions(threads, precision, ropeFrequencies, generation, cache, value, limits);
    }

    /**
     * The same with the engine of that name.
     *
     * @throws IllegalArgumentException if there is none; the message lists what there is
     */
    public OpenOptions withEngine(String name) {
        return withEngine(Backends.named(name));
    }

    /** The same with other limits. */
    public OpenOptions withLimits(EngineLimits value) {
        return new OpenOptions(threads, precision, ropeFrequencies, generation, cache, engine, value);
    }

    /** The part that decides bytes of pictures. */
    public Arithmetic arithmetic() {
        return new Arithmetic(precision, ropeFrequencies, generation, cache.type(), engine.name());
    }

    LoadOptions toLoadOptions() {
        return new LoadOptions(threads, precision, ropeFrequencies, generation, cache, engine, limits);
    }
}
