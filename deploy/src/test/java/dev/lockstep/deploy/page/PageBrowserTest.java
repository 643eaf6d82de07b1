package dev.lockstep.deploy.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.io.BufferedWriter;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser, where there is one: Chromium or Chrome on the PATH. */
@Tag("process")
class PageBrowserTest {
    private static final List<String> BROWSERS = List.of("chromium", "chromium-browser", "google-chrome", "chrome");
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final int PATIENCE_MS = 30_000;
    private static final int MANY_STEPS = 1_000_000;

    private static Playwright playwright;
    private static Browser browser;

    @TempDir
    Path folder;

    private final List<String> complaints = new ArrayList<>();
    private PageServer server;
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void launch() throws IOException {
        Optional<Path> found = BROWSERS.stream()
                .flatMap(name -> Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .map(place -> Path.of(place, name)))
                .filter(Files::isExecutable)
                .findFirst();
        assumeTrue(found.isPresent(), "There is no browser on the PATH: looked for " + BROWSERS);
        PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MS);
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(found.get())
                        // As root there is no sandbox.
                        .setArgs(List.of("--no-sandbox")));
        Files.createDirectories(PICTURES);
    }

    @AfterAll
    static void end() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @AfterEach
    void stop() {
        if (context != null) {
            context.close();
        }
        if (server != null) {
            server.stop();
        }
    }

    private void serve(PageAddress address, Path... outputs) {
        server = PageServer.bind(address);
        server.show(new WatchedRuns(
                Stream.of(outputs)
                        .map(output -> new org.apache.hadoop.fs.Path(output.toUri()))
                        .toList(),
                new Configuration()));
    }

    private void open(Path... outputs) {
        serve(PageAddress.of("0"), outputs);
        open(new Browser.NewContextOptions().setViewportSize(1360, 900), server.url());
    }

    private void open(Browser.NewContextOptions options, String url) {
        context = browser.newContext(options);
        context.setDefaultTimeout(PATIENCE_MS);
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        String origin = url.replaceAll("^(http://[^/]+/).*", "$1");
        page.onRequest(request -> {
            if (!request.url().startsWith(origin) && !request.url().startsWith("blob:" + origin)) {
                complaints.add("asked elsewhere: " + request.url());
            }
        });
        page.navigate(url);
    }

    private void awaitText(String selector, String text) {
        assertThat(page.locator(selector)).containsText(text);
    }

    private Locator chart(String title) {
        return page.locator(
                "article.card",
                new Page.LocatorOptions()
                        .setHas(page.getByRole(
                                com.microsoft.playwright.options.AriaRole.HEADING,
                                new Page.GetByRoleOptions().setName(title).setExact(true))));
    }

    private void picture(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(name + ".png"))
                .setFullPage(true));
    }

    private void assertNoComplaints() {
        assertEquals(List.of(), complaints);
    }

    private Path written(String name, double lr) throws IOException {
        Path output = folder.resolve(name);
        try (WrittenRun run = new WrittenRun(output, lr, 6)) {
            run.epochs(1, 6)
                    .event(120, "The network overfits: from epoch 2 to 5")
                    .end("done");
        }
        return output;
    }

    @Test
    void showsARunWithAllThatItsFileTells() throws IOException {
        open(written("trees", 1e-3));
        awaitText("#runs", "done");
        awaitText("#runs h2", "trees <b>bold</b>");
        for (String title : List.of(
                "Loss", "Accuracy", "Gradient norm", "Learning rate", "Examples per second", "Spread of gradients")) {
            assertThat(chart(title).locator("canvas")).isVisible();
        }
        awaitText("#workers", "Worker 1 works");
        awaitText("#workers", "and they wait for it");
        assertThat(page.locator("#layers td.bad")).hasText("vanishing");
        awaitText("#matrix", "cedar");
        awaitText("#events", "The network overfits");
        awaitText("#settings", "optimizer.adam.lr");
        assertEquals("trees <b>bold</b>: done", page.title());
        picture("one-run-light");
        assertNoComplaints();
    }

    @Test
    void growsWithTheRun() throws IOException {
        Path output = folder.resolve("trees");
        open(output);
        awaitText("#notice", "No run has written anything yet");
        picture("nothing-yet");
        try (WrittenRun run = new WrittenRun(output, 1e-3, 6)) {
            run.epochs(1, 1);
            awaitText("#runs", "1 of 6");
            run.epochs(2, 2);
            awaitText("#runs", "2 of 6");
            assertThat(chart("Loss").locator("canvas")).isVisible();
        }
        assertNoComplaints();
    }

    @Test
    void severalRunsStandSideBySide() throws IOException {
        open(written("slow", 1e-3), written("fast", 4e-3));
        awaitText("#runs", "fast");
        assertThat(chart("Loss").locator(".legend li")).hasCount(4);
        assertThat(page.locator("#settings tbody tr").first()).containsText("optimizer.adam.lr0.0010.004");
        picture("two-runs");

        page.locator("#shown-0").focus();
        page.keyboard().press("Space");
        assertThat(chart("Loss").locator(".legend li")).hasCount(3);
        assertTrue(page.url().endsWith("#hide=0"), page.url());
        assertThat(page.locator("#shown-0")).isFocused();
        page.reload();
        assertThat(page.locator("#shown-0")).not().isChecked();
        assertThat(chart("Loss").locator(".legend li")).hasCount(3);
        assertNoComplaints();
    }

    @Test
    void whatIsLookedAtIsInTheAddressAndOutlivesAReload() throws IOException {
        open(written("trees", 1e-3));
        Locator canvas = chart("Loss").locator(".u-over");
        canvas.scrollIntoViewIfNeeded();
        var box = canvas.boundingBox();
        page.mouse().move(box.x + box.width * 0.4, box.y + 50);
        page.mouse().down();
        page.mouse().move(box.x + box.width * 0.6, box.y + 60);
        page.mouse().up();
        awaitText("#reset", "show all");
        assertTrue(page.url().matches(".*#from=1[12]\\d&to=1[78]\\d"), page.url());
        page.locator("#log").click();
        page.reload();
        awaitText("#reset", "show all");
        assertThat(page.locator("#log")).hasAttribute("aria-pressed", "true");
        picture("zoomed");
        page.locator("#reset").click();
        assertThat(page.locator("#reset")).hasCount(0);
        assertTrue(page.url().endsWith("#log=1"), page.url());
        assertNoComplaints();
    }

    @Test
    void canBeUsedWithoutAMouse() throws IOException {
        open(written("trees", 1e-3));
        assertThat(chart("Loss").locator("canvas")).isVisible();
        page.keyboard().press("Tab");
        assertEquals("Skip to the charts", page.evaluate("document.activeElement.textContent"));
        page.keyboard().press("Enter");
        page.keyboard().press("Tab");
        assertEquals("CSV", page.evaluate("document.activeElement.textContent"));
        chart("Loss").locator(".canvas").focus();
        page.keyboard().press("Home");
        assertThat(chart("Loss").locator("[aria-live]")).containsText("step 1: ");
        page.keyboard().press("ArrowRight");
        assertThat(chart("Loss").locator("[aria-live]")).containsText("step 2: ");
        picture("keyboard");
        page.keyboard().press("+");
        awaitText("#reset", "show all");
        page.keyboard().press("Escape");
        assertThat(page.locator("#reset")).hasCount(0);
        assertNoComplaints();
    }

    @Test
    void isDarkWhereTheSystemIsAndFitsAPhone() throws IOException {
        serve(PageAddress.of("0"), written("trees", 1e-3));
        open(
                new Browser.NewContextOptions()
                        .setViewportSize(360, 740)
                        .setDeviceScaleFactor(2)
                        .setColorScheme(ColorScheme.DARK),
                server.url());
        assertThat(chart("Loss").locator("canvas")).isVisible();
        awaitText("#settings", "optimizer.adam.lr");
        assertEquals(360, page.evaluate("document.documentElement.scrollWidth"), "nothing is wider than the screen");
        picture("phone-dark");
        page.setViewportSize(1360, 900);
        picture("one-run-dark");
        Object dark = page.evaluate("getComputedStyle(document.body).backgroundColor");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        assertNotEquals(dark, page.evaluate("getComputedStyle(document.body).backgroundColor"));
        assertNoComplaints();
    }

    @Test
    void chartsCanBeTakenAwayAsTableAndPicture() throws IOException {
        open(written("trees", 1e-3));
        assertThat(chart("Loss").locator("canvas")).isVisible();
        Download csv = page.waitForDownload(() -> chart("Loss").getByText("CSV").click());
        assertEquals("trees-loss.csv", csv.suggestedFilename());
        List<String> lines = Files.readAllLines(csv.path());
        assertEquals("step,loss,train.loss,validation.loss", lines.get(0));
        assertEquals(301, lines.size());
        Download png = page.waitForDownload(() -> chart("Loss").getByText("PNG").click());
        byte[] bytes = Files.readAllBytes(png.path());
        assertEquals("PNG", new String(bytes, 1, 3, java.nio.charset.StandardCharsets.US_ASCII));
        Files.write(PICTURES.resolve("downloaded.png"), bytes);
        assertTrue(bytes.length > 5000, "bytes=" + bytes.length);
        assertNoComplaints();
    }

    @Test
    void aMillionStepsAreNoHindrance() throws IOException {
        Path output = Files.createDirectories(folder.resolve("long"));
        try (BufferedWriter out = Files.newBufferedWriter(output.resolve("metrics.jsonl"))) {
            for (int step = 1; step <= MANY_STEPS; step++) {
                double wave = 1 + Math.sin(step / 1000.0) * 0.3 + (step % 7) * 0.1;
                float loss = (float) (wave * 100_000 / (step + 50_000));
                out.write("{\"kind\":\"step\",\"epoch\":1,\"step\":" + step + ",\"loss\":" + loss
                        + ",\"lr\":0.001,\"examples_per_second\":" + (step % 1000 + 4000) + "}\n");
            }
        }
        open(output);
        awaitText("#runs", "1,000,000");
        assertThat(chart("Loss").locator("canvas")).isVisible();
        assertThat(page.locator("#connection")).not().containsText("reading");
        page.evaluate("location.hash = ''");
        page.navigate(server.url() + "#from=500000&to=500300");
        page.reload();
        awaitText("#reset", "500,000 to 500,300");
        assertThat(chart("Loss").locator("canvas")).isVisible();
        page.locator("#reset").click();
        assertThat(page.locator("#reset")).hasCount(0);
        picture("million-steps");
        assertNoComplaints();
    }

    @Test
    void aTokenIsLeftAtTheDoor() throws IOException {
        serve(PageAddress.of("0.0.0.0:0"), written("trees", 1e-3));
        String local = server.url().replaceAll("//[^:/]+:", "//127.0.0.1:");
        open(new Browser.NewContextOptions(), local);
        awaitText("#runs", "done");
        assertThat(page).hasURL(Pattern.compile("http://127\\.0\\.0\\.1:\\d+/"));
        page.reload();
        awaitText("#runs", "done");
        assertNoComplaints();
    }

    @Test
    void whatIsBrokenIsSaidInWords() throws IOException {
        Path output = written("trees", 1e-3);
        Path file = output.resolve("metrics.jsonl");
        String text = Files.readString(file);
        Files.writeString(file, "garbage\n" + text.substring(0, text.length() / 2));
        open(output);
        awaitText("#runs", "was killed");
        awaitText("#runs", "1 line of the file could not be read");
        picture("broken");

        server.stop();
        awaitText("#connection", "has ended");
        assertThat(chart("Loss").locator("canvas")).isVisible();
    }
}
