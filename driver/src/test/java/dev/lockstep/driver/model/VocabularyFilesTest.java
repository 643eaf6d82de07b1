package dev.lockstep.driver.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.lockstep.driver.data.encoding.Encoding;
import dev.lockstep.driver.data.encoding.Vocabulary;
import dev.lockstep.driver.data.preprocess.Chain;
import dev.lockstep.driver.job.Features;
import dev.lockstep.driver.job.Model;
import dev.lockstep.driver.job.ModelFile;
import dev.lockstep.losses.BceWithLogits;
import dev.lockstep.worker.layer.Linear;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model keeps its categories, few in {@code model.yaml} and many beside it. */
class VocabularyFilesTest {
    @TempDir
    private Path folder;

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        List<String> many =
                new ArrayList<>(List.of(" ", "a\nb", "c\rd", "\\n", "e\\", "~", "Zürich", "\u0085", "x,\"y\""));
        IntStream.range(0, 2000).mapToObj(i -> "word " + i).forEach(many::add);
        List<Vocabulary> vocabularies = List.of(
                new Vocabulary("few", 2, true, List.of("a\nb", "~", "c")), new Vocabulary("many", 3, false, many));
        ModelFile file = new ModelFile(
                        Model.layers(new Linear(1)),
                        List.of(0),
                        Features.NONE,
                        List.of("y"),
                        Chain.NONE,
                        new BceWithLogits(),
                        List.of(),
                        0)
                .encoding(Encoding.NONE.categories(vocabularies));
        ModelFolder model = new ModelFolder(
                new org.apache.hadoop.fs.Path(folder.resolve("model").toUri()), new Configuration());
        model.write(file, Weights.zeros(Networks.of(file.model(), file.form(), new Configuration())));

        ModelFile read = model.read().file();
        assertEquals(vocabularies, read.encoding().categories());
        assertEquals(Features.NONE, read.features());
        assertEquals(List.of(2), read.form().example());
        assertEquals(
                many.size(),
                Files.readAllLines(folder.resolve("model/vocabulary-2.txt")).size());
        assertFalse(Files.exists(folder.resolve("model/vocabulary-1.txt")));
    }
}
