package dev.nextstep.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.nextstep.DrawingListener;
import dev.nextstep.GenerateRequest;
import dev.nextstep.NextStep;
import dev.nextstep.cli.BadInput.Command;
import dev.nextstep.cli.BadInput.Way;
import dev.nextstep.engine.Cancellation;
import dev.nextstep.image.PictureFormat;
import dev.nextstep.image.PictureWriter;
import dev.nextstep.image.WriteOptions;
import java.awt.color.ColorSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The bad inputs of {@code docs/errors.md}, with those that look bad and are fine. */
final class BadInputs {
    private static final String MODEL = Cli.MODEL.toString();
    private final List<BadInput> all = new ArrayList<>();

    private BadInputs() {}

    static List<BadInput> all() {
        var list = new BadInputs();
        list.models();
        list.prompts();
        list.sizes();
        list.settings();
        list.pictures();
        list.snapshots();
        list.outputs();
        return list.all;
    }

    private void add(Way way, String group, String input, ExitCode code, List<String> says, Command command) {
        all.add(new BadInput(group, input, code, says, way, command));
    }

    /** Makes what a case needs. */
    private interface Making {
        Path in(Path folder) throws IOException;
    }

    private static List<String> generate(Path folder, String prompt, String... options) {
        var arguments = new ArrayList<>(List.of("generate", prompt));
        Collections.addAll(arguments, options);
        put(arguments, "--model", MODEL);
        put(arguments, "--size", "16x16");
        put(arguments, "--steps", "2");
        put(arguments, "--seed", "1");
        put(arguments, "--out", folder.resolve("out/heart.png").toString());
        return arguments;
    }

    private static void put(List<String> arguments, String option, String value) {
        if (!arguments.contains(option)) {
            arguments.add(option);
            arguments.add(value);
        }
    }

    // --- models ---------------------------------------------------------------------------------------------------

    private void model(Way way, String input, List<String> says, Making making) {
        add(
                way,
                "Models",
                input,
                ExitCode.BAD_INPUT,
                says,
                folder ->
                        generate(folder, "a heart", "--model", making.in(folder).toString()));
    }

    private void config(String input, String key, String value, String... says) {
        model(Way.HERE, input, List.of(says), folder -> BadModels.config(folder, key, value));
    }

