package dev.lockstep.deploy;

import dev.lockstep.deploy.plot.RunPicture;
import dev.lockstep.deploy.plot.RunText;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.history.RunHistory;
import dev.lockstep.driver.history.RunState;
import dev.lockstep.driver.storage.AtomicWrite;
import dev.lockstep.driver.storage.PlainFiles;
import java.io.IOException;
import java.io.PrintWriter;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep plot}: a run's course as text, and as a picture in a file. */
@Command(name = "plot", description = "Show a run's figures as text, and draw them into a file.")
final class PlotCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "OUTPUT", description = "The output of a run, as runs/digits; it may still go on.")
    private String folder;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw loss, metrics, learning rate, speed and signals.")
    private String png;

    @Override
    public void run() {
        boolean unused = HadoopUser.login();
        Configuration hadoop = new Configuration();
        RunHistory history = read(hadoop);
        PrintWriter out = spec.commandLine().getOut();
        RunText.lines(history).forEach(out::println);
        if (png != null) {
            write(new Path(png), RunPicture.png(history), hadoop);
            out.println("picture: " + png);
        }
        out.flush();
    }

    private RunHistory read(Configuration hadoop) {
        try {
            RunHistory history = new RunHistory(new Path(folder), hadoop);
            history.readAll();
            if (history.state() == RunState.WAITING && history.names().isEmpty()) {
                throw new DataException("No run has written here: folder=" + folder
                        + ". Name the output of one, as lockstep runs lists them.");
            }
            return history;
        } catch (IOException e) {
            throw new DataException("Run cannot be read: folder=" + folder + ", reason=" + Reason.of(e), e);
        }
    }

    private static void write(Path file, byte[] png, Configuration hadoop) {
        try {
            AtomicWrite.file(PlainFiles.of(file, hadoop), file, out -> out.write(png));
        } catch (IOException e) {
            throw new DataException("Picture cannot be written: file=" + file + ", reason=" + Reason.of(e), e);
        }
    }
}
