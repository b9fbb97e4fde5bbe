package dev.nextstep.workflow.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nextstep.data.DataException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobReaderTest {
    private static List<BatchJob> read(String text, JobReader.Form form, String file) {
        return JobReader.read(text, form, file, BatchJob.of("-"));
    }

    private static BatchJob only(String text, JobReader.Form form) {
        var jobs = read(text, form, "f");
        assertThat(jobs).hasSize(1);
        return jobs.getFirst();
    }

    @Test
    void jsonWithSettingsForAll() {
        var jobs = read("""
                {"prompts": ["a red heart",
                             {"prompt": "a cat", "seed": -4, "size": "64x32", "count": 3, "formats": ["png", "webp"]},
                             {"prompt": "a dog", "quality": "premium", "guidance": 2.5, "name": "dog"}],
                 "settings": {"steps": 20, "quality": "draft", "negative_prompt": "blurry"}}
                """, JobReader.Form.YAML, "jobs.json");
        assertThat(jobs).extracting(BatchJob::prompt).containsExactly("a red heart", "a cat", "a dog");
        assertThat(jobs).allMatch(job -> job.steps().equals(OptionalInt.of(20)));
        assertThat(jobs).allMatch(job -> job.negative().orElseThrow().equals("blurry"));
        assertThat(jobs.get(0).preset()).contains("draft");
        assertThat(jobs.get(1).seed()).isEqualTo(OptionalLong.of(-4));
        assertThat(jobs.get(1).area()).contains(new BatchJob.Area.Size(64, 32));
        assertThat(jobs.get(1).formats()).containsExactly("png", "webp");
        assertThat(jobs.get(2).preset()).contains("premium");
        assertThat(jobs.get(2).name()).contains("dog");
    }

    @Test
    void thePromptGoesBeforeTheCommandLineAndThatBeforeTheSettingsOfTheList() {
        var flags = new BatchJob(
                "-",
                1,
                OptionalLong.empty(),
                Optional.of("premium"),
                Optional.empty(),
                OptionalInt.of(9),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
        var jobs = JobReader.read("""
                {"prompts": ["a", {"prompt": "b", "steps": 3, "aspect": "3:2"}],
                 "settings": {"steps": 20, "guidance": 2, "quality": "draft"}}
                """, JobReader.Form.YAML, "f", flags);
        assertThat(jobs).allMatch(job -> job.preset().orElseThrow().equals("premium"));
        assertThat(jobs).allMatch(job -> job.guidance().equals(OptionalDouble.of(2)));
        assertThat(jobs.get(0).steps()).hasValue(9);
        assertThat(jobs.get(1).steps()).hasValue(3);
        assertThat(jobs.get(1).area()).contains(new BatchJob.Area.Aspect(new Shape(3, 2)));
        assertThat(JobReader.read("x\n", JobReader.Form.TEXT, "f", flags)
                        .getFirst()
                        .steps())
                .hasValue(9);
    }

    @Test
    void yamlListAlone() {
        var jobs = read("- a star\n- prompt: a moon\n  steps: 5\n", JobReader.Form.YAML, "jobs.yaml");
        assertThat(jobs).extracting(BatchJob::prompt).containsExactly("a star", "a moon");
    }

    @Test
    void csvWithQuotesAndLineBreaks() {
        var jobs = read(
                "Prompt,seed,size\r\n\"a \"\"big\"\" cat,\nsitting\",7,64\r\n\r\na dog,,\r\n",
                JobReader.Form.CSV,
                "j.csv");
        assertThat(jobs).extracting(BatchJob::prompt).containsExactly("a \"big\" cat,\nsitting", "a dog");
        assertThat(jobs.get(0).seed()).hasValue(7);
        assertThat(jobs.get(0).area()).contains(new BatchJob.Area.Size(64, 64));
        assertThat(jobs.get(1).seed()).isEmpty();
    }

    @Test
    void textWithCommentsAndMark() {
        var jobs = read("\uFEFFa red heart\n\n# later\n  a cat  \n", JobReader.Form.TEXT, "-");
        assertThat(jobs).extracting(BatchJob::prompt).containsExactly("a red heart", "a cat");
        assertThat(only("a, b", JobReader.Form.TEXT).prompt()).isEqualTo("a, b");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            YAML | {"prompts": []} | f: there is no prompt
            YAML | {"prompt": ["a"]} | f:1: unknown key 'prompt'
            YAML | {"prompts": [{"prompt": "a", "stepz": 3}]} | f:1: prompts[0]: unknown key 'stepz'
            YAML | {"prompts": [{"steps": 3}]} | prompt is missing
            YAML | {"prompts": ["a", "  "]} | the prompt is empty
            YAML | {"prompts": [{"prompt": "a", "size": "big"}]} | size is 'big'
            YAML | {"prompts": [{"prompt": "a", "count": 0}]} | 1 to 4096
            YAML | {"prompts": [{"prompt": "a", "count": 10000000000}]} | too large
            YAML | {"prompts": [{"prompt": "a", "aspect": "wide"}]} | such as 3:2
            YAML | {"prompts": [{"prompt": "a", "aspect": "100:1"}]} | 1 to 16
            YAML | {"prompts": [{"prompt": "a", "aspect": "1:1", "size": 64}]} | give one
            YAML | {"prompts": ["a"], "settings": {"name": "x"}} | no prompt, name or count
            YAML | {"prompts": ["a" | not valid YAML
            YAML | {"prompts": [{"prompt": "a", "quality": "x", "preset": "y"}]} | give one
            CSV | prompt,colour | f:1: unknown column 'colour'
            CSV | seed | f:1: the header needs the column prompt
            TEXT | # nothing | f: there is no prompt
            """)
    void mistakesAreToldWithTheirPlace(JobReader.Form form, String text, String message) {
        assertThatThrownBy(() -> read(text, form, "f"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining(message);
    }

    @Test
    void damagedCsvIsToldWithItsLine() {
        assertThatThrownBy(() -> read("prompt\na\n\"never closed\nb", JobReader.Form.CSV, "f"))
                .hasMessageContaining("f:3: this quote is never closed");
        assertThatThrownBy(() -> read("prompt,seed\na\n", JobReader.Form.CSV, "f"))
                .hasMessageContaining("f:2: has 1 fields, the header has 2");
        assertThatThrownBy(() -> read("prompt,seed\na,many\n", JobReader.Form.CSV, "f"))
                .hasMessageContaining("f:2: seed is 'many'");
    }

    @Test
    void anyTextIsReadOrRefused() {
        long seed = System.nanoTime();
        var random = new Random(seed);
        String alphabet = "prompt,{}[]\":\n\r\\ #-0a\u00e9\uFEFF\0";
        for (int i = 0; i < 3000; i++) {
            var text = new StringBuilder(random.nextBoolean() ? "prompt,seed\n" : "");
            for (int k = random.nextInt(40); k > 0; k--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            for (var form : JobReader.Form.values()) {
                try {
                    assertThat(read(text.toString(), form, "f")).isNotEmpty();
                } catch (DataException e) {
                    assertThat(e).as("seed %d", seed).hasMessageStartingWith("f:");
                }
            }
        }
    }
}
