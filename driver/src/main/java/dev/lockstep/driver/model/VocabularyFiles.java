package dev.lockstep.driver.model;

import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.job.ModelFile;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Categories that are too many for {@code model.yaml}: a file beside it for each column, one category a line, in the
 * order of their numbers. A backslash stands before what would end a line, and before itself.
 */
final class VocabularyFiles {
    /** So many are still easily read in the file of all else. */
    private static final int FEW = 1000;

    private VocabularyFiles() {}

    /** Makes files of the folder. */
    interface Making {
        OutputStream make(String name) throws IOException;
    }

    /** Writes the files, and gives what is left for {@code model.yaml}. */
    static ModelFile write(ModelFile file, Making files) throws IOException {
        List<Vocabulary> described = new ArrayList<>();
        for (Vocabulary vocabulary : file.encoding().categories()) {
            boolean many = vocabulary.words().size() > FEW;
            String name = "vocabulary-" + (described.size() + 1) + ".txt";
            described.add(many ? vocabulary.in(name) : vocabulary);
            if (many) {
                write(vocabulary.words(), files.make(name));
            }
        }
        return file.categories(described);
    }

    private static void write(List<String> words, OutputStream file) throws IOException {
        try (Writer out = new BufferedWriter(new OutputStreamWriter(file, StandardCharsets.UTF_8))) {
            for (String word : words) {
                out.write(word.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r"));
                out.write('\n');
            }
        }
    }

    /** Undoes {@link #write}. */
    static ModelFile read(ModelFile file, ModelReader.Opening files) throws IOException {
        List<Vocabulary> read = new ArrayList<>();
        for (Vocabulary vocabulary : file.encoding().categories()) {
            read.add(vocabulary.file() == null ? vocabulary : vocabulary.of(words(files.open(vocabulary.file()))));
        }
        return file.categories(read);
    }

    private static List<String> words(InputStream file) throws IOException {
        List<String> words = new ArrayList<>();
        try (BufferedReader in = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                words.add(line.indexOf('\\') < 0 ? line : plain(line));
            }
        }
        return words;
    }

    private static String plain(String line) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char next = line.charAt(i);
            if (next == '\\') {
                i++;
                next = switch (line.charAt(i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> line.charAt(i);
                };
            }
            word.append(next);
        }
        return word.toString();
    }
}
