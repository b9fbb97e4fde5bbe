package dev.nextstep.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Settings of who is let in: what may be left out depends on who can reach the server. */
final class SecurityReader {
    private final SettingParser parser;

    SecurityReader(SettingParser parser) {
        this.parser = parser;
    }

    /**
     * Reads them.
     *
     * @throws SettingException if keys are off where other machines can reach the server, or a file is missing
     */
    SecuritySettings read() {
        return new SecuritySettings(keys(), tls(), origins(), parser.file(Setting.WORD_LIST));
    }

    private KeyPolicy keys() {
        var wish = parser.parsed(
                Setting.KEYS,
                "auto, required or off",
                text -> Optional.of(text).filter(List.of("auto", "required", "off")::contains));
        if (wish.equals("required")) {
            return KeyPolicy.REQUIRED;
        }
        var address = parser.text(Setting.ADDRESS);
        boolean isLoopback = isLoopback(address);
        if (wish.equals("off") && !isLoopback) {
            throw new SettingException(
                    "%s: '%s' can be reached from other machines, and they need keys: leave '%s' at auto, or listen at 127.0.0.1"
                            .formatted(Setting.ADDRESS.option(), address, Setting.KEYS.key()));
        }
        return isLoopback ? KeyPolicy.OFF : KeyPolicy.REQUIRED;
    }

    private static boolean isLoopback(String address) {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new SettingException("%s: there is no host '%s'".formatted(Setting.ADDRESS.option(), address), e);
        }
    }

    private Optional<SecuritySettings.Tls> tls() {
        var certificate = parser.file(Setting.TLS_CERTIFICATE);
        var key = parser.file(Setting.TLS_KEY);
        if (certificate.isPresent() != key.isPresent()) {
            throw new SettingException("%s and %s belong together: give both or none"
                    .formatted(Setting.TLS_CERTIFICATE.option(), Setting.TLS_KEY.option()));
        }
        return certificate.map(path -> new SecuritySettings.Tls(path, key.orElseThrow()));
    }

    private List<String> origins() {
        var all = new ArrayList<String>();
        for (var text : parser.text(Setting.ALLOWED_ORIGINS).split(",", -1)) {
            var origin = text.strip();
            if (!origin.isEmpty()) {
                all.add(parser.parsed(
                        Setting.ALLOWED_ORIGINS,
                        "addresses such as https://example.org, separated by commas",
                        whole -> Optional.of(origin).filter(SecurityReader::isOrigin)));
            }
        }
        return all;
    }

    private static boolean isOrigin(String text) {
        var uri = URI.create(text);
        return uri.getHost() != null
                && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                && text.toLowerCase(Locale.ROOT).equals(text)
                && text.equals(uri.getScheme() + "://" + uri.getAuthority())
                && uri.getUserInfo() == null;
    }
}
