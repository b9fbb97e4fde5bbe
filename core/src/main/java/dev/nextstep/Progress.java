package dev.nextstep;

import java.time.Duration;
import java.util.Optional;

/**
 * How far a request is.
 *
 * @param stage what is being done
 * @param tokens image tokens made of each picture
 * @param totalTokens image tokens of a picture
 * @param fraction of the whole request, ascending from 0 to 1
 * @param tokensPerSecond tokens of all pictures per second since the prompt was read; 0 before the first
 * @param elapsed since the request began
 * @param remaining estimate from the speed so far; empty before the first token
 */
public record Progress(
        Stage stage,
        int tokens,
        int totalTokens,
        double fraction,
        double tokensPerSecond,
        Duration elapsed,
        Optional<Duration> remaining) {
    /** Stages of a request. */
    public enum Stage {
        /** Encoding source pictures and reading the prompt. */
        READING,
        /** Sampling image tokens. */
        DRAWING,
        /** Turning tokens into pixels. */
        DECODING,
        /** Done. */
        DONE
    }
}
