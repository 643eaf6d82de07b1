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

/** A run's figures leave Spark by a sink of its own: the page that Prometheus scrapes. */
@Tag("process")
class MetricsSinkSystemTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String SINK = "-Dspark.metrics.conf.driver.sink.prometheusServlet.";
    private static final Pattern LOSS =
            Pattern.compile("metrics_app_driver_lockstep_long_loss_Value\\{type=\"gauges\"} (\\S+)");

    @TempDir
    private Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private String page = "";

    @Test
    void prometheusReadsTheLossOfARunThatGoesOn() throws Exception {
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
                        "train.epochs=60"))) {
            process.until(() -> showsLoss(port), "a page with the loss", PATIENCE);

            Matcher loss = LOSS.matcher(page);
            assertTrue(loss.find() && Double.parseDouble(loss.group(1)) > 0, page);
            assertTrue(page.contains("metrics_app_driver_lockstep_long_examples_per_second_Value{"), page);
            assertTrue(page.contains("metrics_app_driver_lockstep_long_worker1_wait_seconds_Value{"), page);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private boolean showsLoss(int port) {
        this.page = page(port);
        return LOSS.matcher(page).find();
    }

    /** Empty while nobody answers. */
    private String page(int port) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics/prometheus/"))
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
