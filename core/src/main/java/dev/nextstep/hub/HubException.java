package dev.nextstep.hub;

/**
 * A repository cannot be fetched. The message is one line that says what failed, where, and what to do; texts of the
 * server are quoted with control characters replaced. What was fetched so far is kept.
 */
public class HubException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 200;

    /** What kind of trouble it is. */
    public enum Reason {
        /** Private or gated: a token or an accepted licence is missing. */
        ACCESS,
        /** No such repository, revision or file. */
        NOT_FOUND,
        /** The hub may not be asked ({@code HF_HUB_OFFLINE}) and the cache does not hold the repository. */
        OFFLINE,
        /** The hub cannot be reached, or connections keep breaking. */
        NETWORK,
        /** The server's certificate is not trusted. */
        CERTIFICATE,
        /** The server answers with an error or with something that is not the protocol. */
        SERVER,
        /** The bytes are not those that the hub announced. */
        INTEGRITY,
        /** The disk has too little room. */
        DISK_SPACE,
        /** The cache cannot be read or written. */
        STORAGE,
        /** The repository names a file that would be written outside its directory or cannot be named safely. */
        UNSAFE_NAME
    }

    private final Reason reason;

    /** Creates the exception. */
    public HubException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Creates the exception with its cause. */
    public HubException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** The kind of trouble. */
    public Reason reason() {
        return reason;
    }

    /** A foreign text made fit for a one-line message: control characters replaced, cut when long. */
    static String quote(String text) {
        var line = new StringBuilder();
        text.codePoints().limit(LONGEST_QUOTE).forEach(c -> line.appendCodePoint(FileNames.isPlain(c) ? c : 0xFFFD));
        return text.length() > LONGEST_QUOTE ? line + "… (" + text.length() + " characters)" : line.toString();
    }
}