    private void models() {
        model(Way.BOTH, "a folder that is not there", List.of("nowhere"), f -> f.resolve("nowhere"));
        model(
                Way.HERE,
                "a file in place of a folder",
                List.of("heart.txt"),
                f -> BadPictures.text(f.resolve("heart.txt")));
        model(Way.HERE, "an empty folder", List.of("config.json"), f -> Files.createDirectory(f.resolve("model")));
        model(Way.HERE, "no config.json", List.of("config.json"), f -> BadModels.without(f, "config.json"));
        model(Way.HERE, "config.json ends early", List.of("config.json"), f -> BadModels.truncated(f, "config.json"));
        config("0 layers", "num_hidden_layers", "0", "num_hidden_layers", "1 to 1024");
        config("more layers than the weights hold", "num_hidden_layers", "7", "layers.6.");
        config("10⁹ heads", "num_attention_heads", "1000000000", "num_attention_heads", "1 to 1024");
        config("heads that do not fit the tensors", "num_attention_heads", "12", "layers.0.");
        config("4 key heads for 6 heads", "num_key_value_heads", "4", "num_key_value_heads", "divisor");
        config("a vocabulary of −1", "vocab_size", "-1", "vocab_size", "1 to ");
        config("a hidden size that is a text", "hidden_size", "\"big\"", "hidden_size");
        config("an unsupported activation", "hidden_act", "\"gelu\"", "hidden_act", "silu");
        config("an epsilon of 10³⁰⁰", "rms_norm_eps", "1e300", "rms_norm_eps");
        model(Way.HERE, "no weights", List.of("safetensors"), f -> BadModels.without(f, "model.safetensors"));
        model(
                Way.BOTH,
                "truncated weights",
                List.of("model.safetensors"),
                f -> BadModels.truncated(f, "model.safetensors"));
        model(
                Way.HERE,
                "a text named model.safetensors",
                List.of("model.safetensors"),
                f -> BadModels.with(f, "model.safetensors", BadPictures::text));
        model(Way.HERE, "a header of 2⁶² bytes", List.of("model.safetensors"), BadModels::endlessHeader);
        model(
                Way.HERE,
                "a tensor is missing",
                List.of("norm.weight"),
                f -> BadModels.header(f, h -> h.set("norn.weight", h.remove("norm.weight"))));
        model(
                Way.BOTH,
                "a tensor of the wrong shape",
                List.of("layers.0.mlp.gate_proj.weight", "1024", "384"),
                f -> BadModels.header(f, h -> {
                    var shape = ((ObjectNode) h.get("layers.0.mlp.gate_proj.weight")).putArray("shape");
                    shape.add(384).add(1024);
                }));
        model(
                Way.BOTH,
                "NaN in a weight of the transformer",
                List.of("NaN", "model.safetensors", "damaged"),
                f -> BadModels.firstValue(f, "norm.weight", 0x7E00));
        model(
                Way.HERE,
                "an infinite weight in the flow head",
                List.of("NaN or infinite", "model.safetensors"),
                f -> BadModels.firstValue(f, "image_head.net.final_layer.linear.bias", 0x7C00));
        model(Way.HERE, "a shard is missing", List.of("model-00002"), f -> BadModels.sharded(f, Files::delete));
        model(Way.HERE, "a shard is truncated", List.of("model-00002"), f -> BadModels.sharded(f, BadModels::halve));
        model(Way.HERE, "no image tokenizer", List.of("vae"), f -> BadModels.without(f, "vae/checkpoint.pt"));
        model(
                Way.HERE,
                "a truncated image tokenizer",
                List.of("checkpoint.pt"),
                f -> BadModels.truncated(f, "vae/checkpoint.pt"));
        model(
                Way.HERE,
                "NaN in a weight of the image tokenizer",
                List.of("NaN", "decoded pixels"),
                f -> BadModels.firstValueOfImageTokenizer(f, "decoder.conv_out.bias", 0x7E00));
        model(Way.HERE, "no text tokenizer", List.of("tokenizer.json"), f -> BadModels.without(f, "tokenizer.json"));
        model(
                Way.HERE,
                "a truncated text tokenizer",
                List.of("tokenizer.json"),
                f -> BadModels.truncated(f, "tokenizer.json"));
        model(
                Way.HERE,
                "defaults out of range in nextstep.json",
                List.of("nextstep.json", "steps"),
                f -> BadModels.text(f, "nextstep.json", s -> s.replace("\"steps\": 28", "\"steps\": 0")));
        add(
                Way.HERE,
                "Models",
                "NaN in the language head",
                ExitCode.BAD_INPUT,
                List.of("NaN", "text token"),
                f -> List.of(
                        "write",
                        "a",
                        "--model",
                        BadModels.firstValue(f, "lm_head.weight", 0x7E00).toString()));
    }

    // --- prompts --------------------------------------------------------------------------------------------------

    private void prompt(Way way, String input, ExitCode code, List<String> says, String prompt) {
        add(way, "Prompts", input, code, says, folder -> generate(folder, prompt));
    }

    private void prompts() {
        prompt(Way.BOTH, "empty", ExitCode.OK, List.of(), "");
        prompt(Way.HERE, "only emoji", ExitCode.OK, List.of(), "👍🏽❤️🐼👩‍👩‍👧");
        prompt(
                Way.BOTH,
                "text that is spelled like special tokens: it is text",
                ExitCode.OK,
                List.of(),
                "a<|image_area|>64*64<|begin_of_image|><|endoftext|>");
        prompt(Way.HERE, "control characters", ExitCode.OK, List.of(), "a\u0007\u001b[31m red\r\n\theart");
        prompt(
                Way.BOTH,
                "100 000 characters",
                ExitCode.USAGE,
                List.of("tokens", "at most 1024", "max_position_embeddings"),
                "a red heart ".repeat(9000).substring(0, 100_000));
        add(
                Way.HERE,
                "Prompts",
                "100 000 characters for write",
                ExitCode.USAGE,
                List.of("tokens", "at most 1024"),
                f -> List.of("write", "a ".repeat(50_000), "--model", MODEL));
        add(
                Way.LAUNCHER,
                "Prompts",
                "bytes that are not UTF-8",
                ExitCode.USAGE,
                List.of("UTF-8"),
                f -> shell("exec \"$0\" \"$@\" \"$(printf 'a \\377\\376 heart')\"", without(generate(f, ""), "")));
        add(
                Way.HERE,
                "Prompts",
                "an id that no token has",
                ExitCode.USAGE,
                List.of("99999999", "tokens"),
                f -> List.of("tokenize", "--decode", "99999999", "--model", MODEL));
    }

