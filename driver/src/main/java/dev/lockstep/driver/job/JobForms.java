package dev.lockstep.driver.job;

import dev.lockstep.driver.data.encoding.Missing;
import dev.lockstep.driver.data.preprocess.Preprocessor;
import dev.lockstep.driver.data.preprocess.Preprocessors;
import dev.lockstep.driver.metric.Metric;
import dev.lockstep.driver.metric.Metrics;
import dev.lockstep.driver.yaml.Binder;
import dev.lockstep.driver.yaml.Catalogue;
import dev.lockstep.driver.yaml.Unbinder;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Losses;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.Optimizers;
import dev.lockstep.optim.lbfgs.Lbfgs;
import dev.lockstep.optim.schedule.Schedule;
import dev.lockstep.optim.schedule.Schedules;
import dev.lockstep.optim.update.Clip;
import dev.lockstep.optim.update.Clips;
import dev.lockstep.params.compress.Compression;
import dev.lockstep.params.compress.Compressions;
import dev.lockstep.params.init.InitPlan;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.params.init.Initializers;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Layers;
import dev.lockstep.worker.layer.Meeting;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The families that a job file chooses from, and the keys whose form is not simply that of a record. */
final class JobForms {
    private static final Extensions EXTENSIONS = Extensions.found(List.of(
            new Catalogue<>(Layer.class, "layer", Layers.byName()),
            new Catalogue<>(Meeting.class, "meeting", Meeting.byName()),
            new Catalogue<>(Initializer.class, "initializer", Initializers.byName()),
            new Catalogue<>(Loss.class, "loss", Losses.byName()),
            new Catalogue<>(Optimizer.class, "optimizer", optimizers()),
            new Catalogue<>(Schedule.class, "schedule", Schedules.byName()),
            new Catalogue<>(Preprocessor.class, "preprocessing", Preprocessors.byName()),
            new Catalogue<>(Clip.class, "clipping", Clips.byName()),
            new Catalogue<>(Compression.class, "compression", Compressions.byName()),
            new Catalogue<>(Metric.class, "metric", Metrics.byName()),
            new Catalogue<>(Missing.class, "way with gaps", Missing.byName()),
            new Catalogue<>(Ensemble.class, "ensemble", Ensemble.byName())));
    static final List<Catalogue<?>> FAMILIES = EXTENSIONS.families();

    private static final Binder BINDER = makeBinder();
    private static final Unbinder UNBINDER = makeUnbinder();

    private JobForms() {}

    /** Whether a family has a member of this name. */
    static boolean knows(Class<?> family, String name) {
        return FAMILIES.stream()
                .anyMatch(each -> each.type() == family && each.members().containsKey(name));
    }

    /** Those that move slice by slice, and the one that moves all slices together. */
    static Map<String, Class<? extends Optimizer>> optimizers() {
        Map<String, Class<? extends Optimizer>> names = new LinkedHashMap<>(Optimizers.byName());
        names.put("lbfgs", Lbfgs.class);
        return names;
    }

    /** @throws dev.lockstep.driver.JobFileException if there are extensions that cannot be used */
    static Binder binder() {
        EXTENSIONS.requireSound();
        return BINDER;
    }

    static Unbinder unbinder() {
        return UNBINDER;
    }

    private static Binder makeBinder() {
        Binder binder = Binder.plain();
        for (Catalogue<?> family : FAMILIES) {
            binder = binder.with(family);
        }
        return binder.with(Source.class, DataForms::source)
                .with(Validation.class, DataForms::validation)
                .with(Features.class, DataForms::features)
                .with(Categories.class, DataForms::categories)
                .with(Model.class, ModelForms::model)
                .with(InitPlan.class, ModelForms::init)
                .with(Optimization.class, ModelForms::optimization);
    }

    private static Unbinder makeUnbinder() {
        Unbinder unbinder = Unbinder.of(FAMILIES);
        return unbinder.with(Source.class, DataForms::plain)
                .with(Validation.class, DataForms::plain)
                .with(Features.class, DataForms::plain)
                .with(Categories.class, Categories::columns)
                .with(Every.class, Every::toString)
                .with(Model.class, ModelForms::plain)
                .with(InitPlan.class, InitPlan::rules)
                .with(Optimization.class, optimization -> ModelForms.plain(optimization, unbinder));
    }
}
