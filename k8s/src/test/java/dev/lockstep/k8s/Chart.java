package dev.lockstep.k8s;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The chart, as the real Helm engine renders it. */
public final class Chart {
    static final Path FOLDER = Path.of("chart");
    /** Of the release, and of its namespace. */
    static final String NAME = "lockstep";
    /** Of the versions of Kubernetes that it is for. */
    private static final String OLDEST = "1.26.0";

    private Chart() {}

    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    /** All resources as one text, with a comment before each that names its template. */
    static String text() {
        return template(NAME, NAME).call();
    }

    private static TemplateCommand template(String release, String namespace) {
        return new Helm(FOLDER)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion(OLDEST);
    }

    /** @param values as in a values file, over the chart's own */
    static String text(String values) throws IOException {
        return text(NAME, NAME, values);
    }

    private static String text(String release, String namespace, String values) throws IOException {
        Path file = Files.createTempFile("values", ".yaml");
        try {
            Files.writeString(file, values);
            return template(release, namespace).withValuesFile(file).call();
        } finally {
            Files.delete(file);
        }
    }

    public static Resources resources(String values) throws IOException {
        return Resources.of(text(values));
    }

    static Resources resources(String release, String namespace, String values) throws IOException {
        return Resources.of(text(release, namespace, values));
    }

    public static Resources resources() {
        return Resources.of(text());
    }

    /** The names of its templates that make resources. */
    static List<String> templates() throws IOException {
        try (var files = Files.list(FOLDER.resolve("templates"))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }
}
