package dev.lockstep.deploy.system;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark's own pages show of a run: its figures, as Prometheus scrapes them, and where it is watched. */
@Tag("process")
class MetricsSinkSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SINK = "-Dspark.metrics.conf.driver.sink.prometheusServlet.";
    private static final Pattern LOSS =
            Pattern.compile("metrics_app_driver_lockstep_long_loss_Value\\{type=\"gauges\"} (\\S+)");

    private static final Pattern WATCHED = Pattern.compile("(?m)^page: (http://127\\.0\\.0\\.1:\\d+/)$");
    private static final Pattern APPLICATION = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]+)\"");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private String page = "";

    @Test
    void prometheusReadsTheLossOfARunThatGoesOnAndSparksJobsNameItsPage() throws Exception {
        Path job = Files.writeString(folder.resolve("long.yaml"), Jobs.LONG);
        int port = freePort();
        String options = String.join(
                " ",
                "-Dspark.ui.enabled=true",
                "-Dspark.ui.port=" + port,
                "-Dspark.metrics.namespace=app",
                SINK + "class=org.apache.spark.metrics.sink.PrometheusServlet",
                SINK + "path=/metrics/prometheus");
        Installation installation = Installation.built();
        try (JvmProcess process = JvmProcess.start(
                "train",
                folder,
                Map.of("LOCKSTEP_JAVA_OPTS", options),
                installation.lockstep(
                        "train",
                        job.toString(),
                        "--set",
                        "output=" + folder.resolve("out"),
                        "--set",
                        "train.epochs=60",
                        "--ui=0"))) {
            process.until(() -> showsLoss(port), "a page with the loss", PATIENCE);

            Matcher loss = LOSS.matcher(page);
            assertTrue(loss.find() && Double.parseDouble(loss.group(1)) > 0, page);
            assertTrue(page.contains("metrics_app_driver_lockstep_long_examples_per_second_Value{"), page);
            assertTrue(page.contains("metrics_app_driver_lockstep_long_gradient_norm_Value{"), page);
            assertTrue(page.contains("metrics_app_driver_lockstep_long_worker1_wait_seconds_Value{"), page);

            Matcher watched = WATCHED.matcher(process.output());
            assertTrue(watched.find(), process::output);
            process.until(() -> namesPage(port, watched.group(1)), "a job that names " + watched.group(1), PATIENCE);
        }
    }

    /** Among the jobs that Spark tells programs of, as its page shows them. */
    private boolean namesPage(int port, String address) {
        String api = "/api/v1/applications";
        Matcher application = APPLICATION.matcher(page(port, api));
        this.page = application.find() ? page(port, api + "/" + application.group(1) + "/jobs") : "";
        return page.contains("Lockstep long: ") && page.contains(", watched at " + address + "\"");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean showsLoss(int port) {
        this.page = page(port, "/metrics/prometheus/");
        return LOSS.matcher(page).find();
    }

    /** Empty while nobody answers. */
    private String page(int port, String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
