package dev.lockstep.optim.schedule;

import dev.lockstep.optim.SettingChecks;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A straight rise up to the rate with which any other schedule begins, and then that schedule from its own 0.
 *
 * <pre>
 *   η = then(0) · (startFactor + (1 − startFactor) · t / totalIters)    for t &lt; totalIters
 *   η = then(t − totalIters)                                           from then on
 * </pre>
 *
 * @param totalIters length of the rise
 * @param startFactor share of the rate to begin with, in [0, 1]; at 0 the first update changes nothing
 * @param per what {@code totalIters} counts
 */
public record Warmup(int totalIters, double startFactor, Schedule then, Per per) implements Schedule {
    public Warmup {
        SettingChecks.requireAtLeast("totalIters", totalIters, 1);
        SettingChecks.requireShare("startFactor", startFactor);
    }

    public Warmup(int totalIters) {
        this(totalIters, 1.0 / 3, new NoSchedule(), Per.STEP);
    }

    @Override
    public double lr(int group, double baseLr, Progress at) {
        double done = per.time(at) / totalIters;
        double lr = then.lr(group, baseLr, following(at));
        return done < 1 ? lr * (startFactor + (1 - startFactor) * done) : lr;
    }

    @Override
    public OptionalDouble momentum(int group, Progress at) {
        return then.momentum(group, following(at));
    }

    @Override
    public long cycles(Progress at) {
        return then.cycles(following(at));
    }

    /** Where the other schedule is: at its beginning during the rise. */
    private Progress following(Progress at) {
        return at.since(Math.min(at.step(), per.steps(totalIters, at.stepsPerEpoch())));
    }

    @Override
    public Warmup over(long steps, int stepsPerEpoch) {
        Schedule rest = then.over(steps - per.steps(totalIters, stepsPerEpoch), stepsPerEpoch);
        return new Warmup(totalIters, startFactor, rest, per);
    }

    @Override
    public void requireReady(int groups) {
        then.requireReady(groups);
    }

    @Override
    public Optional<ReduceLrOnPlateau> plateau() {
        return then.plateau();
    }

    @Override
    public Optional<ReduceLrOnPlateau> plateau(Progress at) {
        return per.time(at) < totalIters ? Optional.empty() : then.plateau(following(at));
    }
}
