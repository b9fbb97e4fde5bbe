package dev.nextstep.train.task;

import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.Pixels;
import dev.nextstep.image.WriteOptions;
import dev.nextstep.train.metrics.SamplePicture;

/** Pictures as samples of a run. */
public final class Shown {
    private Shown() {}

    /** The picture as PNG under a caption. */
    public static SamplePicture of(Pixels picture, String caption) {
        var png = PictureWriter.encode(picture, PictureFormat.PNG, WriteOptions.DEFAULT);
        return new SamplePicture(caption, png, picture.width(), picture.height());
    }
}
