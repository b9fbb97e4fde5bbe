package dev.nextstep.cli;

import dev.nextstep.TextRequest;
import java.util.List;
import picocli.CommandLine.Option;

/** Options of the commands that write text. */
final class WritingArguments {

    @Option(
            names = "--max-tokens",
            paramLabel = "N",
            description = "Most tokens to write, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
    private int maxTokens = 256;

    @Option(
            names = "--temperature",
            paramLabel = "T",
            description = "0 for the most likely token each time, up to 100 (default: ${DEFAULT-VALUE}).")
    private float temperature;

    @Option(
            names = "--top-p",
            paramLabel = "P",
            description =
                    "Only the most likely tokens that together have this probability (default: ${DEFAULT-VALUE}, all).")
    private float topP = 1;

    @Option(
            names = "--top-k",
            paramLabel = "K",
            description = "Only the K most likely tokens (default: ${DEFAULT-VALUE}, all).")
    private int topK;

    @Option(
            names = "--stop",
            paramLabel = "TOKEN",
            description = "A special token that ends the text besides <|endoftext|>. May be given several times.")
    private List<String> stops = List.of();

    TextRequest request(String prompt, long seed) {
        return request(prompt, seed, maxTokens);
    }

    TextRequest request(String prompt, long seed, int limit) {
        return new TextRequest(prompt, limit, temperature, topK, topP, seed, stops);
    }
}
