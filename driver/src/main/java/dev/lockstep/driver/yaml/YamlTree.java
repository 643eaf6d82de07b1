package dev.lockstep.driver.yaml;

import dev.lockstep.driver.JobFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.Parser;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads YAML text into nodes that know their line. One document; a key may occur once; aliases stand for what their
 * anchor marks.
 */
public final class YamlTree {
    /**
     * Bounds what a short file of aliases can unfold to: each stands for all that its anchor marks, aliases included.
     */
    private static final long MAX_ALIASED = 100_000;

    /** Bounds how deep whatever walks the tree goes. A block of layers in a block is three levels deeper. */
    private static final int MAX_DEPTH = 200;

    private static final Resolver RESOLVER = new Resolver();

    private final Parser parser;
    private final String source;
    private final boolean hasLines;
    private final Map<String, Anchored> anchors = new HashMap<>();
    private long nodes;
    private long aliased;
    private int depth;

    /** @param size how many nodes there are in it, those of aliases counted each time */
    private record Anchored(Node node, long size) {}

    private YamlTree(Parser parser, String source, boolean hasLines) {
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
        LoaderOptions options = new LoaderOptions();
        // What was fitted to wide data fills more than the 3 MiB that the parser takes by default.
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            Parser parser = new ParserImpl(new StreamReader(text), options);
            return new YamlTree(parser, source, hasLines).document();
        } catch (MarkedYAMLException e) {
            throw unreadable(new Place(source, hasLines ? line(e.getProblemMark()) : 0), e.getProblem(), e);
        } catch (YAMLException e) {
            String reason = String.valueOf(e.getMessage()).replaceAll("\\s*\\R\\s*", " ");
            throw unreadable(new Place(source, hasLines ? 1 : 0), reason, e);
        }
    }

    private static JobFileException unreadable(Place place, String reason, YAMLException e) {
        return new JobFileException(place + ": YAML cannot be read: " + reason, e);
    }

    private Node document() {
        Event begin = parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return new Node.Scalar(place(begin), null);
        }

        Event unusedStart = parser.getEvent();
        Node node = node(parser.getEvent());
        Event unusedEnd = parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new JobFileException(place(parser.peekEvent()) + ": A second document begins: only one is read");
        }
        return node;
    }

    private Node node(Event event) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }

        long before = nodes++;
        Node node = deeper(event);
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, nodes - before));
        }
        return node;
    }

    private Node deeper(Event event) {
        if (++depth > MAX_DEPTH) {
            throw new JobFileException(place(event) + ": Nested too deep: limit=" + MAX_DEPTH + " levels");
        }
        Node node =
                switch (event.getEventId()) {
                    case MappingStart -> fields(place(event));
                    case SequenceStart -> items(place(event));
                    default -> new Node.Scalar(place(event), text((ScalarEvent) event));
                };
        depth--;
        return node;
    }

    /** Null for a value that YAML takes for nothing. */
    private static String text(ScalarEvent scalar) {
        boolean isPlain = scalar.getImplicit().canOmitTagInPlainScalar();
        return isPlain
                        && RESOLVER.resolve(NodeId.scalar, scalar.getValue(), true)
                                .equals(Tag.NULL)
                ? null
                : scalar.getValue();
    }

    private Node fields(Place place) {
        Map<String, Node.Field> fields = new LinkedHashMap<>();
        for (Event event = parser.getEvent(); !event.is(Event.ID.MappingEnd); event = parser.getEvent()) {
            Place keyPlace = place(event);
            String key = key(event);
            Node.Field before = fields.get(key);
            if (before != null) {
                throw new JobFileException(
                        keyPlace + ": Key occurs twice: key=" + key + ", first at " + before.place());
            }
            fields.put(key, new Node.Field(keyPlace, node(parser.getEvent())));
        }
        return new Node.Fields(place, fields);
    }

    private String key(Event event) {
        if (node(event) instanceof Node.Scalar scalar) {
            return String.valueOf(scalar.text());
        }
        throw new JobFileException(place(event) + ": A key must be one value");
    }

    private Node items(Place place) {
        List<Node> items = new ArrayList<>();
        for (Event event = parser.getEvent(); !event.is(Event.ID.SequenceEnd); event = parser.getEvent()) {
            items.add(node(event));
        }
        return new Node.Items(place, items);
    }

    private Node aliased(AliasEvent alias) {
        Anchored marked = anchors.get(alias.getAnchor());
        if (marked == null) {
            throw new JobFileException(place(alias) + ": Alias has no anchor before it: alias=*" + alias.getAnchor());
        }

        nodes += marked.size();
        aliased += marked.size();
        if (aliased > MAX_ALIASED) {
            throw new JobFileException(place(alias) + ": Aliases stand for too many values: alias=*" + alias.getAnchor()
                    + ", values=" + aliased + ", limit=" + MAX_ALIASED);
        }
        return marked.node();
    }

    private Place place(Event event) {
        return new Place(source, hasLines ? line(event.getStartMark()) : 0);
    }

    private static int line(Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }
}