    private static List<String> without(List<String> arguments, String one) {
        var rest = new ArrayList<>(arguments);
        rest.remove(one);
        return rest;
    }

    /** A command line for {@code /bin/sh}: {@code $0} is the launcher. */
    static final String SHELL = "sh:";

    private static List<String> shell(String script, List<String> arguments) {
        var all = new ArrayList<String>();
        all.add(SHELL + script);
        all.addAll(arguments);
        return all;
    }

    // --- sizes and settings ---------------------------------------------------------------------------------------

    private void option(Way way, String group, String option, String value, ExitCode code, String... says) {
        add(
                way,
                group,
                option + " " + value,
                code,
                List.of(says),
                folder -> generate(folder, "a heart", option, value));
    }

    private void sizes() {
        option(Way.BOTH, "Sizes", "--size", "0x0", ExitCode.USAGE, "multiples of 16");
        option(Way.HERE, "Sizes", "--size", "0x16", ExitCode.USAGE, "multiples of 16");
        option(Way.BOTH, "Sizes", "--size", "17x16", ExitCode.USAGE, "multiples of 16", "16 x 16");
        option(Way.HERE, "Sizes", "--size", "8193x8192", ExitCode.USAGE, "multiples of 16", "8192 x 8192");
        option(Way.HERE, "Sizes", "--size", "-16x16", ExitCode.USAGE, "-16x16");
        option(Way.HERE, "Sizes", "--size", "512", ExitCode.USAGE, "'512'");
        option(Way.HERE, "Sizes", "--size", "big", ExitCode.USAGE, "'big'");
        option(Way.HERE, "Sizes", "--size", "999984x999984", ExitCode.USAGE, "up to 65536");
        option(Way.HERE, "Sizes", "--size", "32768x16384", ExitCode.USAGE, "1048576 tokens");
        option(
                Way.BOTH,
                "Sizes",
                "--size",
                "16384x16384",
                ExitCode.NO_MEMORY,
                "needs",
                "free",
                "keys and values",
                "positions ×",
                "-Xmx");
    }

    private void setting(Way way, String option, String value, String... says) {
        option(way, "Settings", option, value, ExitCode.USAGE, says);
    }

    private void settings() {
        setting(Way.BOTH, "--guidance", "0.5", "guidance", "between 1", "1000", "0.5");
        setting(Way.HERE, "--guidance", "NaN", "guidance", "between 1", "NaN");
        setting(Way.HERE, "--guidance", "Infinity", "guidance", "1000");
        setting(Way.HERE, "--guidance", "1e9", "guidance", "1000");
        setting(Way.HERE, "--guidance", "high", "--guidance", "'high'", "number");
        setting(Way.HERE, "--steps", "0", "steps", "10000");
        setting(Way.BOTH, "--steps", "1000000", "steps", "10000");
        setting(Way.HERE, "--steps", "-1", "steps", "10000");
        setting(Way.HERE, "--steps", "2.5", "--steps", "whole number");
        setting(Way.BOTH, "--seed", "18446744073709551616", "--seed", "-9223372036854775808", "9223372036854775807");
        setting(Way.HERE, "--seed", "abc", "--seed", "'abc'");
        setting(Way.HERE, "--sampler", "euler", "euler", "s1");
        setting(Way.HERE, "-n", "0", "between 1 and 4096");
        setting(Way.HERE, "-n", "5000", "between 1 and 4096");
        setting(Way.HERE, "--quality", "101", "quality", "100");
        add(
                Way.HERE,
                "Settings",
                "--from a picture without a recipe",
                ExitCode.BAD_INPUT,
                List.of("cat.png", "recipe"),
                f -> List.of(
                        "generate",
                        "--model",
                        MODEL,
                        "--from",
                        Files.write(f.resolve("cat.png"), BadPictures.goodPng()).toString(),
                        "--out",
                        f.resolve("out/heart.png").toString()));
        setting(Way.HERE, "--threads", "0", "threads", "1");
        setting(Way.HERE, "--threads", "1000000", "threads");
        setting(Way.HERE, "--engine", "gpu", "gpu", "cpu");
        add(
                Way.HERE,
                "Settings",
                "an option twice",
                ExitCode.USAGE,
                List.of("--steps"),
                f -> generate(f, "a heart", "--steps", "3", "--steps", "4"));
        add(
                Way.BOTH,
                "Settings",
                "an unknown option",
                ExitCode.USAGE,
                List.of("--stepps", "--steps"),
                f -> generate(f, "a heart", "--stepps", "3"));
        add(
                Way.HERE,
                "Settings",
                "an unknown command",
                ExitCode.USAGE,
                List.of("generte"),
                f -> List.of("generte", "x"));
    }

