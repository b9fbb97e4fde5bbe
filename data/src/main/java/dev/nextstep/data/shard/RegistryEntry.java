package dev.nextstep.data.shard;

import dev.nextstep.data.SampleKind;
import java.nio.file.Path;

/**
 * One data set as a registry names it (spec §8.6).
 *
 * @param name such as {@code emoji/image_text_pair}
 * @param kind kind of its samples
 * @param folder folder of the shards
 * @param index file with the shards' counts and checksums
 * @param samples number of samples
 * @param description for people; may be empty
 */
public record RegistryEntry(String name, SampleKind kind, Path folder, Path index, long samples, String description) {}
