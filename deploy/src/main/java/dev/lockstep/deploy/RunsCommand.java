package dev.lockstep.deploy;

import dev.lockstep.deploy.plot.RunsTable;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.history.RunFolders;
import dev.lockstep.driver.history.RunHistory;
import dev.lockstep.driver.storage.PlainFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep runs}: what has been trained, how it stands, and how good it is. */
@Command(name = "runs", description = "List the runs in a folder: their state, best metric and time.")
final class RunsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FOLDER",
            arity = "0..1",
            description = "Where the runs' outputs are, on any of Hadoop's file systems. Default: ${DEFAULT-VALUE}.")
    private String folder = "runs";

    @Override
    public void run() {
        boolean unused = HadoopUser.login();
        PrintWriter out = spec.commandLine().getOut();
        try {
            Configuration hadoop = new Configuration();
            Path root = new Path(folder);
            FileSystem files = PlainFiles.of(root, hadoop);
            if (!files.exists(root)) {
                throw new DataException(
                        "Folder does not exist: folder=" + folder + ". Name the one that your jobs' outputs are in.");
            }
            List<RunHistory> runs = new ArrayList<>();
            for (Path run : RunFolders.of(root, hadoop)) {
                RunHistory history = new RunHistory(run, hadoop);
                history.readAll();
                runs.add(history);
            }
            if (runs.isEmpty()) {
                out.println("No run has written to this folder or below: " + folder);
            } else {
                RunsTable.lines(files.makeQualified(root).toUri().getPath(), runs, Instant.now())
                        .forEach(out::println);
            }
            out.flush();
        } catch (IOException e) {
            throw new DataException("Runs cannot be read: folder=" + folder + ", reason=" + Reason.of(e), e);
        }
    }
}
