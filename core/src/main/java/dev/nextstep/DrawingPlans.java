package dev.nextstep;

import dev.nextstep.engine.GivenTokens;
import dev.nextstep.engine.LoadedModel;
import dev.nextstep.image.Pixels;
import dev.nextstep.prompt.Grid;
import dev.nextstep.prompt.PromptRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/** From what somebody asks for to what {@link DrawingRun} draws: open settings decided, sources fitted, all of it checked. */
final class DrawingPlans {
    private final LoadedModel model;
    private final PictureCodec codec;
    private final String name;
    private final Arithmetic arithmetic;
    private final DrawingSettings generateDefaults;
    private final DrawingSettings editDefaults;
    private final OwnWords ownWords;

    DrawingPlans(
            LoadedModel model,
            PictureCodec codec,
            String name,
            Arithmetic arithmetic,
            DrawingSettings generateDefaults,
            DrawingSettings editDefaults,
            OwnWords ownWords) {
        this.model = model;
        this.codec = codec;
        this.name = name;
        this.arithmetic = arithmetic;
        this.generateDefaults = generateDefaults;
        this.editDefaults = editDefaults;
        this.ownWords = ownWords;
    }

    /**
     * Requests that are drawn together.
     *
     * @throws IllegalArgumentException if there is none, if they differ in more than they may, or if a setting is out of
     *     range for this model; the message says which
     */
    DrawingPlan of(List<? extends DrawingRequest> requests) {
        if (requests.isEmpty()) {
            throw new IllegalArgumentException("there must be at least one request");
        }
        var first = requests.getFirst();
        for (var request : requests) {
            requireSame(request.getClass(), first.getClass(), "task");
            requireSame(request.options(), first.options(), "options");
            requireSame(request.kept(), first.kept(), "kept part");
        }
        return switch (first) {
            case GenerateRequest _ ->
                generating(requests.stream().map(GenerateRequest.class::cast).toList());
            case EditRequest _ ->
                editing(requests.stream().map(EditRequest.class::cast).toList());
        };
    }

    private DrawingPlan generating(List<GenerateRequest> requests) {
        var first = requests.getFirst();
        for (var request : requests) {
            requireSame(request.prompt(), first.prompt(), "prompt");
        }
        var settings = settings(first);
        var grid = codec.grid(settings.width(), settings.height());
        return new DrawingPlan(
                Recipe.Task.GENERATE,
                first.prompt(),
                first.prompt(),
                settings,
                keys(requests, settings),
                List.of(),
                List.of(),
                first.kept().map(kept -> KeptTokens.of(kept, grid, model.pixelsPerToken())),
                List.of(),
                grid.tokens());
    }

    /** What a picture from words is drawn with; ranges are checked, the size is not. */
    DrawingSettings settings(GenerateRequest request) {
        return ownWords.settings(request.options().resolve(generateDefaults), request.prompt());
    }

    private DrawingPlan editing(List<EditRequest> requests) {
        var request = requests.getFirst();
        for (var each : requests) {
            requireSame(each.instruction(), request.instruction(), "instruction");
            requireSame(each.sources(), request.sources(), "source pictures");
        }
        var defaults = request.options().resolve(editDefaults);
        var sources = new ArrayList<TokenInput>();
        Pixels firstSource = null;
        for (var source : request.sources()) {
            var fitted = codec.fit(source, defaults);
            firstSource = firstSource == null ? fitted : firstSource;
            sources.add(new TokenInput.Painted(codec.grid(fitted.width(), fitted.height()), fitted));
        }
        var settings = editSettings(request, defaults, Objects.requireNonNull(firstSource));
        var grid = codec.grid(settings.width(), settings.height());
        return new DrawingPlan(
                Recipe.Task.EDIT,
                request.instruction(),
                caption(request.instruction(), sources.size()),
                settings,
                keys(requests, settings),
                request.sources().stream().map(SourcePicture::of).toList(),
                sources,
                request.kept().map(kept -> KeptTokens.of(kept, grid, model.pixelsPerToken())),
                List.of(),
                grid.tokens());
    }

    // An open size is that of the first fitted source.
    private static DrawingSettings editSettings(EditRequest request, DrawingSettings defaults, Pixels first) {
        if (request.options().width() != null || request.options().height() != null) {
            return defaults;
        }
        return DrawingOptions.of(defaults)
                .withSize(first.width(), first.height())
                .resolve(defaults);
    }

