package dev.nextstep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Command lines that draw what a cancelled command has not written: its own words, with the pictures that are left.
 *
 * @param words of the command, without the name of the program
 * @param command its name among them, behind which options are put
 * @param input the prompt, if it was read from standard input; otherwise empty
 */
record DrawAgain(List<String> words, String command, String input) {
    private static final Set<String> WHICH_PICTURES = Set.of("-n", "--seed", "--seeds", "--index");

    /** Consecutive pictures of one seed, or of several seeds with the same indices. */
    private record Run(List<Long> seeds, int first, int count) {
        List<String> options() {
            var options = new ArrayList<String>();
            options.add(seeds.size() == 1 ? "--seed" : "--seeds");
            options.add(seeds.stream().map(String::valueOf).collect(Collectors.joining(",")));
            if (first != 0) {
                options.addAll(List.of("--index", String.valueOf(first)));
            }
            if (count != 1) {
                options.addAll(List.of("-n", String.valueOf(count)));
            }
            return options;
        }
    }

    /** The same command with options more, such as a seed that was chosen at random. */
    String all(List<String> options) {
        return command(options, Set.of());
    }

    /** Commands that draw these pictures, joined by {@code &&}; they are in the order of the command. */
    String only(List<DrawingCommand.Key> left) {
        return runs(left).stream()
                .map(run -> command(run.options(), WHICH_PICTURES))
                .collect(Collectors.joining(" && "));
    }

    private static List<Run> runs(List<DrawingCommand.Key> left) {
        var runs = new ArrayList<Run>();
        int at = 0;
        while (at < left.size()) {
            var first = left.get(at);
            int end = at;
            while (end < left.size() && left.get(end).seed() == first.seed()) {
                end++;
            }
            var run = new Run(List.of(first.seed()), first.index(), end - at);
            var before = runs.isEmpty() ? run : runs.getLast();
            if (!runs.isEmpty() && before.first == run.first && before.count == run.count) {
                var seeds = new ArrayList<>(before.seeds);
                seeds.add(first.seed());
                runs.set(runs.size() - 1, new Run(seeds, run.first, run.count));
            } else {
                runs.add(run);
            }
            at = end;
        }
        return runs;
    }

    private String command(List<String> options, Set<String> without) {
        var kept = new ArrayList<String>(List.of("./nextstep"));
        boolean literal = false;
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (literal) {
                kept.add(word);
            } else if (word.equals("--")) {
                literal = true;
                kept.add(word);
            } else if (without.contains(word)) {
                i++; // its value
            } else if (!isGiven(word, without) && !word.equals(StandardInput.MARK)) {
                kept.add(word);
            }
        }
        kept.addAll(kept.indexOf(command) + 1, options);
        if (!input.isEmpty()) {
            kept.addAll(List.of("--", input));
        }
        return ShellText.of(kept);
    }

    /** Whether a word is one of these options with its value in the same word. */
    private static boolean isGiven(String word, Set<String> options) {
        return options.stream().anyMatch(o -> word.startsWith(o + "="))
                || (options.contains("-n") && word.matches("-n\\d+"));
    }
}
