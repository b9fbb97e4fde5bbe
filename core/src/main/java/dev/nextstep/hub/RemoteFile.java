package dev.nextstep.hub;

/**
 * A file of a commit.
 *
 * @param path checked by {@link FileNames}
 * @param size bytes
 * @param hash of the content
 */
record RemoteFile(String path, long size, ContentHash hash) {}
