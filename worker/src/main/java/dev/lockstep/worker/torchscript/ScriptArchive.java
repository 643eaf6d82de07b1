package dev.lockstep.worker.torchscript;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The ZIP archive that a TorchScript file is, looked at before libtorch sees it: loading alone can run code of the
 * file.
 *
 * <p>libtorch's language has two operators that reach for files, {@code from_file} and {@code save}. Source code that
 * names one is refused, however it is written down: a word in a string can become a call through {@code getattr}.
 */
final class ScriptArchive {
    /** Of what is compressed, which is code and never the weights. */
    private static final long UNPACKED_LIMIT = 64L << 20;

    /** A method of that name may be defined, but not called. */
    private static final Pattern REACHING =
            Pattern.compile("\\b(from_file)\\b|(?<!def )\\b(save)\\s*\\(|[\"'](save)[\"']");

    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:x([0-9a-fA-F]{2})|([0-7]{3}))");
    /** Literals side by side are one. */
    private static final Pattern SEAM = Pattern.compile("[\"']\\s*[\"']");

    private ScriptArchive() {}

    /**
     * Refuses a file that unpacks to far more than a program needs, or whose code reaches for files.
     *
     * @throws IllegalArgumentException that says where
     */
    static void requireHarmless(Path file) throws IOException {
        try (ZipFile archive = new ZipFile(file.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(archive.entries());
            requireSmall(entries);
            for (ZipEntry entry : entries) {
                if (entry.getName().endsWith(".py")) {
                    requireHarmless(entry.getName(), text(archive, entry));
                }
            }
        }
    }

    private static void requireSmall(List<? extends ZipEntry> entries) {
        long unpacked = entries.stream()
                .filter(entry -> entry.getMethod() != ZipEntry.STORED)
                .mapToLong(ZipEntry::getSize)
                .sum();
        if (unpacked > UNPACKED_LIMIT) {
            throw new IllegalArgumentException("TorchScript unpacks to more than a program needs: unpacked=" + unpacked
                    + " bytes, limit=" + UNPACKED_LIMIT);
        }
    }

    private static String text(ZipFile archive, ZipEntry entry) throws IOException {
        try (InputStream in = archive.getInputStream(entry)) {
            return new String(in.readNBytes((int) UNPACKED_LIMIT), StandardCharsets.UTF_8);
        }
    }

    static void requireHarmless(String name, String code) {
        String plain = ESCAPE.matcher(code)
                .replaceAll(found -> Matcher.quoteReplacement(String.valueOf((char)
                        (found.group(1) == null
                                ? Integer.parseInt(found.group(2), 8)
                                : Integer.parseInt(found.group(1), 16)))));
        for (String reading : List.of(code, SEAM.matcher(plain).replaceAll(""))) {
            Matcher reaching = REACHING.matcher(reading);
            if (reaching.find()) {
                throw new UntrustedScriptException("TorchScript has an operator that reads or writes files: found="
                        + reaching.group().strip() + ", in=" + name);
            }
        }
    }
}
