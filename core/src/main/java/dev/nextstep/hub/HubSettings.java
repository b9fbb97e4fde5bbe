package dev.nextstep.hub;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the hub is, who asks, and where files go.
 *
 * @param endpoint {@code http} or {@code https} address of the hub, without a slash at the end
 * @param token access token, sent to the endpoint's own scheme, host and port only
 * @param cache directory of the cache; made when needed
 * @param access whether the hub may be asked
 * @param parallelFiles files fetched at the same time, 1 to 64
 * @param retries how often a request is repeated after a passing failure before giving up, 0 to 100; a download that
 *     gains ground starts counting anew
 */
public record HubSettings(
        URI endpoint, Optional<String> token, Path cache, HubAccess access, int parallelFiles, int retries) {
    /** The public hub. */
    public static final URI DEFAULT_ENDPOINT = URI.create("https://huggingface.co");

    private static final int DEFAULT_PARALLEL_FILES = 4;
    private static final int DEFAULT_RETRIES = 5;
    private static final long LARGEST_TOKEN_FILE = 64 << 10;
    private static final Set<String> TRUE = Set.of("1", "ON", "YES", "TRUE");

    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException if one is out of its range
     */
    public HubSettings {
        boolean http = "https".equalsIgnoreCase(endpoint.getScheme()) || "http".equalsIgnoreCase(endpoint.getScheme());
        if (!http
                || endpoint.getHost() == null
                || endpoint.getRawUserInfo() != null
                || endpoint.getRawQuery() != null
                || endpoint.getRawFragment() != null
                || endpoint.toString().endsWith("/")) {
            throw new IllegalArgumentException(
                    "hub endpoint '%s' (HF_ENDPOINT): expected an address such as https://huggingface.co"
                            .formatted(HubException.quote(String.valueOf(endpoint.getHost()))));
        }
        if (!token.orElse("x").matches("[!-~]+")) {
            throw new IllegalArgumentException(
                    "the hub token (HF_TOKEN or the token file) has characters that no token has: expected one line of printable ASCII without spaces");
        }
        if (parallelFiles < 1 || parallelFiles > 64) {
            throw new IllegalArgumentException("parallelFiles is " + parallelFiles + ": expected 1 to 64");
        }
        if (retries < 0 || retries > 100) {
            throw new IllegalArgumentException("retries is " + retries + ": expected 0 to 100");
        }
    }

    /** The settings of this process: its environment and its user's home directory. */
    public static HubSettings fromEnvironment() {
        return fromEnvironment(System.getenv(), Path.of(System.getProperty("user.home", ".")));
    }

    /**
     * The settings of an environment, by the rules that all clients of the hub share. An empty variable counts as
     * absent; {@code ~} at the begin of a path is the home directory.
     *
     * <ul>
     *   <li>endpoint: {@code HF_ENDPOINT}
     *   <li>home {@code HF_HOME}: by default {@code $XDG_CACHE_HOME/huggingface} or {@code ~/.cache/huggingface}
     *   <li>cache: {@code HF_HUB_CACHE}, {@code HUGGINGFACE_HUB_CACHE}, else {@code hub} in the home
     *   <li>token: {@code HF_TOKEN}, {@code HUGGING_FACE_HUB_TOKEN}, the file {@code HF_TOKEN_PATH}, else the file
     *       {@code token} in the home; none if {@code HF_HUB_DISABLE_IMPLICIT_TOKEN} is true
     *   <li>offline: {@code HF_HUB_OFFLINE} or {@code TRANSFORMERS_OFFLINE} is 1, on, yes or true
     * </ul>
     *
     * @throws IllegalArgumentException if a variable has no usable value
     * @throws HubException if the token file is there but cannot be read
     */
    public static HubSettings fromEnvironment(Map<String, String> environment, Path home) {
        var variables = new Variables(environment, home);
        var hubHome = variables
                .path("HF_HOME")
                .orElseGet(() -> variables
                        .path("XDG_CACHE_HOME")
                        .orElse(home.resolve(".cache"))
                        .resolve("huggingface"));
        var cache = variables
                .path("HF_HUB_CACHE")
                .or(() -> variables.path("HUGGINGFACE_HUB_CACHE"))
                .orElse(hubHome.resolve("hub"));
        var token = variables.isTrue("HF_HUB_DISABLE_IMPLICIT_TOKEN")
                ? Optional.<String>empty()
                : variables
                        .text("HF_TOKEN")
                        .or(() -> variables.text("HUGGING_FACE_HUB_TOKEN"))
                        .or(() -> tokenIn(variables.path("HF_TOKEN_PATH").orElse(hubHome.resolve("token"))));
        boolean offline = variables.isTrue(
                variables.text("HF_HUB_OFFLINE").isPresent() ? "HF_HUB_OFFLINE" : "TRANSFORMERS_OFFLINE");
        return new HubSettings(
                variables.text("HF_ENDPOINT").map(HubSettings::endpoint).orElse(DEFAULT_ENDPOINT),
                token,
                cache.toAbsolutePath(),
                offline ? HubAccess.OFFLINE : HubAccess.ONLINE,
                DEFAULT_PARALLEL_FILES,
                DEFAULT_RETRIES);
    }

    /** The same with another number of files fetched at a time. */
    public HubSettings withParallelFiles(int number) {
        return new HubSettings(endpoint, token, cache, access, number, retries);
    }

    /** The same with another number of retries. */
    public HubSettings withRetries(int number) {
        return new HubSettings(endpoint, token, cache, access, parallelFiles, number);
    }

    /** The same with another cache directory. */
    public HubSettings withCache(Path directory) {
        return new HubSettings(endpoint, token, directory, access, parallelFiles, retries);
    }

    /** The same, online or offline. */
    public HubSettings withAccess(HubAccess other) {
        return new HubSettings(endpoint, token, cache, other, parallelFiles, retries);
    }

    private static URI endpoint(String text) {
        try {
            return new URI(text.replaceAll("/+$", ""));
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(
                    "HF_ENDPOINT is '%s': expected an address such as https://huggingface.co"
                            .formatted(HubException.quote(text)),
                    e);
        }
    }

    private static Optional<String> tokenIn(Path file) {
        try {
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            if (Files.size(file) > LARGEST_TOKEN_FILE) {
                throw new HubException(HubException.Reason.STORAGE, file + ": is too large for a token file");
            }
            return Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty());
        } catch (IOException e) {
            throw new HubException(
                    HubException.Reason.STORAGE,
                    file + ": the hub token cannot be read; set HF_TOKEN or remove the file (" + e + ")",
                    e);
        }
    }

    /** Everything but the token itself, so that it cannot leak into a log. */
    @Override
    public String toString() {
        return "HubSettings[endpoint=%s, token=%s, cache=%s, access=%s, parallelFiles=%d, retries=%d]"
                .formatted(endpoint, token.isPresent() ? "set" : "none", cache, access, parallelFiles, retries);
    }

    private record Variables(Map<String, String> values, Path home) {
        Optional<String> text(String name) {
            return Optional.ofNullable(values.get(name)).map(String::strip).filter(text -> !text.isEmpty());
        }

        Optional<Path> path(String name) {
            return text(name).map(text -> {
                try {
                    boolean inHome = text.equals("~") || text.startsWith("~/") || text.startsWith("~\\");
                    return inHome ? home.resolve(text.substring(Math.min(2, text.length()))) : Path.of(text);
                } catch (InvalidPathException e) {
                    throw new IllegalArgumentException(
                            name + " is '" + HubException.quote(text) + "': expected a path", e);
                }
            });
        }

        boolean isTrue(String name) {
            return text(name)
                    .filter(text -> TRUE.contains(text.toUpperCase(Locale.ROOT)))
                    .isPresent();
        }
    }
}
