package dev.nextstep;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which model drew a picture.
 *
 * @param id {@code org/model@commit} for a model in the cache of a hub, else the name of its folder
 * @param weightsHash {@link NextStep#weightsHash}; empty if it was not known when the picture was drawn
 */
public record ModelIdentity(String id, Optional<String> weightsHash) {
    private static final Pattern REPOSITORY = Pattern.compile("models--(.+?)--(.+)");

    /** The id of a model in a folder. */
    static String idOf(Path directory) {
        var path = directory.toAbsolutePath().normalize();
        var folder = path.getFileName();
        var snapshots = path.getParent();
        var repository = snapshots == null ? null : snapshots.getParent();
        if (folder == null) {
            return "model";
        }
        if (snapshots != null
                && repository != null
                && snapshots.endsWith("snapshots")
                && repository.getFileName() != null) {
            var match = REPOSITORY.matcher(String.valueOf(repository.getFileName()));
            if (match.matches()) {
                return match.group(1) + "/" + match.group(2) + "@" + folder;
            }
        }
        return folder.toString();
    }
}
