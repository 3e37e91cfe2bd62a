namespace KubeLab.Nodes.Stages;

/// <summary>Reads one stage from its YAML document and says which file and field is wrong.</summary>
internal static class StageReader
{
    /// <exception cref="InvalidDataException">A word is unknown or a field is missing.</exception>
    public static Stage Read(string file, string text)
    {
        var document = EmbeddedData.Yaml<Document>(file, text);
        var facts = Facts.None;
        LifeState? from = null;
        foreach (var (fact, value) in document.When)
        {
            if (fact == "state")
            {
                from = Word<LifeState>(file, value);
            }
            else
            {
                facts |= Word<Facts>(file, $"{fact}-{value}");
            }
        }

        return new Stage
        {
            Name = document.Name,
            From = from ?? throw new InvalidDataException($"data/{file}: when.state is missing"),
            Requires = facts,
            Delay = ReadDelay(file, document.Delay),
            Next = Word<LifeState>(file, document.Next),
            Events = [.. document.Events.Select(e => new StageEvent(e.Type == "Warning", e.Reason, new TextTemplate(e.Message)))],
            WaitingReason = document.Waiting?.Reason,
            WaitingMessage = document.Waiting is { Message: { } message } ? new TextTemplate(message) : null,
            PostsStatus = document.Status,
        };
    }

    private static Delay ReadDelay(string file, DelayDocument? delay)
    {
        if (delay is null)
        {
            return Delay.None;
        }

        if (delay.Computed is { } source)
        {
            return new Delay { Kind = DelayKind.Computed, Source = Word<DelaySource>(file, source) };
        }

        if (string.IsNullOrEmpty(delay.Basis))
        {
            throw new InvalidDataException($"data/{file}: delay.basis is missing; say where the figure comes from, or \"assumption\"");
        }

        return new Delay
        {
            Kind = Word<DelayKind>(file, delay.Distribution),
            Mean = delay.Mean,
            Cv = delay.Cv,
            Min = delay.Min,
            Max = delay.Max ?? double.PositiveInfinity,
        };
    }

    private static T Word<T>(string file, string word)
        where T : struct, Enum =>
        Enum.TryParse<T>(word.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var value)
            ? value
            : throw new InvalidDataException($"data/{file}: \"{word}\" is not a known {typeof(T).Name}");

    private sealed class Document
    {
        public string Name { get; set; } = "";

        public Dictionary<string, string> When { get; set; } = [];

        public DelayDocument? Delay { get; set; }

        public string Next { get; set; } = "";

        public WaitingDocument? Waiting { get; set; }

        public List<EventDocument> Events { get; set; } = [];

        public bool Status { get; set; }
    }

    private sealed class DelayDocument
    {
        public string? Computed { get; set; }

        public string Distribution { get; set; } = "constant";

        public double Mean { get; set; }

        public double Cv { get; set; }

        public double Min { get; set; }

        public double? Max { get; set; }

        public string? Basis { get; set; }
    }

    private sealed class WaitingDocument
    {
        public string Reason { get; set; } = "";

        public string? Message { get; set; }
    }

    private sealed class EventDocument
    {
        public string Type { get; set; } = "Normal";

        public string Reason { get; set; } = "";

        public string Message { get; set; } = "";
    }
}
