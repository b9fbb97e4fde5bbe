package dev.nextstep.hub;

import java.util.regex.Pattern;

/**
 * A model repository at a revision, written {@code org/model} or {@code org/model@revision}.
 *
 * @param organization user or organization; 1 to 96 of {@code A-Z a-z 0-9 - _ .}, neither beginning nor ending with
 *     {@code -} or {@code .}, without {@code --} and {@code ..}
 * @param model name of the repository, same rule, not ending in {@code .git}
 * @param revision branch, tag, {@code refs/pr/N} or commit; a valid git name of at most 250 ASCII characters
 */
public record HubReference(String organization, String model, String revision) {
    /** The revision that is meant when none is given. */
    public static final String DEFAULT_REVISION = "main";

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9._-]{0,94}[A-Za-z0-9_])?");
    private static final Pattern REVISION = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._/+@=#%,-]{0,249}");
    private static final Pattern COMMIT = Pattern.compile("[0-9a-f]{40}");

    /**
     * Checks the parts.
     *
     * @throws IllegalArgumentException if one is not of the allowed form
     */
    public HubReference {
        checkName("organization", organization);
        checkName("model", model);
        boolean form = REVISION.matcher(revision).matches()
                && FileNames.fault(revision).isEmpty();
        if (!form || revision.contains("..") || revision.contains("@{") || revision.endsWith(".lock")) {
            throw new IllegalArgumentException(
                    "revision '%s' is not a branch, tag or commit: expected letters, digits and . _ - / + @, at most 250, no '..'"
                            .formatted(HubException.quote(revision)));
        }
    }

    private static void checkName(String part, String name) {
        if (!NAME.matcher(name).matches() || name.contains("--") || name.contains("..") || name.endsWith(".git")) {
            throw new IllegalArgumentException(
                    "%s '%s' is not a name of the hub: expected 1 to 96 of A-Z a-z 0-9 - _ . without '--', '..' or '.git' at the end"
                            .formatted(part, HubException.quote(name)));
        }
    }

    /**
     * Reads {@code org/model} or {@code org/model@revision}.
     *
     * @throws IllegalArgumentException if the text is not of that form
     */
    public static HubReference parse(String text) {
        int slash = text.indexOf('/');
        int at = text.indexOf('@');
        if (slash < 0 || (at >= 0 && at < slash)) {
            throw new IllegalArgumentException(
                    "'%s' is not a repository: expected org/model or org/model@revision, for example stepfun-ai/NextStep-1-Large"
                            .formatted(HubException.quote(text)));
        }
        var model = at < 0 ? text.substring(slash + 1) : text.substring(slash + 1, at);
        return new HubReference(text.substring(0, slash), model, at < 0 ? DEFAULT_REVISION : text.substring(at + 1));
    }

    /** {@code org/model}. */
    public String repository() {
        return organization + "/" + model;
    }

    /** Whether the revision is a full commit, which cannot move. */
    boolean isCommit() {
        return isCommit(revision);
    }

    static boolean isCommit(String text) {
        return COMMIT.matcher(text).matches();
    }

    /** {@code org/model@revision}. */
    @Override
    public String toString() {
        return repository() + "@" + revision;
    }
}
