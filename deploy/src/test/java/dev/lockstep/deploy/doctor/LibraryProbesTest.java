package dev.lockstep.deploy.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LibraryProbesTest {
    @TempDir
    private Path folder;

    /** Were Aeron's version another than the pom's, this would say so. */
    @Test
    void whatTheBuildWasMadeWithIsFoundOnItsOwnClassPath() throws IOException {
        Finding finding = LibraryProbes.examine();

        assertEquals(Finding.Verdict.OK, finding.verdict(), finding::toString);
        assertTrue(
                finding.found().matches(".*aeron=\\d.*agrona=\\d.*javacpp=\\d.*jackson=\\d.*netty=\\d.*"),
                finding::toString);
    }

    @Test
    void anotherAeronThatComesFirstIsAFailureThatNamesItsJar() throws IOException {
        Path old = jar("aeron-all-1.32.0.jar", "io/aeron/Aeron.class", "1.32.0");
        Path ours = jar("aeron-client-1.51.0.jar", "io/aeron/Aeron.class", "1.51.0");
        Finding finding = examine(Map.of("aeron", "1.51.0"), old, ours);

        assertEquals(Finding.Verdict.FAIL, finding.verdict());
        assertEquals(
                "aeron 1.32.0 in " + old + " comes before the version that Lockstep was built with, 1.51.0",
                finding.found());
    }

    @Test
    void anotherAeronThatComesSecondIsAWarningThatNamesBoth() throws IOException {
        Path old = jar("aeron-all-1.32.0.jar", "io/aeron/Aeron.class", "1.32.0");
        Path ours = jar("aeron-client-1.51.0.jar", "io/aeron/Aeron.class", "1.51.0");
        Finding finding = examine(Map.of("aeron", "1.51.0"), ours, old);

        assertEquals(Finding.Verdict.WARN, finding.verdict());
        assertEquals("twice: aeron in [" + ours + ", " + old + "]", finding.found());
    }

    @Test
    void partsOfJacksonThatDoNotBelongTogetherAreAFailure() throws IOException {
        Path databind = jar("a.jar", "com/fasterxml/jackson/databind/ObjectMapper.class", "2.15.2");
        Path core = jar("b.jar", "com/fasterxml/jackson/core/JsonFactory.class", "2.10.0");
        Finding finding = examine(Map.of(), databind, core);

        assertEquals(Finding.Verdict.FAIL, finding.verdict());
        assertEquals("jackson 2.15 meets a jackson-core 2.10", finding.found());
    }

    private static Finding examine(Map<String, String> built, Path... jars) throws IOException {
        URL[] urls = new URL[jars.length];
        for (int i = 0; i < jars.length; i++) {
            urls[i] = jars[i].toUri().toURL();
        }
        try (URLClassLoader loader = new URLClassLoader(urls, /* parent */ null)) {
            return LibraryProbes.examine(loader, built);
        }
    }

    private Path jar(String name, String entry, String version) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
        Path jar = folder.resolve(name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest)) {
            out.putNextEntry(new ZipEntry(entry));
            out.closeEntry();
        }
        return jar;
    }
}
