import dev.nextstep.DrawingListener;
import dev.nextstep.EditRequest;
import dev.nextstep.NextStep;
import dev.nextstep.PartialPicture;
import dev.nextstep.Progress;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureReader;
import java.nio.file.Path;
import java.time.Duration;

/** Edits a picture and tells how far it is: {@code Edit MODEL INSTRUCTION SOURCE FILE}. */
final class Edit {
    public static void main(String[] args) {
        var listener = new DrawingListener() {
            @Override
            public void progress(Progress progress) {
                System.out.printf(
                        "%s: %.0f %%, %d s to go%n",
                        progress.stage(),
                        100 * progress.fraction(),
                        progress.remaining().map(Duration::toSeconds).orElse(0L));
            }

            @Override
            public void partial(PartialPicture partial) {
                System.out.printf("%d of %d rows are finished%n", partial.finishedRows(), partial.rows());
            }
        };
        try (var model = NextStep.open(Path.of(args[0]))) {
            var source = new PictureReader().read(Path.of(args[2]));
            var request = EditRequest.of(args[1], source);
            // Another thread, such as that of a Stop button, may call cancel() of this.
            var cancellation = new Cancellation();
            for (var picture : model.editAll(request, listener, cancellation)) {
                picture.write(Path.of(args[3]));
            }
        }
    }
}
