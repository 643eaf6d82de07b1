package dev.lockstep.driver.yaml;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.lockstep.driver.JobFileException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Reads YAML text into nodes that know their line. One document; a key may occur once; aliases stand for what their anchor marks. */
public final class YamlTree {
    private static final YAMLFactory FACTORY = new YAMLFactory();

    /** Bounds what a file of nested aliases can unfold to. */
    private static final int MAX_ALIASES = 100;

    private static final Pattern LINE = Pattern.compile("\\bin [^\n]*, line ([0-9]+),");

    private final YAMLParser parser;
    private final String source;
    private final boolean hasLines;
    private final Map<String, Node> anchors = new HashMap<>();
    private int aliases;

    private YamlTree(YAMLParser parser, String source, boolean hasLines) {
        this.parser = parser;
        this.source = source;
        this.hasLines = hasLines;
    }

    /** @param source what errors call the file */
    public static Node ofFile(String source, String text) {
        return read(source, text, /* hasLines */ true);
    }

    /** Reads the value of a command-line argument. */
    static Node ofArgument(String argument, String text) {
        return read(argument, text, /* hasLines */ false);
    }

    private static Node read(String source, String text, boolean hasLines) {
        try (YAMLParser parser = FACTORY.createParser(text)) {
            return new YamlTree(parser, source, hasLines).document();
        } catch (JsonProcessingException e) {
            throw new JobFileException(
                    new Place(source, hasLines ? lineOf(e) : 0) + ": YAML cannot be read: " + reason(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Node document() throws IOException {
        JsonToken first = parser.nextToken();
        if (first == null) {
            return new Node.Scalar(new Place(source, hasLines ? 1 : 0), null);
        }

        Node node = node(first);
        if (parser.nextToken() != null) {
            throw new JobFileException(here() + ": A second document begins: only one is read");
        }
        return node;
    }

    private Node node(JsonToken token) throws IOException {
        if (parser.isCurrentAlias()) {
            return aliased(parser.getText());
        }

        String anchor = parser.getObjectId();
        Node node =
                switch (token) {
                    case START_OBJECT -> fields();
                    case START_ARRAY -> items();
                    case VALUE_NULL -> new Node.Scalar(here(), null);
                    default -> new Node.Scalar(here(), parser.getText());
                };
        if (anchor != null) {
            anchors.put(anchor, node);
        }
        return node;
    }

    private Node fields() throws IOException {
        Place place = here();
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = parser.getText();
            Place keyPlace = here();
            Node.Field before = fields.get(key);
            if (before != null) {
                throw new JobFileException(
                        keyPlace + ": Key occurs twice: key=" + key + ", first at " + before.place());
            }
            fields.put(key, new Node.Field(keyPlace, node(parser.nextToken())));
        }
        return new Node.Fields(place, fields);
    }

    private Node items() throws IOException {
        Place place = here();
        List<Node> items = new ArrayList<>();
        for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
            items.add(node(token));
        }
        return new Node.Items(place, items);
    }

    private Node aliased(String anchor) {
        Node node = anchors.get(anchor);
        if (node == null) {
            throw new JobFileException(here() + ": Alias has no anchor before it: alias=*" + anchor);
        }
        if (++aliases > MAX_ALIASES) {
            throw new JobFileException(here() + ": Too many aliases: limit=" + MAX_ALIASES);
        }
        return node;
    }

    private Place here() {
        return new Place(source, hasLines ? parser.currentTokenLocation().getLineNr() : 0);
    }

    /** The last line that the parser's message names; its own location may be a token behind. */
    private static int lineOf(JsonProcessingException e) {
        return LINE.matcher(e.getOriginalMessage())
                .results()
                .mapToInt(found -> Integer.parseInt(found.group(1)))
                .max()
                .orElse(e.getLocation() == null ? 0 : e.getLocation().getLineNr());
    }

    /** The last sentence of the parser's message, without its drawings of the line. */
    private static String reason(JsonProcessingException e) {
        List<String> sentences = e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isEmpty() && !line.startsWith(" "))
                .toList();
        return sentences.isEmpty() ? "unknown reason" : sentences.get(sentences.size() - 1);
    }
}
