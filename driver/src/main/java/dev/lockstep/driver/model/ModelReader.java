package dev.lockstep.driver.model;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.worker.Network;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Reads a trained model from a folder, wherever that is. */
record ModelReader(String folder, Opening files) {
    private static final String WEIGHTS = "weights";
    private static final String ENDING = ".safetensors";

    /** Opens files of the folder. */
    interface Opening {
        InputStream open(String name) throws IOException;
    }

    /** Of a folder on this machine, for whoever has neither Spark nor Hadoop. */
    static ModelReader of(Path folder) {
        return new ModelReader(folder.toString(), name -> Files.newInputStream(folder.resolve(name)));
    }

    /** @throws DataException if the folder holds no model, or its weights do not fit it */
    TrainedModel read() throws IOException {
        ModelFile file = describe();
        byte[] saved = null;
        if (!file.model().isLayered()) {
            try (InputStream in = files.open(file.model().file())) {
                saved = in.readAllBytes();
            }
            file = file.network(path(file.model().file()));
        }

        file = VocabularyFiles.read(file, files);
        Network network = Networks.of(file.model(), file.form(), saved);
        List<Weights> members = new ArrayList<>();
        for (int member = 0; member < file.members(); member++) {
            String name = weights(file, member);
            Weights weights = Weights.zeros(network);
            try (InputStream in = files.open(name)) {
                weights.read(in, path(name));
            }
            members.add(weights);
        }
        return new TrainedModel(file, members);
    }

    private ModelFile describe() throws IOException {
        String path = path(ModelFile.NAME);
        try (InputStream in = files.open(ModelFile.NAME)) {
            return ModelFile.parse(path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException | NoSuchFileException e) {
            throw new DataException(
                    "There is no model in the folder: folder=" + folder + ", missing=" + path
                            + ". A training leaves its model in OUTPUT/model.",
                    e);
        }
    }

    /** The file of a network's weights; those of an ensemble are numbered from 1. */
    static String weights(ModelFile file, int member) {
        return WEIGHTS + (file.members() == 1 ? "" : "-" + (member + 1)) + ENDING;
    }

    private String path(String name) {
        return folder + "/" + name;
    }
}
