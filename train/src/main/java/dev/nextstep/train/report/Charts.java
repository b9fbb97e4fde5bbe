package dev.nextstep.train.report;

import dev.nextstep.train.metrics.Measurement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the charts of a run from what it measured. */
final class Charts {
    private static final double LOG_RATIO = 8;
    /** Measures that say how the run went rather than how good it is; drawn last. */
    private static final List<String> COURSE =
            List.of("lr_factor", "grad_norm", "samples_per_second", "tokens_per_second", "epochs");

    private static final Map<String, String> TITLES = Map.of(
            "loss", "Loss",
            "lm_loss", "Text loss",
            "image_loss", "Image loss",
            "lr_factor", "Learning rate (factor)",
            "grad_norm", "Gradient norm before clipping",
            "samples_per_second", "Samples per second",
            "tokens_per_second", "Tokens per second",
            "epochs", "Passes over the data");

    private final Map<String, Curve> train;
    private final Map<String, Curve> validation;

    private Charts(List<Measurement> measurements) {
        train = curves(measurements, Measurement.Phase.TRAIN);
        validation = curves(measurements, Measurement.Phase.VALIDATION);
    }

    static List<Chart> of(List<Measurement> measurements) {
        return new Charts(measurements).all();
    }

    private static Map<String, Curve> curves(List<Measurement> measurements, Measurement.Phase phase) {
        var names = new LinkedHashSet<String>();
        var chosen = measurements.stream().filter(m -> m.phase() == phase).toList();
        chosen.forEach(m -> names.addAll(m.values().keySet()));
        var curves = new LinkedHashMap<String, Curve>();
        for (var name : names) {
            var points =
                    chosen.stream().filter(m -> m.values().containsKey(name)).toList();
            curves.put(
                    name,
                    new Curve(
                            name,
                            points.stream().mapToDouble(Measurement::step).toArray(),
                            points.stream()
                                    .mapToDouble(m -> m.values().getOrDefault(name, Double.NaN))
                                    .toArray()));
        }
        return curves;
    }

    private List<Chart> all() {
        var names = new LinkedHashSet<String>();
        names.addAll(train.keySet());
        names.addAll(validation.keySet());
        var charts = new ArrayList<Chart>();
        names.stream().filter(n -> !n.contains("/") && !COURSE.contains(n)).forEach(n -> charts.add(both(n)));
        families(names).forEach(f -> charts.add(family(f, names)));
        names.stream().filter(COURSE::contains).forEach(n -> charts.add(both(n)));
        return charts;
    }

    private Chart both(String name) {
        var curves = new ArrayList<Curve>();
        add(curves, train, name, "training");
        add(curves, validation, name, "validation");
        var title = TITLES.getOrDefault(name, name);
        return switch (name) {
            case "lr_factor", "epochs" -> exact(title, curves, Chart.Scale.LINEAR);
            case "grad_norm" -> exact(title, curves, scale(curves));
            case "samples_per_second", "tokens_per_second" ->
                new Chart(title, "", curves, Chart.Scale.FROM_ZERO, Chart.Order.NAMES, Chart.Detail.MEANS);
            default -> new Chart(title, "", curves, scale(curves), Chart.Order.NAMES, Chart.Detail.MEANS);
        };
    }

    private static Chart exact(String title, List<Curve> curves, Chart.Scale scale) {
        return new Chart(title, "", curves, scale, Chart.Order.NAMES, Chart.Detail.VALUES);
    }

    private static Set<String> families(Set<String> names) {
        var families = new LinkedHashSet<String>();
        names.stream().filter(n -> n.contains("/")).forEach(n -> families.add(n.substring(0, n.indexOf('/'))));
        return families;
    }

    /** Curves whose names share what stands before the slash: of validation if there are such, else of training. */
    private Chart family(String family, Set<String> names) {
        var members = names.stream().filter(n -> n.startsWith(family + "/")).toList();
        boolean held = members.stream().anyMatch(validation::containsKey);
        var curves = new ArrayList<Curve>();
        members.forEach(n -> add(curves, held ? validation : train, n, n.substring(family.length() + 1)));
        boolean quantity = curves.stream().allMatch(c -> c.name().matches("\\D*[\\d.]+( ?[-–] ?[\\d.]+)?"));
        var title = TITLES.getOrDefault(family, family) + (quantity ? " by noise level" : " by kind");
        var order = quantity ? Chart.Order.QUANTITY : Chart.Order.NAMES;
        return new Chart(title, held ? "validation" : "training", curves, scale(curves), order, Chart.Detail.MEANS);
    }

    private static void add(List<Curve> to, Map<String, Curve> from, String name, String label) {
        var curve = from.get(name);
        if (curve != null) {
            to.add(new Curve(label, curve.steps(), curve.values()));
        }
    }

    /** Logarithmic where the values are positive and far apart. */
    private static Chart.Scale scale(List<Curve> curves) {
        double least = curves.stream()
                .mapToDouble(Curve::least)
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        double greatest = curves.stream()
                .flatMapToDouble(c -> Arrays.stream(c.values()))
                .filter(Double::isFinite)
                .max()
                .orElse(1);
        return least > 0 && greatest / least > LOG_RATIO ? Chart.Scale.LOGARITHMIC : Chart.Scale.LINEAR;
    }
}
