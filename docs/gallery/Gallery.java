import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.cli.terminal.ContactSheet;
import dev.nextstep.cli.terminal.SheetCell;
import dev.nextstep.cli.terminal.SheetLayout;
import dev.nextstep.image.PictureWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws the page of 24 pictures in this folder: one try for each prompt, seed = its number on the page. */
public class Gallery {
    private static final List<String> PROMPTS = List.of(
            "a red heart", "a green apple", "a yellow star, twemoji style", "a panda, noto style",
            "a penguin", "a dog, noto style", "a Christmas tree, noto style", "a jack-o-lantern",
            "a guitar", "a fire engine", "an alien", "a blue heart, twemoji style",
            "a red apple", "a sunflower", "a rocket", "a mushroom",
            "a frog", "a fish, noto style", "a house", "a soccer ball",
            "a cactus, twemoji style", "a ghost", "a crown", "a slice of pizza");

    public static void main(String[] arguments) {
        var cells = new ArrayList<SheetCell>();
        try (var model = NextStep.open(Path.of("models/emoji"))) {
            for (int i = 0; i < PROMPTS.size(); i++) {
                var request = GenerateRequest.builder(PROMPTS.get(i)).seed(i + 1).build();
                cells.add(new SheetCell(model.generate(request).pixels(), PROMPTS.get(i)));
            }
        }
        PictureWriter.write(Path.of(arguments[0]), ContactSheet.of(cells, new SheetLayout(6, 2, 8, 11)));
    }
}
