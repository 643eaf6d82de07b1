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

    private Jobs() {}
}