    // --- source pictures ------------------------------------------------------------------------------------------

    private void picture(Way way, String input, ExitCode code, List<String> says, Making making) {
        add(way, "Source pictures", input, code, says, folder -> {
            var arguments =
                    generate(folder, "make it blue", "-i", making.in(folder).toString());
            arguments.set(0, "edit");
            return arguments;
        });
    }

    private void badPicture(Way way, String input, List<String> says, Making making) {
        picture(way, input, ExitCode.BAD_INPUT, says, making);
    }

    private void pictures() {
        badPicture(Way.HERE, "not there", List.of("cat.png", "no such file"), f -> f.resolve("cat.png"));
        badPicture(
                Way.BOTH, "a directory", List.of("cats", "directory"), f -> Files.createDirectory(f.resolve("cats")));
        badPicture(Way.HERE, "a device", List.of("/dev/zero", "regular file"), f -> Path.of("/dev/zero"));
        badPicture(Way.HERE, "an empty file", List.of("cat.png", "empty"), f -> Files.createFile(f.resolve("cat.png")));
        badPicture(Way.HERE, "a text named .png", List.of("cat.png"), f -> BadPictures.text(f.resolve("cat.png")));
        badPicture(Way.HERE, "a truncated PNG", List.of("cat.png"), f -> {
            Path file = Files.write(f.resolve("cat.png"), BadPictures.goodPng());
            BadModels.halve(file);
            return file;
        });
        badPicture(
                Way.BOTH,
                "30 000 × 30 000 pixels",
                List.of("cat.png", "30000 x 30000", "64000000"),
                f -> Files.write(f.resolve("cat.png"), BadPictures.claiming(30_000, 30_000, 1 << 20)));
        badPicture(
                Way.HERE,
                "a side of 2³¹ − 1 pixels",
                List.of("cat.png"),
                f -> Files.write(f.resolve("cat.png"), BadPictures.claiming(Integer.MAX_VALUE, 1, 1 << 10)));
        picture(
                Way.HERE,
                "a decompression bomb: 32 × 32 pixels that unpack to 500 MB; the rest is not unpacked",
                ExitCode.OK,
                List.of(),
                f -> Files.write(f.resolve("cat.png"), BadPictures.claiming(32, 32, 500_000_000)));
        picture(
                Way.BOTH,
                "a PNG with a text that unpacks to 500 MB; it is not unpacked",
                ExitCode.OK,
                List.of(),
                f -> Files.write(f.resolve("cat.png"), BadPictures.withTextBomb(500_000_000)));
        picture(
                Way.HERE,
                "an animation: its first frame",
                ExitCode.OK,
                List.of(),
                f -> BadPictures.animated(f.resolve("cat.gif")));
        picture(
                Way.HERE,
                "16 bits per channel, in colour",
                ExitCode.OK,
                List.of(),
                f -> BadPictures.sixteenBits(f.resolve("cat.png"), ColorSpace.CS_sRGB));
        badPicture(
                Way.HERE,
                "16 bits per pixel, in grey",
                List.of("cat.png", "16-bit", "8 bits"),
                f -> BadPictures.sixteenBits(f.resolve("cat.png"), ColorSpace.CS_GRAY));
        picture(Way.HERE, "CMYK", ExitCode.OK, List.of(), f -> BadPictures.cmyk(f.resolve("cat.jpg")));
        picture(
                Way.HERE,
                "1 × 1 pixel: it is enlarged",
                ExitCode.OK,
                List.of(),
                f -> Files.write(f.resolve("cat.png"), BadPictures.claiming(1, 1, 2)));
        add(
                Way.HERE,
                "Source pictures",
                "8 × 8 pixels for reconstruct",
                ExitCode.USAGE,
                List.of("8 x 8", "at least 16"),
                f -> List.of(
                        "reconstruct",
                        Files.write(f.resolve("cat.png"), BadPictures.claiming(8, 8, 72))
                                .toString(),
                        "--model",
                        MODEL,
                        "--out",
                        f.resolve("out/cat.png").toString()));
        add(
                Way.HERE,
                "Source pictures",
                "more marks in the instruction than pictures",
                ExitCode.USAGE,
                List.of("<image>"),
                f -> {
                    var arguments = generate(
                            f,
                            "<image><image> both",
                            "-i",
                            Files.write(f.resolve("cat.png"), BadPictures.goodPng())
                                    .toString());
                    arguments.set(0, "edit");
                    return arguments;
                });
    }

