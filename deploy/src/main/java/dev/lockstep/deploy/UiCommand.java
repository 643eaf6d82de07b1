package dev.lockstep.deploy;

import dev.lockstep.deploy.page.PageAddress;
import dev.lockstep.deploy.page.PageServer;
import dev.lockstep.deploy.page.WatchedRuns;
import dev.lockstep.driver.DataException;
import dev.lockstep.driver.failure.Reason;
import dev.lockstep.driver.storage.PlainFiles;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code lockstep ui}: runs on a page, while they go on or afterwards, until Ctrl-C. */
@Command(name = "ui", description = "Show runs on a page in the browser, side by side.")
final class UiCommand implements Runnable {
    @Parameters(
            paramLabel = "OUTPUT",
            arity = "1..*",
            description = "Outputs of runs, as runs/digits, or folders with such in them.")
    private List<String> folders;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where to serve the page; 0 for any port that is free. Default: 7007, if it is free.")
    private Integer port;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description =
                    "Serve it to other machines by this name or address, 0.0.0.0 for all of this machine's; whoever"
                            + " has the token in the printed address may look.")
    private String host;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        boolean unused = HadoopUser.login();
        Configuration hadoop = new Configuration();
        List<Path> paths = folders.stream().map(Path::new).toList();
        paths.forEach(path -> requireThere(path, hadoop));
        try (PageServer page = PageServer.bind(PageAddress.DEFAULT.with(host, port))) {
            page.show(new WatchedRuns(paths, hadoop));
            spec.commandLine().getOut().println("page: " + page.url() + " (Ctrl-C ends it)");
            spec.commandLine().getOut().flush();
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void requireThere(Path folder, Configuration hadoop) {
        try {
            if (!PlainFiles.of(folder, hadoop).exists(folder)) {
                throw new IOException("there is no such folder");
            }
        } catch (IOException e) {
            throw new DataException("Runs cannot be shown: folder=" + folder + ", reason=" + Reason.of(e), e);
        }
    }
}
