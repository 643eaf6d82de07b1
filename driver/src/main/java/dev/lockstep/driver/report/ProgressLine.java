package dev.lockstep.driver.report;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.InvocationTargetException;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Shows a run to whoever started it: on a terminal one line that changes in place, elsewhere a line now and then; and a
 * line for every epoch. One thread at a time.
 */
public final class ProgressLine implements RunListener {
    private static final long LIVE_NS = 100_000_000L;
    private static final long PLAIN_NS = 10_000_000_000L;
    private static final String CLEAR = "\r\u001b[K";
    /** The line that changes is cut by a narrow terminal: of one that goes on below, only the end would be replaced. */
    private static final String CUT = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private final boolean live;
    private final LongSupplier nanoTime;
    private Start start;
    private long startNs;
    private long shownNs;

    /** @param live whether {@code out} is a terminal, on which a line can be replaced */
    public ProgressLine(PrintStream out, boolean live) {
        this(out, live, System::nanoTime);
    }

    ProgressLine(PrintStream out, boolean live, LongSupplier nanoTime) {
        this.out = out;
        this.live = live;
        this.nanoTime = nanoTime;
    }

    /** On standard output, live if that is a terminal as far as Java can tell. */
    public static ProgressLine onTerminal() {
        return new ProgressLine(System.out, isTerminal(System.console()));
    }

    /** Up to JDK 21 there is a console only on a terminal; later ones have it always, and it tells. */
    private static boolean isTerminal(Console console) {
        try {
            return console != null
                    && (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException("Console does not tell whether it is a terminal", e);
        }
    }

    @Override
    public void started(Start run) {
        start = run;
        startNs = nanoTime.getAsLong();
        shownNs = startNs;
        String resumed = run.resumedFrom() == 0 ? "" : ", resumed after step " + run.resumedFrom();
        print(String.format(
                Locale.ROOT,
                "%s: %,d examples, %,d parameters, %s, %s of %s%s",
                run.name(),
                run.examples(),
                run.parameters(),
                count(run.workers(), "worker"),
                count(run.epochs(), "epoch"),
                count(run.stepsPerEpoch(), "step"),
                resumed));
    }

    @Override
    public void step(Step step) {
        step.skipped()
                .ifPresent(parameter -> print("step " + step.step() + " skipped: the gradient of " + parameter
                        + " is not finite, loss " + figure(step.loss()) + scale(step.lossScale())));
        long now = nanoTime.getAsLong();
        if (now - shownNs < (live ? LIVE_NS : PLAIN_NS)) {
            return;
        }

        shownNs = now;
        String line = line(step, now);
        out.print(live ? CLEAR + CUT + line + WRAP : line + System.lineSeparator());
        out.flush();
    }

    @Override
    public void epoch(Epoch epoch) {
        StringBuilder line =
                new StringBuilder("epoch " + epoch.epoch() + "/" + start.epochs() + "  loss " + figure(epoch.loss()));
        line.append(regularization(epoch.regularization()));
        String comma = "  validation ";
        for (Map.Entry<String, Double> figure : epoch.validation().entrySet()) {
            line.append(comma).append(figure.getKey()).append(' ').append(figure(figure.getValue()));
            comma = ", ";
        }
        if (epoch.skipped() > 0) {
            line.append("  skipped ").append(count(epoch.skipped(), "step"));
        }
        print(line.append(String.format(Locale.ROOT, "  %.1f s", epoch.seconds()))
                .toString());
    }

    @Override
    public void ended(End end) {
        print(String.format(
                Locale.ROOT,
                "%s: %s, %s, %.1f s, %,.0f examples/s%s",
                end.status().replace('_', ' '),
                count(end.epochs(), "epoch"),
                count(end.steps(), "step"),
                end.seconds(),
                end.examplesPerSecond(),
                end.bestEpoch().isPresent() ? ", kept epoch " + end.bestEpoch().getAsInt() + ", the best" : ""));
    }

    private static String scale(OptionalDouble scale) {
        return scale.isPresent() ? ", loss scale " + scale.getAsDouble() : "";
    }

    private static String regularization(OptionalDouble value) {
        return value.isPresent() ? "  regularization " + figure(value.getAsDouble()) : "";
    }

    private String line(Step step, long now) {
        long all = (long) start.epochs() * start.stepsPerEpoch();
        long done = Math.max(1, step.step() - start.resumedFrom());
        double left = (now - startNs) / 1e9 / done * (all - step.step());
        return String.format(
                Locale.ROOT,
                "epoch %d/%d  step %d/%d  loss %s%s  lr %s  %,.0f examples/s  %s left",
                step.epoch(),
                start.epochs(),
                step.step(),
                all,
                figure(step.loss()),
                regularization(step.regularization()),
                figure(step.lr()),
                step.examplesPerSecond(),
                ElapsedTime.shown(left));
    }

    private void print(String line) {
        out.println(live ? CLEAR + line : line);
        out.flush();
    }

    private static String count(long count, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", count, thing, count == 1 ? "" : "s");
    }

    /** Four digits that count. */
    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }
}
