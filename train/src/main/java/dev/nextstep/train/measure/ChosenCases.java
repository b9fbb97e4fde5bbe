package dev.nextstep.train.measure;

import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

/** The cases that are measured: a seeded choice of those that there are. */
record ChosenCases(
        List<CaptionCase> seen, List<CaptionCase> heldOut, List<EditCase> edits, List<PictureName> reconstructions) {

    /**
     * Chooses.
     *
     * @throws MeasureException if a case names a picture that the set does not have
     */
    static ChosenCases of(EvaluationCases cases, EvaluationSettings settings, EmojiPictures set) {
        long seed = settings.seed();
        var parts = settings.parts();
        boolean drawing =
                parts.contains(EvaluationSettings.Part.RETRIEVAL) || parts.contains(EvaluationSettings.Part.STYLE);
        boolean editing = parts.contains(EvaluationSettings.Part.EDITS);
        boolean reconstructing = parts.contains(EvaluationSettings.Part.RECONSTRUCTION);
        var chosen = new ChosenCases(
                drawing ? CaseChoice.of(cases.seen(), settings.prompts(), seed) : List.of(),
                drawing ? CaseChoice.of(cases.heldOut(), settings.prompts(), seed) : List.of(),
                editing ? CaseChoice.evenly(cases.edits(), EditCase::kind, settings.edits(), seed) : List.of(),
                reconstructing ? CaseChoice.of(cases.reconstructions(), settings.reconstructions(), seed) : List.of());
        chosen.pictures().filter(name -> set.find(name).isEmpty()).findFirst().ifPresent(name -> {
            throw new MeasureException("the cases name the picture " + name
                    + ", which the emoji set does not have; they belong to another set");
        });
        return chosen;
    }

    /** Each of the seen prompts once, without its style. */
    List<CaptionCase> plain() {
        var captions = new HashSet<String>();
        return seen.stream()
                .flatMap(item -> item.plain().stream())
                .filter(item -> captions.add(item.caption()))
                .toList();
    }

    private Stream<PictureName> pictures() {
        return Stream.of(
                        seen.stream().map(CaptionCase::picture),
                        heldOut.stream().map(CaptionCase::picture),
                        edits.stream().map(EditCase::source),
                        edits.stream().map(EditCase::target),
                        reconstructions.stream())
                .flatMap(names -> names);
    }
}
