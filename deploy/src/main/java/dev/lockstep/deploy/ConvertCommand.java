package dev.lockstep.deploy;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.dl4j.Dl4jConversion;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.model.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep convert}: a network of Deeplearning4j as a model of ours. */
@Command(name = "convert", description = "Make a model of a network that Deeplearning4j saved.")
final class ConvertCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "FILE", description = "What ModelSerializer wrote, as net.zip.")
    private Path file;

    @Parameters(index = "1", paramLabel = "OUTPUT", description = "The model's folder, which is not there yet.")
    private String output;

    @Option(
            names = "--shape",
            paramLabel = "EXTENTS",
            split = ",",
            description = "Of one example, as 1,28,28, where the file does not say it; sequences as STEPS,FEATURES.")
    private List<Integer> shape = List.of();

    @Option(
            names = "--label",
            paramLabel = "COLUMNS",
            split = ",",
            description = "Of the target in tables, for evaluate; all other columns are features.")
    private List<String> label = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (shape.stream().anyMatch(extent -> extent < 1)) {
            throw new JobFileException("--shape must have extents of at least 1: shape=" + shape);
        }
        boolean unused = HadoopUser.login();
        Configuration hadoop = new Configuration();
        org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(output);
        try {
            if (folder.getFileSystem(hadoop).exists(folder)) {
                throw new JobFileException("OUTPUT must not be there yet: output=" + output + ". Name another.");
            }
            Dl4jConversion converted = Dl4jConversion.of(file, shape, label);
            new ModelFolder(folder, hadoop).write(converted.model());
            spec.commandLine().getOut().println("model: " + output);
            if (converted.normalized()) {
                tellOfNormalizer();
            }
        } catch (IOException e) {
            throw new DataException("Model cannot be written: output=" + output + ", reason=" + Reason.of(e), e);
        }
    }

    private void tellOfNormalizer() {
        spec.commandLine()
                .getErr()
                .println("lockstep: The normaliser in the file is not converted, and the network was trained on what"
                        + " comes out of it: file=" + file + ". Give it data that are normalised, or write the"
                        + " statistics under preprocess in the model's " + ModelFile.NAME + ".");
    }
}