    // --- snapshots ------------------------------------------------------------------------------------------------

    private void snapshot(Way way, String input, List<String> says, Making making) {
        add(
                way,
                "Snapshots",
                input,
                ExitCode.BAD_INPUT,
                says,
                f -> List.of(
                        "resume",
                        making.in(f).toString(),
                        "--out",
                        f.resolve("out/heart.png").toString()));
    }

    private static Path paused(Path folder) {
        var file = folder.resolve("heart.snapshot");
        try (var model = NextStep.open(Cli.MODEL)) {
            var request = GenerateRequest.builder("a heart")
                    .size(16, 32)
                    .steps(2)
                    .seed(1)
                    .build();
            model.firstRows(List.of(request), 1, DrawingListener.NONE, new Cancellation())
                    .write(file);
        }
        return file;
    }

    private static Path damaged(Path folder, int length, int flipped) throws IOException {
        var file = paused(folder);
        byte[] bytes = Files.readAllBytes(file);
        bytes[flipped] ^= 1;
        return Files.write(file, Arrays.copyOf(bytes, bytes.length - length));
    }

    private void snapshots() {
        snapshot(Way.BOTH, "not there", List.of("heart.snapshot", "no such file"), f -> f.resolve("heart.snapshot"));
        snapshot(Way.HERE, "a directory", List.of("cats", "not a file"), f -> Files.createDirectory(f.resolve("cats")));
        snapshot(Way.HERE, "a device", List.of("/dev/zero", "not a file"), f -> Path.of("/dev/zero"));
        snapshot(
                Way.HERE,
                "a picture",
                List.of("cat.png", "not a snapshot"),
                f -> Files.write(f.resolve("cat.png"), BadPictures.goodPng()));
        snapshot(Way.HERE, "the last byte is missing", List.of("damaged or cut off"), f -> damaged(f, 1, 100));
        snapshot(Way.BOTH, "a flipped bit", List.of("damaged or cut off"), f -> damaged(f, 0, 500));
        snapshot(Way.HERE, "another format", List.of("format 0"), f -> damaged(f, 0, 8));
        add(
                Way.HERE,
                "Snapshots",
                "another cache type than the snapshot's",
                ExitCode.BAD_INPUT,
                List.of("--kv-cache"),
                f -> List.of("resume", paused(f).toString(), "--model", MODEL, "--kv-cache", "bf16"));
        add(
                Way.HERE,
                "Snapshots",
                "more rows to keep than there are",
                ExitCode.USAGE,
                List.of("between 0 and 2"),
                f -> List.of("resume", paused(f).toString(), "--model", MODEL, "--keep-rows", "3"));
        add(
                Way.HERE,
                "Snapshots",
                "a pause without a file",
                ExitCode.USAGE,
                List.of("--snapshot FILE"),
                f -> generate(f, "a heart", "--pause-after", "1"));
        add(
                Way.HERE,
                "Snapshots",
                "a snapshot in place of something else",
                ExitCode.USAGE,
                List.of("choose another name"),
                f -> generate(
                        f,
                        "a heart",
                        "--snapshot",
                        Files.write(f.resolve("cat.png"), BadPictures.goodPng()).toString()));
        add(
                Way.HERE,
                "Snapshots",
                "rows of no picture",
                ExitCode.USAGE,
                List.of("--from"),
                f -> generate(f, "a heart", "--keep-rows", "1"));
        add(
                Way.HERE,
                "Snapshots",
                "a mask of another size than the source",
                ExitCode.USAGE,
                List.of("the mask is"),
                f -> {
                    var source = Files.write(f.resolve("cat.png"), BadPictures.goodPng());
                    var mask = f.resolve("mask.png");
                    PictureWriter.write(mask, Cli.picture(16, 16), PictureFormat.PNG, WriteOptions.DEFAULT);
                    var arguments = generate(f, "make it blue", "-i", source.toString(), "--mask", mask.toString());
                    arguments.set(0, "edit");
                    return arguments;
                });
    }

