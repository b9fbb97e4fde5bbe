package dev.nextstep.hub;

/**
 * How far a pull is. Bytes count what the cache holds of the selected files, so a resumed pull does not begin at 0, and
 * the count falls when a damaged part has to be fetched again.
 *
 * @param filesDone files complete
 * @param filesTotal files selected
 * @param bytesDone bytes on disk
 * @param bytesTotal bytes of all selected files
 * @param bytesPerSecond received from the network, mean of about the last five seconds
 */
public record PullProgress(int filesDone, int filesTotal, long bytesDone, long bytesTotal, double bytesPerSecond) {}
