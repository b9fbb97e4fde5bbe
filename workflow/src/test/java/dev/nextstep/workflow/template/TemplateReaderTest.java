package dev.nextstep.workflow.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.DataException;
import dev.nextstep.workflow.batch.BatchJob;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TemplateReaderTest {
    private static final BatchJob NO_FLAGS = BatchJob.of("-");

    private static final String OWN = """
            name: seasons
            title: "{place} in {season}"
            quality: draft
            parameters:
              place: {max_length: 20}
              season: {type: choice, choices: {spring: "in bloom", winter: "in snow"}, default: winter}
              number: {type: whole, min: 1, max: 9, default: 3}
            variants:
              - {name: calm, guidance: 2, steps: 5}
              - {name: loud, title: Loud, guidance: 4, steps: 7}
            pictures:
              - {name: view, prompt: "{number} houses in {place}, {season}", short: "{place}", aspect: "3:2"}
              - {name: snowman, prompt: "a snowman", when: {season: winter}, quality: premium}
            """;

    private static FilledWorkflow filled(Map<String, String> values) {
        return TemplateReader.read(OWN, "own.yaml").fill(values, NO_FLAGS, 0, PromptLength.FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"brand", "marketing", "education"})
    void builtInWorkflowsAreWhole(String name) throws IOException {
        var template = new WorkflowLibrary(Path.of("nowhere")).find(name);
        assertThat(template.name()).isEqualTo(name);
        assertThat(template.pictures())
                .allMatch(picture -> picture.shortPrompt().isPresent());
    }

    @Test
    void valuesStandInPromptsAndTitles() {
        var filled = filled(Map.of("place", "Bern"));
        assertThat(filled.title()).isEqualTo("Bern in winter");
        assertThat(filled.values())
                .containsExactly(Map.entry("place", "Bern"), Map.entry("season", "winter"), Map.entry("number", "3"));
        assertThat(filled.jobs())
                .extracting(BatchJob::prompt)
                .containsExactly("3 houses in Bern, in snow", "3 houses in Bern, in snow", "a snowman", "a snowman");
        assertThat(filled.jobs())
                .extracting(job -> job.name().orElseThrow())
                .containsExactly("view-calm", "view-loud", "snowman-calm", "snowman-loud");
        assertThat(filled(Map.of("place", "Bern", "season", "spring")).jobs()).hasSize(2);
    }

    @Test
    void variantsDifferInTheirSettingsAndNothingElse() {
        var jobs = filled(Map.of("place", "Bern")).jobs();
        assertThat(jobs.get(0).guidance()).hasValue(2);
        assertThat(jobs.get(0).steps()).hasValue(5);
        assertThat(jobs.get(1).guidance()).hasValue(4);
        assertThat(jobs.get(1).steps()).hasValue(7);
        assertThat(jobs.get(1).seed())
                .isEqualTo(jobs.get(0).seed())
                .isNotEqualTo(jobs.get(2).seed());
        assertThat(jobs.get(0).preset()).contains("draft");
        assertThat(jobs.get(2).preset()).contains("premium");
    }

    @Test
    void flagsGoBehindPicturesAndVariantsAndBeforeTheTemplate() {
        var flags = new BatchJob(
                "-",
                1,
                OptionalLong.of(5),
                java.util.Optional.of("standard"),
                java.util.Optional.empty(),
                OptionalInt.of(99),
                java.util.OptionalDouble.empty(),
                java.util.Optional.empty(),
                java.util.Optional.empty(),
                List.of());
        var jobs = TemplateReader.read(OWN, "own.yaml")
                .fill(Map.of("place", "Bern"), flags, 0, PromptLength.SHORT)
                .jobs();
        assertThat(jobs.get(0).preset()).contains("standard");
        assertThat(jobs.get(2).preset()).contains("premium");
        assertThat(jobs.get(0).steps()).hasValue(5);
        assertThat(jobs).extracting(BatchJob::prompt).containsExactly("Bern", "Bern", "a snowman", "a snowman");
    }

    @Test
    void bracesInValuesAreBraces() {
        String evil = "{season}{number}$1\\";
        assertThat(filled(Map.of("place", evil)).jobs().getFirst().prompt())
                .isEqualTo("3 houses in " + evil + ", in snow");
    }

    @Test
    void allThatIsWrongIsToldAtOnce() {
        assertThatThrownBy(() -> filled(Map.of("season", "summer", "number", "ten", "color", "red")))
                .isInstanceOf(DataException.class)
                .hasMessageContainingAll(
                        "there is no parameter 'color'",
                        "place is missing (text of up to 20 characters)",
                        "season is 'summer', allowed is spring, winter",
                        "number is 'ten', allowed is a whole number from 1 to 9");
        assertThatThrownBy(() -> filled(Map.of("place", "x".repeat(21)))).hasMessageContaining("allowed are 20");
        assertThatThrownBy(() -> filled(Map.of("place", "a\nb"))).hasMessageContaining("one line");
        assertThatThrownBy(() -> filled(Map.of("place", "a\0b"))).hasMessageContaining("control");
        assertThatThrownBy(() -> filled(Map.of("place", "  "))).hasMessageContaining("place is empty");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            name: x | w.yaml:1: lacks 'pictures'
            {name: x, title: t, pictures: []} | has 0 pictures
            {name: ../x, title: t, pictures: [{name: a, prompt: p}]} | lower-case letters
            {name: x, title: t, pictures: [{name: a/b, prompt: p}]} | lower-case letters
            {name: x, title: t, pictures: [{name: a, prompt: p}, {name: a, prompt: q}]} | two pictures are called 'a'
            {name: x, title: t, pictures: [{name: a, prompt: ' '}]} | the prompt is empty
            {name: x, title: t, pictures: [{name: a, prompt: '{b}'}]} | {b} is no parameter
            {name: x, title: t, pictures: [{name: a, prompt: '{ b'}]} | a brace stands alone
            {name: x, title: '{b}', pictures: [{name: a, prompt: p}]} | {b} is no parameter
            {name: x, title: t, pictures: [{name: a, promt: p}]} | did you mean 'prompt'
            {name: x, title: t, pictures: [{name: a, prompt: p, aspect: wide}]} | such as 3:2
            {name: x, title: t, parameters: {B: {}}, pictures: [{name: a, prompt: p}]} | a parameter's name
            {name: x, title: t, parameters: {b: {type: date}}, pictures: [{name: a, prompt: p}]} | text, choice, whole
            {name: x, title: t, parameters: {b: {type: choice}}, pictures: [{name: a, prompt: p}]} | lacks 'choices'
            {name: x, title: t, parameters: {b: {choices: [c]}}, pictures: [{name: a, prompt: p}]} | type text has no choices
            {name: x, title: t, parameters: {b: {type: whole, min: 3, max: 1}}, pictures: [{name: a, prompt: p}]} | above max
            {name: x, title: t, parameters: {b: {type: choice, choices: [c], default: d}}, pictures: [{name: a, prompt: p}]} | default is 'd'
            {name: x, title: t, parameters: {b: {}}, pictures: [{name: a, prompt: p, when: {b: c}}]} | is no choice
            {name: x, title: t, variants: [{name: v, steps: 0}], pictures: [{name: a, prompt: p}]} | 1 to 10000
            {name: x, title: t, pictures: [{name: a, prompt: p, when: {c: d}}]} | unknown key 'c'
            """)
    void mistakesAreToldWithTheirPlace(String text, String message) {
        assertThatThrownBy(() -> TemplateReader.read(text, "w.yaml"))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("w.yaml:")
                .hasMessageContaining(message);
    }

    @Test
    void anyTextIsReadOrRefused() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            var text = new StringBuilder(OWN);
            for (int k = random.nextInt(6); k >= 0; k--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(3)) {
                    case 0 -> text.deleteCharAt(at);
                    case 1 -> text.insert(at, "{}[]:,\"'\n -x0&*!".charAt(random.nextInt(16)));
                    default -> text.delete(at, Math.min(text.length(), at + random.nextInt(40)));
                }
            }
            try {
                assertThat(TemplateReader.read(text.toString(), "w").pictures()).isNotEmpty();
            } catch (DataException e) {
                assertThat(e).as("seed %d: %s", seed, text).hasMessageStartingWith("w:");
            }
        }
    }

    @Test
    void theLibraryListsUsersFilesAndTheirMistakes(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("seasons.yaml"), OWN);
        Files.writeString(folder.resolve("broken.yaml"), "name: [");
        Files.writeString(folder.resolve("readme.txt"), "not one");
        var library = new WorkflowLibrary(folder);
        assertThat(library.list())
                .extracting(WorkflowLibrary.Entry::name)
                .containsExactly("brand", "marketing", "education", "broken", "seasons");
        assertThat(library.list().get(3).template()).isInstanceOf(WorkflowLibrary.Found.Bad.class);
        assertThat(library.find("seasons").pictures()).hasSize(2);
        assertThat(library.find(folder.resolve("seasons.yaml").toString()).name())
                .isEqualTo("seasons");
        assertThatThrownBy(() -> library.find("../seasons\0")).hasMessageContaining("there is no workflow");
    }
}
