package dev.lockstep.driver.model;

import dev.lockstep.driver.data.preprocess.Preprocess;
import dev.lockstep.losses.Loss;
import dev.lockstep.worker.Network;
import dev.lockstep.worker.ReplicaSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A trained model as Spark brings it to a process, once for all tasks: the first task that predicts makes the network,
 * the others share it, and some seconds after the last one its native memory is given back.
 *
 * <p>A plain final class and not a record, because it travels as data; in arrays alone, because Spark's Kryo writes
 * neither networks nor records.
 */
final class ServedModel implements Serializable {
    private static final Duration IDLE = Duration.ofSeconds(10);

    private final byte[] parts;
    private final float[][] vectors;
    private final long idleMs;
    private transient Serving serving;
    private transient int tasks;
    /** Tells a time without tasks from later ones. */
    private transient long quiet;

    private ServedModel(byte[] parts, float[][] vectors, Duration idle) {
        this.parts = parts;
        this.idleMs = idle.toMillis();
        this.vectors = vectors;
    }

    static ServedModel of(TrainedModel model) {
        return of(model, IDLE);
    }

    /** @param idle how long native memory stays when no task needs it */
    static ServedModel of(TrainedModel model, Duration idle) {
        return new ServedModel(
                bytes(new Parts(
                        model.network(), model.file().objective(), model.file().preprocess())),
                vectors(model),
                idle);
    }

    /** The flat vectors of values and buffers, of each network; live. */
    static float[][] vectors(TrainedModel model) {
        return model.members().stream()
                .flatMap(member -> Stream.of(member.values(), member.buffers()))
                .toArray(float[][]::new);
    }

    /** What predicts, until {@link #giveBack}. */
    synchronized Serving borrow() {
        if (serving == null) {
            serving = open();
        }
        tasks++;
        return serving;
    }

    synchronized void giveBack() {
        tasks--;
        if (tasks == 0) {
            long since = ++quiet;
            CompletableFuture.delayedExecutor(idleMs, TimeUnit.MILLISECONDS).execute(() -> closeIfQuiet(since));
        }
    }

    private synchronized void closeIfQuiet(long since) {
        if (tasks == 0 && quiet == since) {
            serving.close();
            serving = null;
        }
    }

    /** Whether there is a network in this process. */
    synchronized boolean isOpen() {
        return serving != null;
    }

    private Serving open() {
        try (ObjectInputStream in = new ContextStream(parts)) {
            Parts read = (Parts) in.readObject();
            return new Serving(new Committee(read.network, read.loss, vectors, new ReplicaSettings()), read.preprocess);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "Executors must have the classes of the model: missing=" + e.getMessage(), e);
        }
    }

    private static byte[] bytes(Parts parts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(parts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What is needed beside the weights. */
    private record Parts(Network network, Loss loss, Preprocess preprocess) implements Serializable {}

    /** Finds classes where Spark's tasks do: a user's own loss comes in a jar of the session. */
    private static final class ContextStream extends ObjectInputStream {
        ContextStream(byte[] bytes) throws IOException {
            super(new ByteArrayInputStream(bytes));
        }

        @Override
        protected Class<?> resolveClass(java.io.ObjectStreamClass description)
                throws IOException, ClassNotFoundException {
            try {
                return Class.forName(
                        description.getName(), /* initialize */
                        false,
                        Thread.currentThread().getContextClassLoader());
            } catch (ClassNotFoundException e) {
                return super.resolveClass(description);
            }
        }
    }

    /** A model ready to predict. */
    record Serving(Committee committee, Preprocess preprocess) {
        void close() {
            committee.close();
        }
    }
}