    /**
     * What is missing in a snapshot.
     *
     * @throws SnapshotException if it is of another model or arithmetic, or contradicts itself
     */
    DrawingPlan of(Snapshot snapshot) {
        requireFits(snapshot);
        var recipe = snapshot.recipes().getFirst();
        var grid = snapshot.grid();
        int dim = snapshot.tokenDim();
        var sources = snapshot.sources().stream()
                .map(s -> (TokenInput) new TokenInput.Encoded(new Grid(s.rows(), s.columns()), s.values()))
                .toList();
        var made = new ArrayList<GivenTokens>();
        for (int i = 0; i < snapshot.recipes().size(); i++) {
            made.add(GivenTokens.first(snapshot.tokens(i), snapshot.made(i), dim));
        }
        return new DrawingPlan(
                recipe.task(),
                recipe.prompt(),
                recipe.task() == Recipe.Task.EDIT ? caption(recipe.prompt(), sources.size()) : recipe.prompt(),
                recipe.settings(),
                snapshot.recipes().stream().map(Recipe::key).toList(),
                recipe.sources(),
                sources,
                recipe.kept()
                        .map(part -> new DrawingPlan.KeptInput(
                                part, snapshot.kept(), new TokenInput.Encoded(grid, snapshot.keptTokens()))),
                made,
                grid.tokens());
    }

    private void requireFits(Snapshot snapshot) {
        var recipe = snapshot.recipes().getFirst();
        if (!snapshot.fingerprint().equals(ModelFingerprint.of(model.directory()))) {
            throw new SnapshotException(
                    "the snapshot was made with model %s, and this is %s with other weights; open that model"
                            .formatted(recipe.model().id(), name));
        }
        if (!recipe.arithmetic().equals(arithmetic)) {
            throw new SnapshotException(
                    "the snapshot was made with %s; open the model as its recipe says: OpenOptions.withArithmetic, or 'nextstep resume' without --precision, --rope, --kv-cache, --head and --engine"
                            .formatted(difference(recipe.arithmetic(), arithmetic)));
        }
        var settings = recipe.settings();
        var all = snapshot.recipes();
        boolean isWhole = snapshot.grid().equals(codec.grid(settings.width(), settings.height()))
                && snapshot.tokenDim() == model.backend().tokenDim()
                && snapshot.sources().size() == recipe.sources().size()
                && (recipe.kept().isPresent() || snapshot.kept().isEmpty())
                && recipe.task() != Recipe.Task.CHAT
                && all.stream()
                        .allMatch(r -> r.prompt().equals(recipe.prompt())
                                && r.settings().equals(settings)
                                && r.task() == recipe.task()
                                && r.kept().equals(recipe.kept())
                                && r.arithmetic().equals(arithmetic)
                                && r.sources().equals(recipe.sources()));
        if (!isWhole) {
            throw new SnapshotException("the snapshot contradicts itself: its tokens are not those of its recipes");
        }
    }

    private static String difference(Arithmetic then, Arithmetic now) {
        var found = new ArrayList<String>();
        add("precision", then.precision(), now.precision(), found);
        add("rotary frequencies", then.ropeFrequencies(), now.ropeFrequencies(), found);
        add("latent norm", then.generation(), now.generation(), found);
        add("key/value cache", then.cache(), now.cache(), found);
        add("flow head", then.head(), now.head(), found);
        if (!then.engine().equals(now.engine())) {
            found.add("engine %s instead of %s".formatted(then.engine(), now.engine()));
        }
        return String.join(" and ", found);
    }

    private static void add(String what, Enum<?> then, Enum<?> now, List<String> found) {
        if (!then.equals(now)) {
            found.add("%s %s instead of %s".formatted(what, RecipeJson.id(then), RecipeJson.id(now)));
        }
    }

    private static void requireSame(Object value, Object first, String what) {
        if (!value.equals(first)) {
            throw new IllegalArgumentException(
                    "requests that are drawn together must have the same %s".formatted(what));
        }
    }

    private static List<PictureKey> keys(List<? extends DrawingRequest> requests, DrawingSettings settings) {
        var keys = new ArrayList<PictureKey>();
        for (var request : requests) {
            request.rerolls().forEach(reroll -> reroll.requireGoesOn(settings));
            for (int i = 0; i < request.count(); i++) {
                keys.add(new PictureKey(request.seed(), request.firstIndex() + i, request.rerolls()));
            }
        }
        return keys;
    }

    // Sources stand in front of the instruction unless it says where (spec §5, default texts).
    private static String caption(String instruction, int sources) {
        int marks = instruction.split(Pattern.quote(PromptRequest.IMAGE_TAG), -1).length - 1;
        if (marks != 0 && marks != sources) {
            throw new IllegalArgumentException(
                    "the instruction has %d %s marks and there are %d source pictures; give as many marks as pictures, or none"
                            .formatted(marks, PromptRequest.IMAGE_TAG, sources));
        }
        return marks > 0 ? instruction : PromptRequest.IMAGE_TAG.repeat(sources) + instruction;
    }
}
