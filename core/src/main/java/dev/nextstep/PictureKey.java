package dev.nextstep;

/** Which random stream a picture is drawn from. */
record PictureKey(long seed, int index) {}
