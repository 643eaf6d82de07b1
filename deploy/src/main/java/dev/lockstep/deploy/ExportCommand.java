package dev.lockstep.deploy;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.driver.model.Networks;
import dev.lockstep.driver.model.TrainedModel;
import dev.lockstep.driver.model.Weights;
import dev.lockstep.worker.safetensors.SafeTensors;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.conf.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep export}: a trained model in a file for other frameworks. */
@Command(name = "export", description = "Write a trained model for other frameworks.")
final class ExportCommand implements Runnable {
    /** What other frameworks read. */
    enum Format {
        /** Weights by the names of torch.nn.Sequential.state_dict(). */
        SAFETENSORS {
            @Override
            void write(TrainedModel trained, Path file) throws IOException {
                try (OutputStream out = Files.newOutputStream(file)) {
                    SafeTensors.write(out, trained.members().get(0).tensors());
                }
            }
        },
        /** The network and its weights, for torch.jit.load. */
        TORCHSCRIPT {
            @Override
            void write(TrainedModel trained, Path file) throws IOException {
                // libtorch says less of a file that it cannot write.
                Files.newOutputStream(file).close();
                Weights weights = trained.members().get(0);
                weights.network().writeTorchScript(weights.tensors(), file);
            }
        },
        /** The network that was given as model.dl4j, for Deeplearning4j's ModelSerializer. */
        DL4J {
            @Override
            void write(TrainedModel trained, Path file) throws IOException {
                Weights weights = trained.members().get(0);
                Files.write(file, Networks.saved(trained.file().model(), weights, new Configuration()));
            }
        };

        abstract void write(TrainedModel trained, Path file) throws IOException;
    }

    @Mixin
    private ModelOption model;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            required = true,
            description = "One of: ${COMPLETION-CANDIDATES}.")
    private Format format;

    @Option(names = "--overwrite", description = "Replace the file if it is there.")
    private boolean overwrite;

    @Parameters(index = "1", paramLabel = "FILE", description = "Where to write.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        if (Files.exists(file) && !overwrite) {
            throw new JobFileException("The file exists: file=" + file + ". Name another, or add --overwrite.");
        }
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new DataException(
                    "Export cannot be written: file=" + file + ", reason=the folder " + folder + " does not exist");
        }
        boolean unused = HadoopUser.login();
        TrainedModel trained = model.read(new Configuration());
        if (trained.members().size() > 1) {
            throw new JobFileException("One network is exported, not an ensemble: members="
                    + trained.members().size() + ". Take one of the folders OUTPUT/members/1/model, /2/model, ...");
        }
        try {
            write(trained);
        } catch (IOException e) {
            throw new DataException("Export cannot be written: file=" + file + ", reason=" + Reason.of(e), e);
        } catch (IllegalArgumentException e) {
            throw new JobFileException(e.getMessage(), e);
        }
        spec.commandLine().getOut().println("exported: " + file);
        tellWhatIsMissing(trained);
    }

    /** Beside, and renamed: whoever looks finds the old file or the new one, whole. */
    private void write(TrainedModel trained) throws IOException {
        Path target = file.toAbsolutePath();
        Path beside = target.resolveSibling("." + target.getFileName() + ".writing");
        try {
            format.write(trained, beside);
            Path unused = Files.move(beside, target, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            boolean unused = Files.deleteIfExists(beside);
        }
    }

    private void tellWhatIsMissing(TrainedModel trained) {
        if (!trained.file().preprocess().equals(Chain.NONE)) {
            tell(
                    "The preprocessing is not in the file, and the network was trained on what comes out of it",
                    "Its numbers are under preprocess");
        }
        if (!trained.file().encoding().categories().isEmpty()) {
            tell(
                    "The words of categories are not in the file, and the network takes their numbers",
                    "They are under encoding.categories, in this order from 1,");
        }
    }

    private void tell(String what, String where) {
        spec.commandLine()
                .getErr()
                .println("lockstep: " + what + ": file=" + file + ". " + where + " in the model's " + ModelFile.NAME
                        + ".");
    }
}
