package dev.nextstep.data.shard;

/**
 * What an index says about one shard (spec §8.6).
 *
 * @param path relative to the folder of the data set, with forward slashes
 * @param samples number of samples in it
 * @param size bytes of the file
 * @param checksum Adler-32 of the file, 0 to 2³² − 1
 */
public record ShardInfo(String path, int samples, long size, long checksum) {}
