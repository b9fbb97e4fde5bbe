package dev.nextstep;

import dev.nextstep.engine.Cancellation;
import dev.nextstep.engine.Conversation;
import dev.nextstep.engine.DrawingObserver;
import dev.nextstep.engine.LoadedModel;
import dev.nextstep.engine.SeededNoise;
import dev.nextstep.engine.WrittenText;
import dev.nextstep.image.Pixels;
import dev.nextstep.prompt.GuidanceLayout;
import dev.nextstep.prompt.SpecialTokenText;
import java.util.List;
import java.util.function.Consumer;

/**
 * A conversation of text and pictures in one sequence: say something, show a picture, let the model write, let it draw;
 * in any order. What is said, shown, written and drawn stays in the sequence, which ends with the model's positions ({@code
 * max_position_embeddings}); then a new one has to begin. Not thread-safe.
 */
public final class Chat implements AutoCloseable {
    private final NextStep nextStep;
    private final Conversation conversation;
    private int shown;
    private int drawn;

    Chat(NextStep nextStep, LoadedModel model) {
        this.nextStep = nextStep;
        this.conversation = model.conversation();
    }

    /** Positions of the sequence so far. */
    public int length() {
        return conversation.length();
    }

    /**
     * Adds text.
     *
     * @throws IllegalArgumentException if the conversation would have more tokens than the model has positions
     */
    public void say(String text) {
        conversation.append(text, SpecialTokenText.AS_TEXT);
    }

    /**
     * Adds a picture, fitted to the nearest aspect bucket of the model's area.
     *
     * @throws IllegalArgumentException as from {@link #say}
     */
    public void show(Pixels picture) {
        var fitted = nextStep.codec().fit(picture, nextStep.generateDefaults());
        var grid = nextStep.codec().grid(fitted.width(), fitted.height());
        conversation.append(grid, nextStep.codec().encode(fitted, new Cancellation()));
        shown++;
    }

    /**
     * Lets the model go on in words, until it stops, reaches the limit, or begins a picture ({@link
     * WrittenText.End#PICTURE}; then call {@link #draw}, with the size it asked for if you like).
     *
     * @param request its prompt is said first, unless empty
     */
    public WrittenText write(TextRequest request, Consumer<String> stream, Cancellation cancellation) {
        var sampling = nextStep.sampling(request);
        say(request.prompt());
        return conversation.write(sampling, stream, cancellation);
    }

    /**
     * Draws a picture at this point.
     *
     * @param request its prompt is said first, unless empty; it must ask for one picture. Guidance compares with a row
     *     that holds the negative prompt only. Nothing is added to what is said: a positive prompt is not read, and a model
     *     that adds one of its own to prompts (such as a style) should be told so in words here
     * @throws IllegalArgumentException if a setting is out of range for this model, or the conversation has no position
     *     left for the beginning of a picture; the picture itself may go beyond, as in a drawing of its own
     */
    public Picture draw(GenerateRequest request, Cancellation cancellation) {
        if (request.count() != 1) {
            throw new IllegalArgumentException("a conversation draws one picture at a time, not " + request.count());
        }
        var settings = request.options().resolve(nextStep.generateDefaults()).withPositive("");
        var grid = nextStep.codec().grid(settings.width(), settings.height());
        var layout = GuidanceLayout.of(settings.guidanceScale(), settings.imageGuidanceScale(), shown + drawn);
        say(request.prompt());
        float[] tokens = conversation.draw(
                grid,
                (picture, token) -> settings.sampling(token, grid.tokens()),
                layout.rowsPerPicture(),
                settings.negativePrompt(),
                new SeededNoise(request.seed()),
                DrawingObserver.NONE,
                cancellation);
        var recipe = nextStep.recipe(
                Recipe.Task.CHAT, request.prompt(), settings, new PictureKey(request.seed(), drawn), List.of());
        drawn++;
        var pixels = nextStep.codec().decode(grid, tokens, cancellation);
        return new Picture(pixels, tokens, recipe);
    }

    /** Gives its memory back at once; forgetting it does so later. It must not be used afterwards. */
    @Override
    public void close() {
        conversation.close();
    }
}