    // --- outputs --------------------------------------------------------------------------------------------------

    private void output(Way way, String input, ExitCode code, List<String> says, Making out) {
        add(
                way,
                "Outputs",
                input,
                code,
                says,
                f -> generate(f, "a heart", "--out", out.in(f).toString()));
    }

    /** In a mount namespace of its own, which needs no rights on most systems; 77 where it does. */
    private static final String MOUNTED = "N='unshare --user --map-root-user --mount'; $N true 2>/dev/null || exit 77; "
            + "exec $N /bin/sh -c 'mkdir \"$D\" && mount -t tmpfs -o \"$O\" none \"$D\" 2>/dev/null || exit 77; "
            + "\"$0\" \"$@\"; code=$?; test -z \"$(ls -A \"$D\")\" || exit 78; exit $code' \"$0\" \"$@\"";

    private void outputs() {
        output(
                Way.BOTH,
                "a folder that is not there",
                ExitCode.BAD_INPUT,
                List.of("nowhere", "folder"),
                f -> f.resolve("nowhere/heart.png"));
        output(
                Way.HERE,
                "a format that cannot be written",
                ExitCode.BAD_INPUT,
                List.of("heart.bmp", "png"),
                f -> f.resolve("out/heart.bmp"));
        add(
                Way.LAUNCHER,
                "Outputs",
                "a read-only folder",
                ExitCode.FAILURE,
                List.of("disk", "ead-only"),
                f -> mounted(f, "ro"));
        add(
                Way.LAUNCHER,
                "Outputs",
                "a full disk",
                ExitCode.FAILURE,
                List.of("disk", "No space left"),
                f -> mounted(f, "size=4k,nr_inodes=1"));
        add(
                Way.LAUNCHER,
                "Outputs",
                "a limit on the size of files",
                ExitCode.FAILURE,
                List.of("heart.png", "File too large"),
                f -> shell("ulimit -f 1; exec \"$0\" \"$@\"", generate(f, "a heart", "--size", "64x64")));
        add(
                Way.LAUNCHER,
                "Outputs",
                "standard output is full",
                ExitCode.FAILURE,
                List.of("standard output"),
                f -> shell("exec \"$0\" \"$@\" > /dev/full", List.of("tokenize", "a heart", "--model", MODEL)));
        add(
                Way.BOTH,
                "Outputs",
                "the same output twice: the new picture replaces the old one",
                ExitCode.OK,
                List.of(),
                f -> {
                    Files.write(f.resolve("out/heart.png"), BadPictures.goodPng());
                    return generate(f, "a heart");
                });
        add(
                Way.HERE,
                "Outputs",
                "reconstruct in place of its own source",
                ExitCode.USAGE,
                List.of("would replace", "choose another name"),
                f -> {
                    var source = Files.write(f.resolve("cat.png"), BadPictures.goodPng())
                            .toString();
                    return List.of("reconstruct", source, "--model", MODEL, "--out", source);
                });
        add(
                Way.BOTH,
                "Outputs",
                "a target of convert that exists",
                ExitCode.FAILURE,
                List.of("exists already", "--force"),
                f -> {
                    Files.createDirectory(f.resolve("model"));
                    return List.of("convert", MODEL, f.resolve("model").toString());
                });
        add(
                Way.HERE,
                "Outputs",
                "convert into a folder that is not there",
                ExitCode.BAD_INPUT,
                List.of("nowhere"),
                f -> List.of("convert", MODEL, f.resolve("nowhere/model").toString()));
    }

    private static List<String> mounted(Path folder, String options) {
        Path full = folder.resolve("disk");
        return shell(
                "export D='%s' O=%s; %s".formatted(full, options, MOUNTED),
                generate(folder, "a heart", "--out", full.resolve("heart.png").toString()));
    }
}
