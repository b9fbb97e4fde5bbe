package dev.nextstep;

import java.util.List;
import java.util.Optional;

/** A wish for pictures: from words, or from other pictures. */
public sealed interface DrawingRequest permits GenerateRequest, EditRequest {
    /** Settings; what is open is the model's default. */
    DrawingOptions options();

    /** How many pictures, 1 to 4096. */
    int count();

    /** Index of the first one. */
    int firstIndex();

    /** Any 64-bit number. */
    long seed();

    /** Where pictures are drawn anew with another seed or other settings, ascending; empty as a rule. */
    List<Reroll> rerolls();

    /** What is taken over from another picture; empty as a rule. */
    Optional<Kept> kept();
}
