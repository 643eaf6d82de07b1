package dev.lockstep.driver.template;

import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.template.LabelLook.Classes;
import java.util.List;

/** A small convolutional network for images. */
record ImageJob(NewJob job, long images, Classes classes) {
    private static final int LEAST_SIDE = 4;
    private static final int MOST_SIDE = 64;

    /**
     * The file.
     *
     * @param shape of an image
     * @param table whose columns are the pixels; null where there are none
     */
    String text(Source source, List<Integer> shape, TableJob table) {
        if (shape.size() != 3 || shape.get(1) < LEAST_SIDE || shape.get(2) < LEAST_SIDE) {
            throw new JobFileException("Images must be at least " + LEAST_SIDE + " pixels high and wide: "
                    + source.describe() + ", shape=" + shape);
        }
        boolean scales = source.format().equals("images");
        int height = scales ? Math.min(shape.get(1), MOST_SIDE) : shape.get(1);
        int width = scales ? Math.min(shape.get(2), MOST_SIDE) : shape.get(2);
        JobText text = job.head(images + " images, " + classes.shown())
                .line("data:")
                .line(job.train(source))
                .line("  validation: {fraction: 0.1}", "measured by, and not learned from");
        if (table != null) {
            table.columns(text, classes.shown());
        }
        String scaled = scales ? "; images are scaled to it" : "";
        text.line("  shape: " + List.of(shape.get(0), height, width), "channels, height, width" + scaled)
                .line("  preprocess: [per_channel]", "mean 0 and deviation 1 over all pixels of a channel")
                .line("model:")
                .line("  layers:")
                .line("    - conv2d: {out: 16, kernel: 3, padding: 1}", "16 pictures of the same size")
                .line("    - relu")
                .line("    - max_pool2d: 2", "half as high and wide")
                .line("    - conv2d: {out: 32, kernel: 3, padding: 1}")
                .line("    - relu")
                .line("    - max_pool2d: 2")
                .line("    - flatten")
                .line("    - linear: 64")
                .line("    - relu")
                .line("    - linear: " + classes.names().size(), "a score for each class")
                .line("init: {weight: kaiming_uniform, bias: zeros}", "for relu")
                .line("loss: cross_entropy")
                .line("optimizer: {adam: {lr: 0.002}}")
                .line("metrics: [accuracy]");
        return NewJob.tail(text, Length.ofImages(images), job.name());
    }
}
