package dev.nextstep.data.shard;

import java.nio.file.Path;

/**
 * Something in a shard that cannot be used.
 *
 * @param reason kind of damage
 * @param shard the file
 * @param key key of the sample, or the place if it has none
 * @param detail what is wrong, for people
 */
public record Damage(Reason reason, Path shard, String key, String detail) {
    /** Kinds of damage. */
    public enum Reason {
        /** A shard is missing or cannot be opened. */
        UNREADABLE_SHARD,
        /** A tar header fails its checksum or makes no sense; reading went on at the next good one. */
        BAD_HEADER,
        /** The file ends inside an entry. */
        TRUNCATED,
        /** An entry is no plain file, or its name is not {@code key.ending} or {@code key-number.ending}. */
        IGNORED_ENTRY,
        /** A sample has no JSON or text. */
        NO_CAPTION,
        /** The JSON or text of a sample cannot be parsed. */
        BAD_JSON,
        /** The sample is incomplete for its kind, such as an edit with one picture. */
        BAD_SAMPLE,
        /** A picture cannot be decoded. */
        BAD_PICTURE,
        /** The file is not the one that the index was made for. */
        WRONG_CHECKSUM,
        /** The index and the file disagree about the number of samples. */
        WRONG_COUNT
    }
}
