package dev.nextstep.data.emoji;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The edit pairs of a list of pictures: ordered, deterministic, made one by one. */
final class EditPairs {
    private final List<RenderedEmoji> pictures;

    /** Pairs among these pictures. */
    EditPairs(List<RenderedEmoji> pictures) {
        this.pictures = List.copyOf(pictures);
    }

    /** All of one kind, in the order of the pictures. Pairs of pictures that look the same are left out. */
    Stream<EditPair> of(EditKind kind) {
        return EditFamilies.of(kind, pictures).stream().flatMap(family -> pairs(kind, family));
    }

    private static Stream<EditPair> pairs(EditKind kind, List<RenderedEmoji> family) {
        return switch (kind) {
            case MIRROR -> family.stream().map(picture -> new EditPair(kind, picture, picture));
            case PAINT -> family.stream().flatMap(EditPairs::painted);
            case GENDER -> ordered(kind, withoutDisguised(family));
            case STYLE, TONE, COLOUR, CLOCK -> ordered(kind, family);
        };
    }

    /** In all other colours, if it has one itself. */
    private static Stream<EditPair> painted(RenderedEmoji picture) {
        return picture.colour().filter(Recolouring::knows).stream()
                .flatMap(own -> Arrays.stream(ColourName.values())
                        .filter(other -> other != own && Recolouring.knows(other))
                        .map(other -> new EditPair(EditKind.PAINT, picture, picture, Optional.of(other))));
    }

    private static Stream<EditPair> ordered(EditKind kind, List<RenderedEmoji> family) {
        return family.stream()
                .flatMap(source -> family.stream()
                        .filter(target -> !source.sha256().equals(target.sha256()))
                        .map(target -> new EditPair(kind, source, target)));
    }

    /** Old sets draw the glyph without gender as a man or a woman; it is then no picture of "a person". */
    private static List<RenderedEmoji> withoutDisguised(List<RenderedEmoji> family) {
        return family.stream()
                .filter(picture -> picture.glyph().gender().isPresent()
                        || family.stream()
                                .noneMatch(other -> !other.id().equals(picture.id())
                                        && other.sha256().equals(picture.sha256())))
                .toList();
    }
}
