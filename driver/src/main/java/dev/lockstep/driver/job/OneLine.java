package dev.lockstep.driver.job;

import dev.lockstep.driver.yaml.Value;
import dev.lockstep.driver.yaml.YamlText;
import dev.lockstep.driver.yaml.YamlTree;

/** One choice as a job file writes it: a name, alone or with its settings. */
public final class OneLine {
    private OneLine() {}

    /**
     * The member of a family, such as a loss, that a text names.
     *
     * @param text as {@code mse} or {@code {smooth_l1: {beta: 0.5}}}
     * @throws dev.lockstep.driver.JobFileException that says what is wrong with it
     */
    public static <T> T read(String text, Class<T> family) {
        return JobForms.binder().bind(Value.root(YamlTree.ofArgument(text, text)), family);
    }

    /**
     * Undoes {@link #read}.
     *
     * @throws IllegalArgumentException for one that has no name in job files
     */
    public static String write(Object member) {
        return YamlText.line(JobForms.unbinder().plain(member));
    }
}
