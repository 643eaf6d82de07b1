package dev.lockstep.deploy.system;

/** Job files of the system tests. */
final class Jobs {
    /** Ragged on purpose: the last batch has 1 example, so one of two workers has none. */
    static final String RANDOM =
            """
            name: random
            data:
              train: {format: random, options: {examples: 257, seed: 3, classes: 4}}
              shape: [20]
            model:
              layers: [linear: 50, relu, linear: 4]
            loss: cross_entropy
            optimizer: {adam: {lr: 1.0e-3}}
            train: {epochs: 3, batch: 32, workers: 2, seed: 5}
            """;

    /** Many steps, so that there is time to come between; no checkpoint but the one that an interruption leaves. */
    static final String LONG =
            """
            name: long
            data:
              train: {format: random, options: {examples: 4000, seed: 3, classes: 4}}
              shape: [20]
            model:
              layers: [linear: 50, batch_norm1d, dropout: 0.2, relu, linear: 4]
            loss: cross_entropy
            optimizer: {adam: {lr: 1.0e-3}}
            schedule: {cosine_annealing: {t_max: 10}}
            train: {epochs: 6, batch: 20, workers: 2, seed: 5}
            """;

    /** Images that are drawn beside the job file at the first run, and learned in seconds. */
    static final String DIGITS =
            """
            name: digits
            data:
              train: {path: data, format: digits, options: {examples: 2000}}
              validation: {fraction: 0.25}
              preprocess: [standardize]
            model:
              layers: [flatten, linear: 64, relu, linear: 10]
            loss: cross_entropy
            optimizer: {sgd: {lr: 0.1}}
            train: {epochs: 4, batch: 64, workers: 2, seed: 5}
            metrics: [accuracy]
            """;

    private Jobs() {}
}
