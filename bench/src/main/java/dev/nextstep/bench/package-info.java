/**
 * Benchmarks: kernels with JMH, whole pictures and their stages with {@link dev.nextstep.bench.PictureBenchmark}, beside
 * the official pipeline, and what small weights cost with {@link dev.nextstep.bench.SmallWeights}. How to run them and what came out: docs/performance.md.
 */
@NullMarked
package dev.nextstep.bench;

import org.jspecify.annotations.NullMarked;
