package dev.lockstep.deploy.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PATIENCE_MS = 20_000;

    @TempDir
    Path folder;

    private PageServer page;

    /** What a browser gets, as it stands. */
    private record Answer(int status, String head, String body) {
        static Answer of(String text) {
            int end = text.indexOf("\r\n\r\n");
            return new Answer(Integer.parseInt(text.split(" ")[1]), text.substring(0, end), text.substring(end + 4));
        }

        JsonNode json() throws IOException {
            return JSON.readTree(body);
        }
    }

    private int serve(PageAddress address, Path... outputs) {
        page = PageServer.bind(address);
        List<org.apache.hadoop.fs.Path> paths = List.of(outputs).stream()
                .map(output -> new org.apache.hadoop.fs.Path(output.toUri()))
                .toList();
        page.show(new WatchedRuns(paths, new Configuration()));
        return URI.create(page.url()).getPort();
    }

    private int serve(Path... outputs) {
        return serve(PageAddress.of("0"), outputs);
    }

    @AfterEach
    void stop() {
        if (page != null) {
            page.stop();
        }
    }

    private static Answer get(int port, String path) throws IOException {
        return ask(port, "GET " + path, "Host: localhost:" + port);
    }

    /** By hand, as clients mend what a test wants to send wrong. */
    private static Answer ask(int port, String request, String... headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            String text = request + " HTTP/1.1\r\nConnection: close\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
            socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
            return Answer.of(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    private Path written(String name, double lr) throws IOException {
        Path output = folder.resolve(name);
        try (WrittenRun run = new WrittenRun(output, lr, 3)) {
            run.epochs(1, 3).event(120, "The network overfits").end("done");
        }
        return output;
    }

    @Test
    void servesThePageAndItsFiles() throws IOException {
        int port = serve(folder);
        Answer html = get(port, "/");
        assertEquals(200, html.status());
        assertTrue(html.body().contains("app.js"), html.body());
        assertTrue(html.head().contains("script-src 'self';"), html.head());
        assertFalse(html.body().contains("<script>"), "the policy forbids it");
        for (String file : List.of("/app.js", "/uPlot.js", "/uPlot.css", "/page.css", "/icon.svg")) {
            assertEquals(200, get(port, file).status(), file);
        }
    }

    @Test
    void filesAreServedAsTheyWereWritten() throws IOException {
        int port = serve(folder);
        Path sources = Path.of("src/main/resources/dev/lockstep/deploy/page");
        for (String file : List.of("server.js", "cards.js", "page.css")) {
            assertEquals(
                    Files.readString(sources.resolve(file)),
                    get(port, "/" + file).body(),
                    file);
        }
    }

    @Test
    void everyModuleThatAnotherNamesIsServed() throws IOException {
        int port = serve(folder);
        Pattern imports = Pattern.compile("from \"\\./(\\w+\\.js)\"");
        for (String module : List.of("app", "cards", "figures", "header", "layers", "workers", "chart", "events")) {
            Matcher named = imports.matcher(get(port, "/" + module + ".js").body());
            while (named.find()) {
                assertEquals(200, get(port, "/" + named.group(1)).status(), module + " needs " + named.group(1));
            }
        }
    }

    @Test
    void tellsOfARunAndItsFigures() throws IOException {
        int port = serve(written("trees", 1e-3));
        JsonNode all = get(port, "/api/runs").json();
        assertEquals("done", all.path("runs").path(0).path("state").asText());
        assertFalse(all.path("more").asBoolean());

        JsonNode run = get(port, "/api/runs/0").json();
        assertEquals(150, run.path("step").asInt());
        assertEquals(2, run.path("workers").asInt());
        assertEquals(4, run.path("layers").asInt());
        assertEquals(3, run.path("checkpoints").size());
        assertEquals(
                "The network overfits", run.path("events").path(0).path("text").asText());
        assertEquals(
                0.001,
                run.path("start")
                        .path("settings")
                        .path("optimizer")
                        .path("adam")
                        .path("lr")
                        .asDouble());

        JsonNode series = get(port, "/api/runs/0/series?names=loss,validation.accuracy&points=20")
                .json();
        assertTrue(series.path("loss").path("mean").size() <= 21, series.toString());
        assertTrue(series.path("loss").has("low"), "20 points stand for 150 steps");
        assertEquals(3, series.path("validation.accuracy").path("step").size());
        assertFalse(series.path("validation.accuracy").has("low"), "each point is one epoch");

        JsonNode workers = get(port, "/api/runs/0/workers").json();
        assertEquals(2, workers.size());
        assertTrue(workers.path(1).path("forward").asDouble()
                > workers.path(0).path("forward").asDouble());
        assertEquals(32, workers.path(0).path("examples").asInt());
    }

    @Test
    void aWindowHasItsOwnPoints() throws IOException {
        int port = serve(written("trees", 1e-3));
        JsonNode loss = get(port, "/api/runs/0/series?names=loss&from=10&to=19&points=20")
                .json()
                .path("loss");
        assertEquals(12, loss.path("step").size());
        assertEquals(9, loss.path("step").path(0).asInt());
    }

    @Test
    void figuresComeAsATable() throws IOException {
        int port = serve(written("trees", 1e-3));
        Answer csv = get(port, "/api/runs/0/series.csv?names=loss,validation.accuracy&points=1000");
        List<String> lines = csv.body().lines().toList();
        assertEquals("step,loss,validation.accuracy", lines.get(0));
        assertEquals(151, lines.size());
        assertTrue(lines.get(1).matches("1,\\d.*,"), lines.get(1));
        assertTrue(lines.get(50).matches("50,\\d.*,0\\.\\d+"), lines.get(50));
    }

    @Test
    void whatARunWritesMeanwhileIsThereWithTheNextQuestion() throws IOException {
        Path output = folder.resolve("trees");
        int port = serve(output);
        assertEquals(0, get(port, "/api/runs").json().path("runs").size());
        try (WrittenRun run = new WrittenRun(output, 1e-3, 3)) {
            run.epochs(1, 1);
            JsonNode first = awaited(port, 50);
            run.epochs(2, 2);
            JsonNode second = awaited(port, 100);
            assertTrue(second.path("version").asLong() > first.path("version").asLong());
        }
    }

    /** Files are looked for every two seconds, and a folder without a lease is not read more often. */
    private static JsonNode awaited(int port, long step) throws IOException {
        long until = System.nanoTime() + PATIENCE_MS * 1_000_000L;
        while (System.nanoTime() < until) {
            int runs = get(port, "/api/runs").json().path("runs").size();
            JsonNode run =
                    runs == 0 ? JSON.nullNode() : get(port, "/api/runs/0").json();
            if (run.path("step").asLong() >= step) {
                return run;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("The step has not come: step=" + step);
    }

    @Test
    void severalRunsAndThoseBelowAFolderStandSideBySide() throws IOException {
        Path one = written("one", 1e-3);
        written("search/trials/1", 1e-3);
        written("search/trials/2", 1e-2);
        int port = serve(one, folder.resolve("search"));
        JsonNode runs = get(port, "/api/runs").json().path("runs");
        assertEquals(3, runs.size());
        assertTrue(runs.path(2).path("folder").asText().endsWith("/search/trials/2"), runs.toString());
    }

    @Test
    void servesNothingElse() throws IOException {
        int port = serve(written("trees", 1e-3));
        for (String path : List.of(
                "/../../etc/passwd",
                "/..%2f..%2fetc/passwd",
                "/%2e%2e/%2e%2e/etc/passwd",
                "/metrics.jsonl",
                "/app.js/../page.html",
                "/package-info.class",
                "//etc/passwd",
                "/api/runs/1",
                "/api/runs/-1",
                "/api/runs/0/../../../etc/passwd",
                "/api/runs/99999999999/series")) {
            assertEquals(404, get(port, path).status(), path);
        }
        assertEquals(
                405,
                ask(port, "POST /api/runs", "Host: localhost", "Content-Length: 0")
                        .status());
        assertEquals(405, ask(port, "DELETE /api/runs/0", "Host: localhost").status());
        assertEquals(
                400, get(port, "/api/runs/0/series?names=loss&points=100000000").status());
        assertEquals(400, get(port, "/api/runs/0/series?names=loss&from=x").status());
    }

    @Test
    void aPageOfAnotherNameCannotReadAlong() throws IOException {
        int port = serve(written("trees", 1e-3));
        assertEquals(
                403, ask(port, "GET /api/runs", "Host: evil.example:" + port).status());
        assertEquals(403, ask(port, "GET /", "Host: localhost.evil.example").status());
        assertEquals(200, ask(port, "GET /", "Host: 127.0.0.1:" + port).status());
        assertEquals(200, ask(port, "GET /", "Host: [::1]:8080").status(), "through a tunnel");
        assertFalse(get(port, "/api/runs").head().contains("Access-Control-Allow-Origin"));
    }

    @Test
    void otherMachinesNeedTheToken() throws IOException {
        int port = serve(PageAddress.of("0.0.0.0:0"), written("trees", 1e-3));
        Matcher url = Pattern.compile("http://[^/]+/\\?token=([\\w-]{24})").matcher(page.url());
        assertTrue(url.matches(), page.url());
        String token = url.group(1);
        assertEquals(401, get(port, "/").status());
        assertEquals(401, get(port, "/api/runs").status());
        assertEquals(401, get(port, "/?token=" + token.substring(1)).status());
        assertEquals(401, get(port, "/?token=").status());

        Answer let = get(port, "/?token=" + token);
        assertEquals(303, let.status());
        assertTrue(let.head().contains("Location: /\r\n"), let.head());
        Matcher cookie = Pattern.compile("(?i)set-cookie: (lockstep-" + port + "=[\\w-]+); (.*)")
                .matcher(let.head());
        assertTrue(cookie.find(), let.head());
        assertEquals("Path=/; HttpOnly; SameSite=Strict", cookie.group(2).strip());
        String host = "Host: somewhere:" + port;
        assertEquals(
                200,
                ask(port, "GET /api/runs", host, "Cookie: a=b; " + cookie.group(1))
                        .status());
        assertEquals(
                401,
                ask(port, "GET /api/runs", host, "Cookie: lockstep-" + port + "=wrong")
                        .status());
    }

    @Test
    void whoSendsHalfARequestKeepsNobodyWaiting() throws IOException {
        int port = serve(folder);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 32; i++) {
                slow.add(new Socket(InetAddress.getLoopbackAddress(), port));
                slow.get(i).getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
            }
            assertEquals(200, get(port, "/api/runs").status());
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
    }

    @Test
    void eachPageHasATokenOfItsOwn() {
        serve(PageAddress.of("0.0.0.0:0"), folder);
        String first = page.url();
        page.stop();
        serve(PageAddress.of("0.0.0.0:0"), folder);
        assertFalse(first.split("token=")[1].equals(page.url().split("token=")[1]));
    }

    @Test
    void aTakenPortIsRefusedIfItWasNamed() {
        int port = serve(folder);
        JobFileException thrown =
                assertThrows(JobFileException.class, () -> PageServer.bind(PageAddress.of(Integer.toString(port))));
        assertTrue(
                thrown.getMessage()
                        .startsWith("The page's address cannot be had: address=127.0.0.1:" + port + ", reason="),
                thrown.getMessage());
        PageServer other = PageServer.bind(new PageAddress("127.0.0.1", port, /* fallsBack */ true));
        assertTrue(URI.create(other.url()).getPort() != port);
        other.stop();
    }

    @Test
    void anAddressIsAPortOrAHostAndAPort() {
        assertEquals(new PageAddress("127.0.0.1", 8000, false), PageAddress.of("8000"));
        assertEquals(new PageAddress("0.0.0.0", 80, false), PageAddress.of("0.0.0.0:80"));
        assertEquals(new PageAddress("[::1]", 80, false), PageAddress.of("[::1]:80"));
        assertFalse(PageAddress.isOne("job.yaml"));
        for (String wrong : List.of("70000", "host", "host:", "a b:80", "")) {
            IllegalArgumentException thrown = assertThrows(IllegalArgumentException.class, () -> PageAddress.of(wrong));
            assertEquals("The page's address must be PORT or HOST:PORT: address=" + wrong, thrown.getMessage());
        }
    }

    @Test
    void aRunThatCannotBeReadSaysWhyAndOthersAreShown() throws IOException {
        Configuration hadoop = new Configuration();
        hadoop.set("fs.broken.impl", BrokenStore.class.getName());
        page = PageServer.bind(PageAddress.of("0"));
        page.show(new WatchedRuns(
                List.of(
                        new org.apache.hadoop.fs.Path(written("good", 1e-3).toUri()),
                        new org.apache.hadoop.fs.Path("broken:" + written("bad", 1e-3)),
                        new org.apache.hadoop.fs.Path("unknown:" + folder)),
                hadoop));
        JsonNode all = get(URI.create(page.url()).getPort(), "/api/runs").json();
        JsonNode runs = all.path("runs");
        assertEquals("", runs.path(0).path("failure").asText());
        assertEquals(
                "The run cannot be read: the disk is gone",
                runs.path(1).path("failure").asText());
        assertEquals(
                "Runs cannot be looked for: folder=unknown:" + folder + ", reason=No FileSystem for scheme \"unknown\"",
                all.path("failures").path(0).asText());
    }

    @Test
    void aRunIsShownWhileItsFolderIsThere() throws IOException {
        AtomicLong now = new AtomicLong();
        Path output = written("trees", 1e-3);
        WatchedRuns runs =
                new WatchedRuns(List.of(new org.apache.hadoop.fs.Path(folder.toUri())), new Configuration(), now::get);
        runs.read();
        assertEquals(1, RunJson.all(runs).path("runs").size());

        Files.delete(output.resolve("metrics.jsonl"));
        now.addAndGet(10_000_000_000L);
        runs.read();
        assertEquals(0, RunJson.all(runs).path("runs").size());

        written("trees", 1e-3);
        now.addAndGet(10_000_000_000L);
        runs.read();
        assertEquals(0, RunJson.all(runs).path("runs").path(0).path("id").asInt(-1));
    }

    /** Has files that cannot be read. */
    static final class BrokenStore extends RawLocalFileSystem {
        @Override
        public URI getUri() {
            return URI.create("broken:///");
        }

        @Override
        public FSDataInputStream open(org.apache.hadoop.fs.Path file, int buffer) throws IOException {
            throw new IOException("the disk is gone");
        }
    }

    @Test
    void aBrokenFileIsShownAsFarAsItGoes() throws IOException {
        Path output = written("trees", 1e-3);
        Path file = output.resolve("metrics.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, "\u0000\u0001garbage\n" + text.substring(0, text.length() / 2));
        int port = serve(output);
        assertEquals(
                "lost",
                get(port, "/api/runs").json().path("runs").path(0).path("state").asText());
        JsonNode run = get(port, "/api/runs/0").json();
        assertEquals(1, run.path("broken").asInt());
        assertTrue(run.path("step").asInt() > 50, run.path("step").toString());
    }
}
