package dev.lockstep.driver.job;

import dev.lockstep.driver.yaml.Binder;
import dev.lockstep.driver.yaml.Catalogue;
import dev.lockstep.losses.Loss;
import dev.lockstep.losses.Losses;
import dev.lockstep.optim.Optimizer;
import dev.lockstep.optim.Optimizers;
import dev.lockstep.optim.update.Clip;
import dev.lockstep.optim.update.Clips;
import dev.lockstep.params.init.InitPlan;
import dev.lockstep.params.init.Initializer;
import dev.lockstep.params.init.Initializers;
import dev.lockstep.worker.layer.Layer;
import dev.lockstep.worker.layer.Layers;

/** The families that a job file chooses from, and the keys whose form is not simply that of a record. */
final class JobBinder {
    private JobBinder() {}

    static Binder binder() {
        return Binder.plain()
                .with(new Catalogue<>(Layer.class, "layer", Layers.byName()))
                .with(new Catalogue<>(Loss.class, "loss", Losses.byName()))
                .with(new Catalogue<>(Optimizer.class, "optimizer", Optimizers.byName()))
                .with(new Catalogue<>(Clip.class, "clipping", Clips.byName()))
                .with(new Catalogue<>(Initializer.class, "initializer", Initializers.byName()))
                .with(Source.class, DataForms::source)
                .with(Validation.class, DataForms::validation)
                .with(Features.class, DataForms::features)
                .with(Model.class, ModelForms::model)
                .with(InitPlan.class, ModelForms::init)
                .with(Optimization.class, ModelForms::optimization);
    }
}
