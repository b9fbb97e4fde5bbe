package dev.nextstep.data.npm;

import dev.nextstep.CacheFolder;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Where packages come from and where they are kept.
 *
 * @param registry {@code http} or {@code https} address without a slash at the end
 * @param cache folder of the tarballs; made when needed
 * @param access whether the registry may be asked
 */
public record NpmSettings(URI registry, Path cache, NpmAccess access) {
    /** The public registry. */
    public static final URI DEFAULT_REGISTRY = URI.create("https://registry.npmjs.org");

    /**
     * Checks the address.
     *
     * @throws IllegalArgumentException if it is none
     */
    public NpmSettings {
        boolean http = "https".equalsIgnoreCase(registry.getScheme()) || "http".equalsIgnoreCase(registry.getScheme());
        if (!http || registry.getHost() == null || registry.toString().endsWith("/")) {
            throw new IllegalArgumentException("npm registry '" + registry
                    + "' (NPM_CONFIG_REGISTRY): expected an address such as " + DEFAULT_REGISTRY);
        }
    }

    /** The settings of this process. */
    public static NpmSettings fromEnvironment() {
        return fromEnvironment(System.getenv(), CacheFolder.ofUser());
    }

    /**
     * The settings of an environment, by npm's own variables: {@code NPM_CONFIG_REGISTRY} for the address and
     * {@code NPM_CONFIG_OFFLINE} ({@code true}) to ask nobody, in upper or lower case. Tarballs lie in {@code npm} of the
     * cache folder.
     *
     * @throws IllegalArgumentException if a variable has no usable value
     */
    public static NpmSettings fromEnvironment(Map<String, String> environment, Path cacheFolder) {
        var registry = value(environment, "NPM_CONFIG_REGISTRY")
                .map(NpmSettings::address)
                .orElse(DEFAULT_REGISTRY);
        boolean offline =
                value(environment, "NPM_CONFIG_OFFLINE").filter("true"::equals).isPresent();
        return new NpmSettings(registry, cacheFolder.resolve("npm"), offline ? NpmAccess.OFFLINE : NpmAccess.ONLINE);
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name))
                .or(() -> Optional.ofNullable(environment.get(name.toLowerCase(java.util.Locale.ROOT))))
                .map(String::strip)
                .filter(text -> !text.isEmpty());
    }

    private static URI address(String text) {
        try {
            return new URI(text.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "NPM_CONFIG_REGISTRY is '" + text + "': expected an address such as " + DEFAULT_REGISTRY, e);
        }
    }
}
