using System.Globalization;

namespace KubeLab.Loads;

/// <summary>A recorded load: from which second on how many requests came per second.</summary>
internal sealed class LoadTrace
{
    private const string Folder = "traces/";
    private const string Ending = ".csv";
    private const string Heading = "seconds,requests_per_second";

    private readonly List<(TimeSpan From, double PerSecond)> rows;

    private LoadTrace(List<(TimeSpan, double)> rows) => this.rows = rows;

    /// <summary>After which time it begins again: that of its last row.</summary>
    public TimeSpan Length => rows[^1].From;

    /// <summary>Its rates, multiplied.</summary>
    public IReadOnlyList<(TimeSpan From, double PerSecond)> Steps(double times) => [.. rows.SkipLast(1).Select(r => (r.From, r.PerSecond * times))];

    /// <summary>Reads a trace of <c>data/traces</c>.</summary>
    /// <exception cref="ArgumentException">There is no such trace.</exception>
    public static LoadTrace Load(string name)
    {
        var assembly = typeof(LoadTrace).Assembly;
        using var stream = assembly.GetManifestResourceStream(Folder + name + Ending);
        if (stream is null)
        {
            var known = assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)).Select(n => n[Folder.Length..^Ending.Length]);
            throw new ArgumentException($"there is no trace \"{name}\"; there are: {string.Join(", ", known.Order(StringComparer.Ordinal))}", nameof(name));
        }

        using var reader = new StreamReader(stream);
        return Parse($"data/{Folder}{name}{Ending}", reader.ReadToEnd());
    }

    /// <summary>Reads a trace.</summary>
    /// <exception cref="FormatException">A row is wrong; the message names it.</exception>
    public static LoadTrace Parse(string file, string csv)
    {
        ArgumentNullException.ThrowIfNull(csv);
        var lines = csv.ReplaceLineEndings("\n").Split('\n');
        if (lines[0].Trim() != Heading)
        {
            throw new FormatException($"{file}, row 1: the heading must be {Heading}");
        }

        var rows = new List<(TimeSpan From, double PerSecond)>();
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].Trim().Length > 0)
            {
                rows.Add(Row(file, i + 1, lines[i], rows.Count == 0 ? null : rows[^1].From));
            }
        }

        return rows.Count >= 2 ? new LoadTrace(rows) : throw new FormatException($"{file}: a trace has at least two rows, the last of which says where it ends");
    }

    private static (TimeSpan, double) Row(string file, int number, string line, TimeSpan? before)
    {
        var cells = line.Split(',');
        if (cells.Length != 2 || !TryNumber(cells[0], out var seconds) || !TryNumber(cells[1], out var rate))
        {
            throw new FormatException($"{file}, row {number}: \"{line.Trim()}\" is not two numbers, each 0 or more, with a comma between them");
        }

        var from = TimeSpan.FromSeconds(seconds);
        return before is null ? (from == TimeSpan.Zero ? (from, rate) : throw new FormatException($"{file}, row {number}: the first row must be that of second 0"))
            : from > before ? (from, rate)
            : throw new FormatException($"{file}, row {number}: seconds must grow from row to row");
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && number is >= 0 and < 1e9;
}
