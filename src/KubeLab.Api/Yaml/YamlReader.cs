using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeLab.Api.Yaml;

/// <summary>Turns YAML events into JSON nodes, and remembers where they stood.</summary>
internal sealed class YamlReader
{
    /// <summary>Deeper nesting is refused before it can exhaust the stack.</summary>
    private const int MaxDepth = 500;

    /// <summary>How many nodes aliases may add: far more than any manifest needs, and far less than an alias bomb.</summary>
    private const int MaxAliasedNodes = 100_000;

    private readonly Scanner scanner;
    private readonly Parser parser;
    private readonly Dictionary<AnchorName, YamlPart> anchors = [];
    private readonly string text;
    private readonly string? source;
    private int aliasedNodes;
    private int depth;

    public YamlReader(string text, string? source)
    {
        // A byte order mark says how a file is encoded, and is no part of its first name.
        text = text.StartsWith('\uFEFF') ? text[1..] : text;
        (this.text, this.source) = (text, source);
        scanner = new Scanner(new StringReader(text), skipComments: true);
        parser = new Parser(scanner);
    }

    public List<YamlDocument> Read()
    {
        try
        {
            return ReadStream();
        }
        catch (YamlException error)
        {
            throw YamlProblem.Describe(error, text, source);
        }
        catch (InvalidOperationException)
        {
            throw YamlProblem.CutOff(scanner.CurrentPosition, source);
        }
    }

    private List<YamlDocument> ReadStream()
    {
        var documents = new List<YamlDocument>();
        parser.Consume<StreamStart>();
        while (parser.TryConsume<DocumentStart>(out _))
        {
            anchors.Clear();
            var part = ReadPart();
            parser.Consume<DocumentEnd>();
            if (part.Node is { } root)
            {
                documents.Add(new YamlDocument(root, source, part.Position));
            }
        }

        parser.Consume<StreamEnd>();
        return documents;
    }

    private YamlPart ReadPart()
    {
        if (++depth > MaxDepth)
        {
            throw Error($"exceeded max depth of {MaxDepth}", parser.Current!.Start);
        }

        var part = parser.Current switch
        {
            AnchorAlias => ReadAlias(),
            Scalar => ReadScalar(),
            SequenceStart => ReadSequence(),
            MappingStart => ReadMapping(),
            var other => throw Error("did not find expected node content", other!.Start),
        };
        depth--;
        return part;
    }

    private YamlPart ReadAlias()
    {
        var alias = parser.Consume<AnchorAlias>();
        if (!anchors.TryGetValue(alias.Value, out var part))
        {
            throw Error($"unknown anchor '{alias.Value}' referenced", alias.Start);
        }

        if (part.Size == 0)
        {
            throw Error($"anchor '{alias.Value}' value contains itself", alias.Start);
        }

        aliasedNodes += part.Size;
        if (aliasedNodes > MaxAliasedNodes)
        {
            throw Error("document contains excessive aliasing", alias.Start);
        }

        return part with { Node = part.Node?.DeepClone(), Position = part.Position.At(alias.Start.Line, alias.Start.Column) };
    }

    private YamlPart ReadScalar()
    {
        var scalar = parser.Consume<Scalar>();
        try
        {
            return Remember(scalar.Anchor, new YamlPart(YamlScalar.ToJson(scalar), Place(scalar.Start), 1));
        }
        catch (FormatException error)
        {
            throw Error(error.Message, scalar.Start);
        }
    }

    private YamlPart ReadSequence()
    {
        var start = parser.Consume<SequenceStart>();
        Forbid(start.Anchor, start.Start);
        var (array, position, size) = (new JsonArray(), Place(start.Start), 1);
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            var part = ReadPart();
            position.Add(array.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), part.Position);
            array.Add(part.Node);
            size += part.Size;
        }

        return Remember(start.Anchor, new YamlPart(array, position, size));
    }

    private YamlPart ReadMapping()
    {
        var start = parser.Consume<MappingStart>();
        Forbid(start.Anchor, start.Start);
        var (map, position, size) = (new JsonObject(), Place(start.Start), 1);
        var merged = new List<JsonObject>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            var place = parser.Current!.Start;
            if (parser.Current is not Scalar scalar)
            {
                throw Error($"invalid map key: {(parser.Current is AnchorAlias ? "alias" : "a map or a list")}", place);
            }

            parser.MoveNext();
            Remember(scalar.Anchor, new YamlPart(JsonValue.Create(scalar.Value), Place(place), 1));
            var value = ReadPart();
            size += value.Size;
            if (scalar is { Style: ScalarStyle.Plain, Value: "<<" })
            {
                AddMerged(merged, value.Node, place);
                continue;
            }

            var key = YamlScalar.ToKey(scalar) ?? throw Error("unsupported map key of type: %!s(<nil>), key: <nil>", place);
            if (map.ContainsKey(key))
            {
                throw AlreadySet(key, place);
            }

            map[key] = value.Node;
            position.Add(key, value.Position.At(place.Line, place.Column));
        }

        // What is written out wins over what is merged in, and the first of several merged maps over the others.
        foreach (var (key, value) in merged.SelectMany(other => other.ToArray()))
        {
            if (!map.ContainsKey(key))
            {
                map[key] = value?.DeepClone();
            }
        }

        return Remember(start.Anchor, new YamlPart(map, position, size));
    }

    private void AddMerged(List<JsonObject> merged, JsonNode? node, Mark place)
    {
        switch (node)
        {
            case JsonObject map:
                merged.Add(map);
                break;
            case JsonArray list when list.All(element => element is JsonObject):
                merged.AddRange(list.Select(element => (JsonObject)element!));
                break;
            default:
                throw Error("map merge requires map or sequence of maps as the value", place);
        }
    }

    /// <summary>An anchor without size marks a value that is still being read.</summary>
    private void Forbid(AnchorName anchor, Mark place)
    {
        if (!anchor.IsEmpty)
        {
            anchors[anchor] = new YamlPart(null, Place(place), 0);
        }
    }

    private YamlPart Remember(AnchorName anchor, YamlPart part)
    {
        if (!anchor.IsEmpty)
        {
            anchors[anchor] = part;
        }

        return part;
    }

    private YamlSyntaxException Error(string problem, Mark place) => new(problem, source, place.Line, place.Column);

    private YamlSyntaxException AlreadySet(string key, Mark place)
    {
        var problem = $"key {GoQuote.Quote(key)} already set in map";
        return new(
            problem, source, place.Line, place.Column,
            $"error converting YAML to JSON: yaml: unmarshal errors:\n  line {place.Line}: {problem}");
    }

    private static YamlPosition Place(Mark mark) => new(mark.Line, mark.Column);

    private readonly record struct YamlPart(JsonNode? Node, YamlPosition Position, int Size);
}
