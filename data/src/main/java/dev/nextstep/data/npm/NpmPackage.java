package dev.nextstep.data.npm;

import java.net.URI;
import java.util.Base64;
import java.util.regex.Pattern;

/**
 * One version of a package, pinned to its content.
 *
 * @param name as in the registry, with its scope: {@code @scope/name} or {@code name}
 * @param version exact version
 * @param integrity {@code sha512-} and the Base64 of the SHA-512 of the tarball, as lock files have it
 */
public record NpmPackage(String name, String version, String integrity) {
    private static final Pattern NAME = Pattern.compile("(@[a-z0-9][a-z0-9._-]*/)?[a-z0-9][a-z0-9._-]*");
    private static final Pattern VERSION = Pattern.compile("[0-9]+\\.[0-9]+\\.[0-9]+(-[0-9A-Za-z.-]+)?");
    private static final String ALGORITHM = "sha512-";
    private static final int DIGEST_BYTES = 64;

    /**
     * Checks the form of the values.
     *
     * @throws IllegalArgumentException if one is not of its form
     */
    public NpmPackage {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("package name '" + name + "': expected @scope/name or name");
        }
        if (!VERSION.matcher(version).matches()) {
            throw new IllegalArgumentException("version '" + version + "' of " + name + ": expected such as 1.2.3");
        }
        if (!integrity.startsWith(ALGORITHM) || digest(integrity).length != DIGEST_BYTES) {
            throw new IllegalArgumentException("integrity of " + name + ": expected sha512- and 64 bytes in Base64");
        }
    }

    private static byte[] digest(String integrity) {
        return Base64.getDecoder().decode(integrity.substring(ALGORITHM.length()));
    }

    /** The SHA-512 that the tarball must have, 64 bytes. */
    byte[] sha512() {
        return digest(integrity);
    }

    /** The name without its scope. */
    private String shortName() {
        return name.substring(name.indexOf('/') + 1);
    }

    /** Address of the tarball in a registry. */
    URI tarball(URI registry) {
        return URI.create(registry + "/" + name + "/-/" + shortName() + "-" + version + ".tgz");
    }

    /** A file name that no other package or version has. */
    String fileName() {
        return name.replace("@", "").replace('/', '-') + "-" + version + ".tgz";
    }

    @Override
    public String toString() {
        return name + "@" + version;
    }
}
