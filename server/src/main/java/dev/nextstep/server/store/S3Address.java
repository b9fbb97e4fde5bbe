package dev.nextstep.server.store;

import java.net.URI;
import java.util.Optional;

/**
 * Where content lies in a store that speaks S3, and who asks.
 *
 * @param bucket the bucket, which has to be there
 * @param prefix what stands in front of each name, ending in {@code /}; or empty
 * @param region the region that requests are signed for
 * @param endpoint address of the store; Amazon's of the region if not given
 * @param isPathStyle whether the bucket stands in the path of addresses instead of the name of the host
 * @param keys what requests are signed with; taken from AWS' variables of the environment if not given
 */
public record S3Address(
        String bucket, String prefix, String region, Optional<URI> endpoint, boolean isPathStyle, Optional<Keys> keys) {

    /**
     * A pair of keys.
     *
     * @param access the one that everybody may see
     * @param secret the other
     */
    public record Keys(String access, String secret) {
        @Override
        public String toString() { // never the secret
            return "Keys[access=" + access + "]";
        }
    }

    /** Address of the bucket, ending in {@code /}. */
    public String place() {
        var server = endpoint.orElseGet(() -> URI.create("https://s3.%s.amazonaws.com".formatted(region)));
        if (isPathStyle) {
            return "%s://%s/%s/".formatted(server.getScheme(), server.getAuthority(), bucket);
        }
        return "%s://%s.%s/".formatted(server.getScheme(), bucket, server.getAuthority());
    }

    /** As it is written in settings. */
    @Override
    public String toString() {
        return "s3://" + bucket + (prefix.isEmpty() ? "" : "/" + prefix.substring(0, prefix.length() - 1));
    }
}
