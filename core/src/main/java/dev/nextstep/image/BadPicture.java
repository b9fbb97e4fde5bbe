package dev.nextstep.image;

/** What is wrong with the bytes of a picture; the reader adds the file's name. Never leaves this package. */
final class BadPicture extends Exception {
    private static final long serialVersionUID = 1L;

    BadPicture(String reason) {
        super(reason);
    }
}
