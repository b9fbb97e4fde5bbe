package dev.nextstep.train.measure;

/**
 * An edit and its true result.
 *
 * @param kind what is changed, such as {@code style}, {@code tone}, {@code gender}, {@code colour}, {@code clock}: figures
 *     are given for each kind
 * @param instruction what the model is told, such as {@code in noto style}
 * @param source the picture that is edited
 * @param target the picture that should come out
 */
public record EditCase(String kind, String instruction, PictureName source, PictureName target) {}
