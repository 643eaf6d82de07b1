/**
 * Preprocessing of features: what is wanted (a {@link dev.lockstep.driver.data.preprocess.Preprocessor}, from the job
 * file), and what came of fitting it to the training data (a {@link dev.lockstep.driver.data.preprocess.Preprocess},
 * stored with the model). Knows rows of numbers; nothing of files, labels or dealing.
 */
package dev.lockstep.driver.data.preprocess;
