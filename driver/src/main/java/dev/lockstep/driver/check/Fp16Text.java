package dev.lockstep.driver.check;

import dev.lockstep.driver.report.TextTable;
import dev.lockstep.driver.signal.LayerSignal;
import dev.lockstep.worker.layerstats.Fp16Shares;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What of activations and gradients fp16 cannot hold, in words and by layer. */
final class Fp16Text {
    private static final double LEAST = 0.0001;

    private Fp16Text() {}

    static List<String> lines(List<LayerSignal> layers, float lossScale) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "Fp16: values that do not fit into 16 bits, gradients at a loss scale of %s",
                new BigDecimal(lossScale).stripTrailingZeros().toPlainString()));
        TextTable table = new TextTable(
                1, "layer", "activations: infinite", "zero", "subnormal", "gradients: infinite", "zero", "subnormal");
        boolean all = true;
        for (LayerSignal layer : layers) {
            Fp16Shares forwards = layer.figures().fp16().activations();
            Fp16Shares backwards = layer.figures().fp16().gradients();
            if (!forwards.equals(Fp16Shares.NONE) || !backwards.equals(Fp16Shares.NONE)) {
                all = false;
                table.add(
                        layer.layer(),
                        percent(forwards.infinite()),
                        percent(forwards.zero()),
                        percent(forwards.subnormal()),
                        percent(backwards.infinite()),
                        percent(backwards.zero()),
                        percent(backwards.subnormal()));
            }
        }
        if (!all) {
            lines.addAll(table.lines());
        }
        lines.add("Fp16: " + forwards(layers) + "; " + backwards(layers) + ".");
        return lines;
    }

    private static String forwards(List<LayerSignal> layers) {
        LayerSignal worst =
                worst(layers, layer -> layer.figures().fp16().activations().infinite());
        double infinite = worst.figures().fp16().activations().infinite();
        return infinite == 0
                ? "activations fit"
                : percent(infinite) + " of the activations of " + worst.layer()
                        + " become infinite, which no loss scale mends";
    }

    private static String backwards(List<LayerSignal> layers) {
        LayerSignal most =
                worst(layers, layer -> layer.figures().fp16().gradients().infinite());
        if (most.figures().fp16().gradients().infinite() > 0) {
            return "gradients become infinite, at " + most.layer()
                    + " most, so that the first steps are skipped until the scale fits";
        }
        LayerSignal worst =
                worst(layers, layer -> layer.figures().fp16().gradients().zero());
        double zero = worst.figures().fp16().gradients().zero();
        return zero == 0 ? "gradients fit" : "up to " + percent(zero) + " of gradients become 0, at " + worst.layer();
    }

    private static LayerSignal worst(List<LayerSignal> layers, ToDoubleFunction<LayerSignal> share) {
        return layers.stream().max(Comparator.comparingDouble(share)).orElseThrow();
    }

    private static String percent(double part) {
        if (part == 0) {
            return "-";
        }
        // One value that becomes infinite is worth a word.
        return part < LEAST ? "<0.01 %" : String.format(Locale.ROOT, part < 0.1 ? "%.2g %%" : "%.0f %%", 100 * part);
    }
}
