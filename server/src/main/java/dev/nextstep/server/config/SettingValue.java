package dev.nextstep.server.config;

/**
 * A value as somebody wrote it.
 *
 * @param text the value
 * @param place where it was written, for messages: {@code --port}, {@code NEXTSTEP_SERVE_PORT}, {@code server.yaml: port}
 */
public record SettingValue(String text, String place) {}
