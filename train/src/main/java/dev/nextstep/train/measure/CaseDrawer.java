package dev.nextstep.train.measure;

import dev.nextstep.DrawingListener;
import dev.nextstep.EditRequest;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.Picture;
import dev.nextstep.SourcePicture;
import dev.nextstep.image.PictureReader;
import dev.nextstep.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

/**
 * Draws cases, some at a time, and keeps each picture as a file, named after everything that decides it: an interrupted
 * evaluation finds what was drawn, and another model, size or seed does not. The files hold their recipes.
 */
final class CaseDrawer {
    private final NextStep model;
    private final EvaluationSettings settings;
    private final EmojiPictures pictures;
    private final Path folder;
    private final WorkTeam team;
    private final String identity;

    CaseDrawer(NextStep model, EvaluationSettings settings, EmojiPictures pictures, Path folder, WorkTeam team)
            throws IOException {
        this.model = model;
        this.settings = settings;
        this.pictures = pictures;
        this.folder = Files.createDirectories(folder);
        this.team = team;
        this.identity = NextStep.version() + " " + model.weightsHash();
    }

    /** Draws prompts; the pictures in the order of the cases. */
    List<Pixels> draw(EvaluationListener.Stage stage, List<CaptionCase> cases) {
        return team.all(stage, cases, this::draw);
    }

    /** Draws edits; the pictures in the order of the cases. */
    List<Pixels> edit(List<EditCase> cases) {
        return team.all(EvaluationListener.Stage.EDITING, cases, this::edit);
    }

    private Pixels draw(CaptionCase item) {
        var options = settings.generateOptions();
        long seed = CaseChoice.drawingSeed(item, settings.seed());
        var request = new GenerateRequest(item.caption(), options, 1, 0, seed);
        String resolved = model.settings(request).toString();
        return kept(
                StableHash.hex(seed, identity, "generate", resolved, item.caption()),
                () -> model.generateAll(request, DrawingListener.NONE, team.cancellation()));
    }

    private Pixels edit(EditCase item) {
        var options = settings.editOptions();
        long seed = CaseChoice.drawingSeed(item, settings.seed());
        var source = pictures.read(item.source(), settings.size());
        var request = new EditRequest(item.instruction(), List.of(source), options, 1, 0, seed);
        String resolved = options.resolve(model.editDefaults()).toString();
        String sourceHash = SourcePicture.of(source).sha256();
        return kept(
                StableHash.hex(seed, identity, "edit", resolved, sourceHash, item.instruction()),
                () -> model.editAll(request, DrawingListener.NONE, team.cancellation()));
    }

    private Pixels kept(String key, Supplier<List<Picture>> drawing) {
        Path file = folder.resolve(key.substring(0, 32) + ".png");
        if (Files.exists(file)) {
            return new PictureReader().read(file);
        }
        var picture = drawing.get().getFirst();
        picture.write(file);
        return picture.pixels();
    }
}
