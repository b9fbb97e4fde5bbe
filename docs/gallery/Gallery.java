import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.cli.terminal.ContactSheet;
import dev.nextstep.cli.terminal.SheetCell;
import dev.nextstep.cli.terminal.SheetLayout;
import dev.nextstep.image.PictureWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Draws the pages of this folder: one try for each line of prompts.txt, seed = number of the line. */
public class Gallery {
    private static final int FIRST = 24;

    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        List<String> prompts = Files.readAllLines(folder.resolve("prompts.txt"));
        var cells = new ArrayList<SheetCell>();
        try (var model = NextStep.open(Path.of("models/emoji"))) {
            for (int i = 0; i < prompts.size(); i++) {
                var request = GenerateRequest.builder(prompts.get(i)).seed(i + 1).build();
                cells.add(new SheetCell(model.generate(request).pixels(), prompts.get(i)));
            }
        }
        PictureWriter.write(
                folder.resolve("gallery.png"), ContactSheet.of(cells.subList(0, FIRST), new SheetLayout(6, 2, 8, 11)));
        PictureWriter.write(folder.resolve("sheet.png"), ContactSheet.of(cells, new SheetLayout(12, 1, 6, 9)));
    }
}
