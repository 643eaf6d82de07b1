package dev.lockstep.deploy.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Libraries that break where two versions of them meet, or where another one comes first than Lockstep was built with.
 */
final class LibraryProbes {
    private static final String SUBJECT = "class path";
    private static final String UNKNOWN = "unknown";
    private static final String OWN = "Lockstep's own";

    /** One class of each. */
    private static final Map<String, String> SENSITIVE = sensitive();

    private LibraryProbes() {}

    private static Map<String, String> sensitive() {
        Map<String, String> types = new LinkedHashMap<>();
        types.put("aeron", "io.aeron.Aeron");
        types.put("agrona", "org.agrona.DirectBuffer");
        types.put("javacpp", "org.bytedeco.javacpp.Loader");
        types.put("jackson", "com.fasterxml.jackson.databind.ObjectMapper");
        types.put("jackson-core", "com.fasterxml.jackson.core.JsonFactory");
        types.put("netty", "io.netty.util.Version");
        types.put("snakeyaml", "org.yaml.snakeyaml.Yaml");
        types.put("slf4j", "org.slf4j.LoggerFactory");
        types.put("picocli", "picocli.CommandLine");
        return types;
    }

    static Finding examine() throws IOException {
        return examine(Thread.currentThread().getContextClassLoader(), builtWith());
    }

    /**
     * @param loader whose first copy of a class is the one that is used
     * @param built the versions that must come first; Spark brings the others
     */
    static Finding examine(ClassLoader loader, Map<String, String> built) throws IOException {
        List<String> others = new ArrayList<>();
        List<String> twice = new ArrayList<>();
        Map<String, String> found = new LinkedHashMap<>();
        for (Map.Entry<String, String> library : SENSITIVE.entrySet()) {
            String resource = library.getValue().replace('.', '/') + ".class";
            List<URL> copies = Collections.list(loader.getResources(resource));
            if (copies.isEmpty()) {
                continue;
            }
            String wanted = built.get(library.getKey());
            String version = version(copies.get(0));
            found.put(library.getKey(), version);
            if (wanted != null && isKnown(version) && !version.equals(wanted)) {
                others.add(library.getKey() + " " + version + " in " + place(copies.get(0))
                        + " comes before the version that Lockstep was built with, " + wanted);
            } else if (copies.size() > 1) {
                twice.add(library.getKey() + " in "
                        + copies.stream().map(LibraryProbes::place).toList());
            }
        }
        String databind = minor(found.getOrDefault("jackson", UNKNOWN));
        String core = minor(found.getOrDefault("jackson-core", UNKNOWN));
        if (isKnown(databind) && isKnown(core) && !databind.equals(core)) {
            others.add("jackson " + databind + " meets a jackson-core " + core);
        }
        return finding(found, others, twice);
    }

    /** {@code 2.15} of {@code 2.15.2}. */
    private static String minor(String version) {
        return version.replaceFirst("^(\\d+\\.\\d+).*", "$1");
    }

    private static boolean isKnown(String version) {
        return Character.isDigit(version.charAt(0));
    }

    private static Finding finding(Map<String, String> found, List<String> others, List<String> twice) {
        if (!others.isEmpty()) {
            return Finding.fail(
                    SUBJECT,
                    String.join("; ", others),
                    "Take it off the class path: out of Spark's jars, spark.jars and extraClassPath");
        }
        return twice.isEmpty()
                ? Finding.ok(SUBJECT, "each library once: " + found)
                : Finding.warn(
                        SUBJECT, "twice: " + String.join("; ", twice), "Take all but one of them off the class path");
    }

    private static Map<String, String> builtWith() {
        Properties read = new Properties();
        try (InputStream in = LibraryProbes.class.getResourceAsStream("libraries.properties")) {
            read.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> versions = new LinkedHashMap<>();
        read.stringPropertyNames().forEach(name -> versions.put(name, read.getProperty(name)));
        return versions;
    }

    /** What the jar says of itself. */
    private static String version(URL type) throws IOException {
        URLConnection connection = type.openConnection();
        if (!(connection instanceof JarURLConnection jar)) {
            return UNKNOWN;
        }
        // Else the jar stays open until the process ends, under another name than its loader's.
        jar.setUseCaches(false);
        try (JarFile file = jar.getJarFile()) {
            Manifest manifest = file.getManifest();
            Attributes said = manifest == null ? new Attributes() : manifest.getMainAttributes();
            boolean isOurs = String.valueOf(said.getValue("Main-Class")).startsWith("dev.lockstep.");
            String version = said.getValue(Attributes.Name.IMPLEMENTATION_VERSION);
            version = version == null ? said.getValue("Bundle-Version") : version;
            return isOurs ? OWN : version == null || version.isEmpty() ? UNKNOWN : version;
        }
    }

    private static String place(URL type) {
        return type.getPath().replaceFirst("!.*", "").replaceFirst("^file:", "");
    }
}
