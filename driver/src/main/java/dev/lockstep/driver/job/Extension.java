package dev.lockstep.driver.job;

import java.util.Map;

/**
 * What somebody adds to the names that a job file knows. It is found by {@link java.util.ServiceLoader}: a class path
 * with an extension has a file {@code META-INF/services/dev.lockstep.driver.job.Extension} that names its class.
 */
public interface Extension {
    /**
     * Public records by the names that job files call them. What a record is tells its family: a {@code Loss}, an
     * {@code Optimizer}, a {@code Layer}, a {@code Schedule}, an {@code Initializer}, a {@code Clip}, a {@code Metric},
     * a {@code Preprocessor}. Its components are its keys.
     */
    Map<String, Class<? extends Record>> members();
}
