package dev.lockstep.dl4j.saved;

import dev.lockstep.driver.model.NetworkReader;
import dev.lockstep.worker.Network;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.deeplearning4j.util.ModelSerializer;

/** Networks that Deeplearning4j's {@code ModelSerializer} wrote. */
public final class SavedNetworks implements NetworkReader {
    @Override
    public String key() {
        return "dl4j";
    }

    @Override
    public Network read(byte[] file, List<Integer> inputShape) {
        return SavedNetwork.of(file, inputShape);
    }

    /** The saved updaters are left out: they belong to other values. */
    @Override
    public byte[] write(byte[] file, float[] values, float[] buffers) {
        try (LoadedNet net = LoadedNet.of(file)) {
            net.put(values, buffers);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ModelSerializer.writeModel(SavedFile.read(file, net.values()), out, /* saveUpdater */ false);
            return out.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
