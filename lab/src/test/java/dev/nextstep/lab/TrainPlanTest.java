package dev.nextstep.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nextstep.data.DataJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** {@code nextstep train --dry-run}. */
class TrainPlanTest {
    private static final Path STAGE =
            Path.of(System.getProperty("project.root", ".."), "recipes", "paper", "stage1.yaml");

    private record Result(int code, String out, String err) {}

    private static Result run(Object... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        int code = new CommandLine(new TrainCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Arrays.stream(args).map(String::valueOf).toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }

    @Test
    void tellsPeopleAndPrograms() {
        Object[] options = {
            "--recipe", STAGE, "--dry-run", "--devices", 384, "--device-memory", "80GB", "--device-tflops", 990
        };
        var text = run(options);
        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out())
                .contains("14,953,814,080", "157,228,096", "59.8 GB", "384 of 990000.0 GFLOP/s at 40 %", "days")
                .containsPattern("weights too, checkpointed +\\d+\\.\\d GB, fits")
                .containsPattern("nothing shared +\\d+ GB, does not fit");

        var more = Arrays.copyOf(options, options.length + 1);
        more[options.length] = "--json";
        var json = DataJson.parseObject(run(more).out().getBytes(StandardCharsets.UTF_8), "out");
        assertThat(json).containsKeys("step", "flops_of_a_step", "memory", "memory_peak", "days", "assumptions");
        assertThat(json.get("parameters"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .extractingByKey("total")
                .hasToString("14953814080");
    }

    @ParameterizedTest
    @CsvSource({
        "--device-memory,many,is not a size",
        "--devices,0,must be at least 1",
        "--utilisation,2,allowed is above 0"
    })
    void mistakesAreTold(String option, String value, String reason) {
        var result = run("--recipe", STAGE, "--dry-run", "--device-tflops", 1, option, value);
        assertThat(result.code()).isEqualTo(2);
        assertThat(result.err()).contains(reason);
    }

    @ParameterizedTest
    @CsvSource({"80GB,8e10", "24GiB,25769803776", "1.5TB,1.5e12", "512,512", "16 gb,1.6e10"})
    void sizes(String text, double bytes) {
        assertThat(new ByteSize().convert(text)).isEqualTo(bytes);
    }
}
