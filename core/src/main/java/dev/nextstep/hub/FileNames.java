package dev.nextstep.hub;

/** File names come from the server, and a server may be hostile: only names that stay below their directory pass. */
final class FileNames {
    private static final int LONGEST_NAME = 1024;
    private static final int LONGEST_PART = 255;

    private FileNames() {}

    /**
     * Returns the name if it is a relative path of plain components separated by {@code /}.
     *
     * @throws HubException otherwise
     */
    static String check(String name) {
        var fault = fault(name);
        if (!fault.isEmpty()) {
            throw new HubException(
                    HubException.Reason.UNSAFE_NAME,
                    "the repository lists the file name '%s', which %s; nothing was fetched, do not trust this repository"
                            .formatted(HubException.quote(name), fault));
        }
        return name;
    }

    /** What is wrong with a name; empty if nothing. */
    static String fault(String name) {
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return "is empty or longer than " + LONGEST_NAME + " characters";
        }
        if (name.indexOf('\\') >= 0) {
            return "has a backslash";
        }
        if (!name.codePoints().allMatch(FileNames::isPlain)) {
            return "has control characters";
        }
        if (name.startsWith("/") || (name.length() > 1 && name.charAt(1) == ':')) {
            return "is absolute";
        }
        for (var part : name.split("/", -1)) {
            if (part.isEmpty() || part.equals(".") || part.equals("..") || part.length() > LONGEST_PART) {
                return "has a path component that is empty, '.', '..' or longer than " + LONGEST_PART + " characters";
            }
        }
        return "";
    }

    /** Whether a character neither controls the terminal nor reorders text nor is half of one. */
    static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
