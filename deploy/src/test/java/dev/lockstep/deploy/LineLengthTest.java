package dev.lockstep.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lockstep.deploy.SourceTree.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Comments keep to the 120 columns that the formatter gives code; it leaves comments and literals as they are. */
class LineLengthTest {
    private static final int COLUMNS = 120;
    private static final String TEXT_BLOCK = "\"\"\"";

    @Test
    void commentsKeepTo120Columns() throws IOException {
        List<String> longer = new ArrayList<>();
        for (Source source : SourceTree.all()) {
            longer.addAll(longComments(source));
        }

        assertEquals(List.of(), longer);
    }

    @Test
    void findsALongCommentAndNoLiteral() {
        String longWords = "word ".repeat(30);
        Source source = new Source(
                Path.of("A.java"),
                String.join(
                        "\n",
                        "/** " + longWords + "*/",
                        "String s = \"" + longWords + "\";",
                        "String t = " + TEXT_BLOCK,
                        "    * " + longWords + TEXT_BLOCK + ";",
                        "    // " + longWords));

        assertEquals(List.of("A.java:1", "A.java:5"), longComments(source));
    }

    private static List<String> longComments(Source source) {
        List<String> found = new ArrayList<>();
        boolean block = false;
        int number = 0;
        for (String line : source.text().lines().toList()) {
            number++;
            boolean comment = !block && line.strip().matches("(//|/\\*|\\*).*");
            if (comment && line.codePointCount(0, line.length()) > COLUMNS) {
                found.add(source.path() + ":" + number);
            }
            boolean turns = line.split(TEXT_BLOCK, -1).length % 2 == 0;
            block = turns != block;
        }
        return found;
    }
}
