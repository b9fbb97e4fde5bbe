import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import java.nio.file.Path;

/** Draws a picture: {@code Draw MODEL PROMPT FILE}. */
final class Draw {
    public static void main(String[] args) {
        try (var model = NextStep.open(Path.of(args[0]))) {
            var request = GenerateRequest.builder(args[1]).seed(7).guidanceScale(5).build();
            var picture = model.generate(request);
            picture.write(Path.of(args[2]));
            System.out.println(picture.recipe().toText());
        }
    }
}
