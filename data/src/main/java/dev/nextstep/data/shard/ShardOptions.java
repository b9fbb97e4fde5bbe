package dev.nextstep.data.shard;

/**
 * How samples are laid into shards.
 *
 * @param name name of the data in the registry; each kind of samples is the data set {@code name/kind} there
 * @param description for people; may be empty
 * @param maxSamples samples per shard at most, 1 to 100 000
 * @param maxBytes a shard that has reached this size is closed; from 1 on
 * @param ifExists what to do when the folder exists
 */
public record ShardOptions(String name, String description, int maxSamples, long maxBytes, IfFolderExists ifExists) {
    /** Checks the ranges. */
    public ShardOptions {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a data set needs a name");
        }
        if (maxSamples < 1 || maxSamples > 100_000) {
            throw new IllegalArgumentException("samples per shard must be in 1..100000, got " + maxSamples);
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("bytes per shard must be at least 1, got " + maxBytes);
        }
    }

    /** 1000 samples or 1 GiB per shard, no description, an existing folder is refused. */
    public static ShardOptions of(String name) {
        return new ShardOptions(name, "", 1000, 1L << 30, IfFolderExists.REFUSE);
    }

    /** The same with another description. */
    public ShardOptions withDescription(String newDescription) {
        return new ShardOptions(name, newDescription, maxSamples, maxBytes, ifExists);
    }

    /** The same with another number of samples per shard. */
    public ShardOptions withMaxSamples(int newMaxSamples) {
        return new ShardOptions(name, description, newMaxSamples, maxBytes, ifExists);
    }

    /** The same for an existing folder. */
    public ShardOptions withIfExists(IfFolderExists newIfExists) {
        return new ShardOptions(name, description, maxSamples, maxBytes, newIfExists);
    }
}
