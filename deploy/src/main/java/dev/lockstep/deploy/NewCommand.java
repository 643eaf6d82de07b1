package dev.lockstep.deploy;

import dev.lockstep.driver.DataException;
import dev.lockstep.driver.JobFileException;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.job.JobFile;
import dev.lockstep.driver.job.Source;
import dev.lockstep.driver.template.NewJob;
import dev.lockstep.driver.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep new}: a job file for data at hand, which trains as it is. */
@Command(
        name = "new",
        description = "Write a job file for data at hand, with a comment on each choice, that trains as it is.")
final class NewCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "TEMPLATE",
            description = "What the network is to tell, one of: ${COMPLETION-CANDIDATES}.")
    private Template template;

    @Mixin
    private SourceOptions data;

    @Option(
            names = "--label",
            paramLabel = "COLUMN",
            description = "The column of what is to be told. Default: one called label, target, class or the like,"
                    + " else the last.")
    private String label;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The job file. Default: NAME.yaml for data NAME.csv.")
    private Path output;

    @Option(names = "--overwrite", description = "Replace the file if it is there.")
    private boolean overwrite;

    @Mixin
    private MasterOption master;

    @Override
    public void run() {
        Source given = data.source();
        Path file = (output == null ? Path.of(stem(given.path()) + ".yaml") : output).toAbsolutePath();
        if (Files.exists(file) && !overwrite) {
            throw new JobFileException("The file exists: file=" + file + ". Name another with -o, or add --overwrite.");
        }
        Source source = new Source(DataPath.local(given.path()), given.format(), given.options());
        NewJob job = new NewJob(
                unused(stem(file.toString()), file.getParent()),
                template,
                source,
                DataPath.seenFrom(file, given.path()),
                label);
        try (OpenSession session = Sessions.open("lockstep new", master.value(), /* workers */ 1)) {
            write(file, job.text(session.spark()));
        }
        spec.commandLine().getOut().println("job: " + file + "\ntrain it: lockstep train " + file);
    }

    /** The name, with a number where a run has its output there already: it would be written over. */
    private static String unused(String name, Path folder) {
        String free = name;
        for (int number = 2; isTaken(folder, free); number++) {
            free = name + "-" + number;
        }
        return free;
    }

    /** Whether it is trained from here or beside its file. */
    private static boolean isTaken(Path folder, String name) {
        Path output = Path.of(NewJob.output(name));
        return Files.exists(folder.resolve(output)) || Files.exists(output);
    }

    /** A file's name without what comes behind its last point. */
    private static String stem(String path) {
        String name = path.replaceFirst("/+$", "").replaceFirst(".*/", "");
        return name.replaceFirst("\\.(gz|bz2)$", "").replaceFirst("(?<=.)\\.[^.]*$", "");
    }

    /** Beside, and renamed where it reads as a job. */
    private static void write(Path file, String text) {
        Path beside = file.resolveSibling("." + file.getFileName() + ".writing");
        try {
            Files.writeString(beside, text);
            var unused = JobFile.read(beside, List.of());
            Path moved = Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DataException("Job file cannot be written: file=" + file + ", reason=" + Reason.of(e), e);
        } finally {
            discard(beside);
        }
    }

    private static void discard(Path file) {
        try {
            boolean unused = Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DataException("File cannot be removed: file=" + file + ", reason=" + Reason.of(e), e);
        }
    }
}
