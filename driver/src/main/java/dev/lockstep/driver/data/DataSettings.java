package dev.lockstep.driver.data;

import dev.lockstep.driver.data.preprocess.Preprocessor;
import java.util.List;

/**
 * The job's data, as the job file has it.
 *
 * @param validation null if there is none
 * @param preprocess in this order, each fitted to what the ones before it leave
 * @param shuffle whether the order of the examples is drawn; otherwise batch t is rows [t·B, (t + 1)·B) of the source
 */
public record DataSettings(
        DataSource train, Validation validation, Selection selection, List<Preprocessor> preprocess, boolean shuffle) {}
