package dev.lockstep.driver.report;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.params.PushedBytes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressLineTest {
    private static final long SECOND = 1_000_000_000L;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    private long nowNs = 5 * SECOND;

    private ProgressLine progress(boolean live, long resumedFrom) {
        ProgressLine progress = new ProgressLine(out, live, () -> nowNs);
        progress.started(new RunListener.Start("digits", 1617, 12345, 2, 20, 26, resumedFrom));
        return progress;
    }

    private List<String> shown() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private static RunListener.Step step(long step) {
        return new RunListener.Step(3, step, 0.123456, 1e-3, 12345.6, List.of());
    }

    @Test
    void aTerminalHasOneLineThatChanges() {
        ProgressLine progress = progress(true, 0);
        nowNs += 10 * SECOND;
        progress.step(step(52));
        nowNs += SECOND / 100;
        progress.step(step(53));

        assertEquals(
                List.of(
                        "",
                        "\u001b[Kdigits: 1,617 examples, 12,345 parameters, 2 workers, 20 epochs of 26 steps",
                        "",
                        "\u001b[K\u001b[?7lepoch 3/20  step 52/520  loss 0.1235  lr 0.001000  12,346 examples/s  1:30 left"
                                + "\u001b[?7h"),
                shown());
    }

    @Test
    void elsewhereALineComesNowAndThen() {
        ProgressLine progress = progress(false, 26);
        for (long step = 27; step <= 52; step++) {
            nowNs += SECOND;
            progress.step(step(step));
        }
        progress.epoch(new RunListener.Epoch(2, 52, 0.5, Map.of("loss", 0.25), 26));
        progress.ended(new RunListener.End("stopped_early", 2, 52, 26.04, 1617, OptionalInt.of(1), Optional.empty()));

        assertEquals(
                List.of(
                        "digits: 1,617 examples, 12,345 parameters, 2 workers, 20 epochs of 26 steps, resumed after step 26",
                        "epoch 3/20  step 36/520  loss 0.1235  lr 0.001000  12,346 examples/s  8:04 left",
                        "epoch 3/20  step 46/520  loss 0.1235  lr 0.001000  12,346 examples/s  7:54 left",
                        "epoch 2/20  loss 0.5000  validation loss 0.2500  26.0 s",
                        "stopped early: 2 epochs, 52 steps, 26.0 s, 1,617 examples/s, kept epoch 1, the best"),
                shown());
    }

    @Test
    void regularizationStandsBesideTheLossAndSkippedStepsAreReported() {
        ProgressLine progress = progress(false, 0);
        nowNs += 10 * SECOND;
        OptionalDouble added = OptionalDouble.of(0.25);
        OptionalDouble scale = OptionalDouble.of(65536);
        Optional<String> skipped = Optional.of("0.weight");
        progress.step(new RunListener.Step(
                1, 20, Double.NaN, 1e-3, 100, List.of(), added, added, skipped, scale, PushedBytes.NONE));
        progress.epoch(new RunListener.Epoch(1, 26, 0.5, added, Map.of(), Map.of(), 2, 1));

        assertEquals(
                List.of(
                        "step 20 skipped: the gradient of 0.weight is not finite, loss NaN, loss scale 65536.0",
                        "epoch 1/20  step 20/520  loss NaN  regularization 0.2500  lr 0.001000  100 examples/s  4:10 left",
                        "epoch 1/20  loss 0.5000  regularization 0.2500  skipped 2 steps  1.0 s"),
                shown().subList(1, 4));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0:00", "7.4, 0:07", "59.6, 1:00", "750, 12:30", "3723, 1:02:03"})
    void timesAreShownAsPeopleReadThem(double seconds, String expected) {
        assertEquals(expected, ElapsedTime.shown(seconds));
    }
}
