/**
 * Samples in WebDataset tar files, as the official code keeps them (spec §8.6): a registry names the data sets, an index
 * names the shards of each with counts and checksums, each shard holds {@code key.json}, {@code key-0.png},
 * {@code key-1.png}, … one sample after the other.
 */
@NullMarked
package dev.nextstep.data.shard;

import org.jspecify.annotations.NullMarked;
