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
    private record Anchored(YamlNode node, long size) {}

    private YamlTree(Parser parser, String source, boolean hasLines) {
        this.parser = parser;
        this.source = source;
        this.hasLines = hasLines;
    }

    /** @param source what errors call the file */
    public static YamlNode ofFile(String source, String text) {
        return read(source, text, /* hasLines */ true);
    }

    /** Reads the value of a command-line argument. */
    public static YamlNode ofArgument(String argument, String text) {
        return read(argument, text, /* hasLines */ false);
    }

    private static YamlNode read(String source, String text, boolean hasLines) {
        LoaderOptions options = new LoaderOptions();
        // What was fitted to wide data fills more than the 3 MiB that the parser takes by default.
        options.setCodePointLimit(Integer.MAX_VALUE);
        try {
            Parser parser = new ParserImpl(new StreamReader(text), options);
            return new YamlTree(parser, source, hasLines).document();
        } catch (MarkedYAMLException e) {
            throw unreadable(new SourceLine(source, hasLines ? line(e.getProblemMark()) : 0), e.getProblem(), e);
        } catch (YAMLException e) {
            throw unreadable(new SourceLine(source, hasLines ? 1 : 0), e.getMessage(), e);
        }
    }

    private static JobFileException unreadable(SourceLine place, String reason, YAMLException e) {
        String line = String.valueOf(reason).replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
        return new JobFileException(place + ": YAML cannot be read: " + line, e);
    }

    private YamlNode document() {
        Event begin = parser.getEvent();
        if (parser.checkEvent(Event.ID.StreamEnd)) {
            return new YamlNode.Scalar(place(begin), null);
        }

        Event unusedStart = parser.getEvent();
        YamlNode node = node(parser.getEvent());
        Event unusedEnd = parser.getEvent();
        if (!parser.checkEvent(Event.ID.StreamEnd)) {
            throw new JobFileException(place(parser.peekEvent()) + ": A second document begins: only one is read");
        }
        return node;
    }

    private YamlNode node(Event event) {
        if (event instanceof AliasEvent alias) {
            return aliased(alias);
        }

        long before = nodes++;
        YamlNode node = deeper(event);
        String anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.put(anchor, new Anchored(node, nodes - before));
        }
        return node;
    }

    private YamlNode deeper(Event event) {
        if (++depth > MAX_DEPTH) {
            throw new JobFileException(place(event) + ": Nested too deep: limit=" + MAX_DEPTH + " levels");
        }
        YamlNode node =
                switch (event.getEventId()) {
                    case MappingStart -> fields(place(event));
                    case SequenceStart -> items(place(event));
                    default -> new YamlNode.Scalar(place(event), text((ScalarEvent) event));
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

    private YamlNode fields(SourceLine place) {
        Map<String, YamlNode.Field> fields = new LinkedHashMap<>();
        for (Event event = parser.getEvent(); !event.is(Event.ID.MappingEnd); event = parser.getEvent()) {
            SourceLine keyPlace = place(event);
            String key = key(event);
            YamlNode.Field before = fields.get(key);
            if (before != null) {
                throw new JobFileException(
                        keyPlace + ": Key occurs twice: key=" + key + ", first at " + before.place());
            }
            fields.put(key, new YamlNode.Field(keyPlace, node(parser.getEvent())));
        }
        return new YamlNode.Fields(place, fields);
    }

    private String key(Event event) {
        if (node(event) instanceof YamlNode.Scalar scalar) {
            return String.valueOf(scalar.text());
        }
        throw new JobFileException(place(event) + ": A key must be one value");
    }

    private YamlNode items(SourceLine place) {
        List<YamlNode> items = new ArrayList<>();
        for (Event event = parser.getEvent(); !event.is(Event.ID.SequenceEnd); event = parser.getEvent()) {
            items.add(node(event));
        }
        return new YamlNode.Items(place, items);
    }

    private YamlNode aliased(AliasEvent alias) {
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

    private SourceLine place(Event event) {
        return new SourceLine(source, hasLines ? line(event.getStartMark()) : 0);
    }

    private static int line(Mark mark) {
        return mark == null ? 1 : mark.getLine() + 1;
    }
}
