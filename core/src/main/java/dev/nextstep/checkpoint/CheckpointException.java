package dev.nextstep.checkpoint;

import java.nio.file.Path;

/**
 * A file of a checkpoint cannot be used: missing, damaged, hostile, or not of the kind that was asked for. The message
 * is one line that names the file and the reason.
 */
public sealed class CheckpointException extends RuntimeException permits CheckpointWriteException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 120;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }

    static CheckpointException of(Path file, String reason) {
        return new CheckpointException(quote(file.toString()) + ": " + reason);
    }

    static CheckpointException of(Path file, String reason, Throwable cause) {
        return new CheckpointException(quote(file.toString()) + ": " + reason, cause);
    }

    /** A foreign text made fit for a one-line message: control characters replaced, cut when long. */
    static String quote(String text) {
        var line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() < LONGEST_QUOTE; i++) {
            char c = text.charAt(i);
            boolean plain = !Character.isISOControl(c) && c != '\u2028' && c != '\u2029';
            line.append(plain ? c : '\uFFFD');
        }
        return text.length() > LONGEST_QUOTE ? line + "… (" + text.length() + " characters)" : line.toString();
    }
}
