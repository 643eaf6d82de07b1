package dev.lockstep.driver.report.tensorboard;

import java.nio.FloatBuffer;

/** Values by tag, of one step: TensorFlow's message of the same name. Not thread-safe. */
final class Summary {
    private static final int STRING = 7;

    private final Message message = new Message();
    private boolean empty = true;

    Summary scalar(String tag, double value) {
        return value(new Message().text(1, tag).real(2, (float) value));
    }

    Summary histogram(String tag, FloatBuffer values) {
        return value(new Message().text(1, tag).part(5, Histogram.of(values)));
    }

    /** @param markdown shown on TensorBoard's page of texts */
    Summary text(String tag, String markdown) {
        Message one = new Message().part(2, new Message().integer(1, 1));
        Message tensor = new Message().integer(1, STRING).part(2, one).text(8, markdown);
        Message plugin = new Message().part(1, new Message().text(1, "text"));
        return value(new Message().text(1, tag).part(9, plugin).part(8, tensor));
    }

    boolean isEmpty() {
        return empty;
    }

    Message message() {
        return message;
    }

    private Summary value(Message value) {
        message.part(1, value);
        this.empty = false;
        return this;
    }
}
