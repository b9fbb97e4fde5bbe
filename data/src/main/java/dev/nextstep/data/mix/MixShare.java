package dev.nextstep.data.mix;

import dev.nextstep.data.SampleKind;

/**
 * What was really drawn from one data set.
 *
 * @param name of the data set
 * @param kind kind of its samples
 * @param wanted share that its weight asks for, 0 to 1
 * @param drawn share of the choices that fell on it, 0 to 1; 0 before the first
 * @param chosen number of such choices
 * @param samples samples read
 * @param skipped damaged samples passed over
 * @param epochs passes over the data, with the fraction of the present one
 */
public record MixShare(
        String name,
        SampleKind kind,
        double wanted,
        double drawn,
        long chosen,
        long samples,
        long skipped,
        double epochs) {}
