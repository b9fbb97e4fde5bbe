package dev.nextstep.server.config;

import dev.nextstep.server.store.S3Address;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Settings of where pictures are kept. */
final class PicturesReader {
    private static final Pattern ADDRESS = Pattern.compile("s3://([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/([\\w./-]*))?");

    private final SettingParser parser;

    PicturesReader(SettingParser parser) {
        this.parser = parser;
    }

    /**
     * Reads them; empty if pictures are kept in the data folder.
     *
     * @throws SettingException if one of them is not what is expected, or there is half a pair of keys
     */
    Optional<S3Address> read() {
        if (parser.optional(Setting.PICTURES).isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parser.parsed(
                Setting.PICTURES, "s3://BUCKET or s3://BUCKET/PREFIX, of letters, digits, '.', '_', '-'", text -> {
                    var match = ADDRESS.matcher(text);
                    return match.matches()
                            ? Optional.of(address(match.group(1), prefix(match.group(2))))
                            : Optional.empty();
                }));
    }

    private static String prefix(@Nullable String text) {
        var bare = text == null ? "" : text.replaceAll("/+", "/").replaceAll("^/|/$", "");
        return bare.isEmpty() ? "" : bare + "/";
    }

    private S3Address address(String bucket, String prefix) {
        var endpoint = parser.optional(Setting.S3_ENDPOINT).isEmpty()
                ? Optional.<URI>empty()
                : Optional.of(parser.parsed(
                        Setting.S3_ENDPOINT,
                        "an address such as https://s3.example.org:9000",
                        text -> Optional.of(URI.create(text)).filter(PicturesReader::isServer)));
        var pathStyle = parser.parsed(
                Setting.S3_PATH_STYLE,
                "yes, no or auto",
                text -> Optional.of(text).filter(List.of("yes", "no", "auto")::contains));
        var region = parser.parsed(
                Setting.S3_REGION,
                "a name such as eu-central-1",
                text -> Optional.of(text).filter(name -> name.matches("[a-z0-9-]{1,40}")));
        boolean isPathStyle = pathStyle.equals("auto") ? endpoint.isPresent() : pathStyle.equals("yes");
        return new S3Address(bucket, prefix, region, endpoint, isPathStyle, keys());
    }

    private static boolean isServer(URI uri) {
        return uri.getHost() != null
                && uri.getUserInfo() == null
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))
                && uri.getRawQuery() == null;
    }

    private Optional<S3Address.Keys> keys() {
        var access = parser.optional(Setting.S3_ACCESS_KEY);
        var secret = parser.optional(Setting.S3_SECRET_KEY);
        if (access.isPresent() != secret.isPresent()) {
            throw new SettingException("%s and %s belong together: give both or none"
                    .formatted(Setting.S3_ACCESS_KEY.option(), Setting.S3_SECRET_KEY.option()));
        }
        return access.map(key -> new S3Address.Keys(key, secret.orElseThrow()));
    }
}
