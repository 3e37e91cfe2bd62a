using System.Globalization;
using KubeLab.Charts;
using KubeLab.Formatting;

namespace KubeLab.Delays;

/// <summary>Which control loop spent each second between the instant at which a load was no longer served and the one at which it was served again.</summary>
/// <remarks>The pieces follow the pod whose readiness ended the shortage, and add up to the whole to the tick.</remarks>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class DelayLens : IShown
{
    internal DelayLens(string service, DateTimeOffset from, DateTimeOffset to, string? pod, IReadOnlyList<DelayPart> parts)
    {
        Service = service;
        From = from;
        To = to;
        Pod = pod;
        Parts = parts;
    }

    /// <summary>The service that was asked.</summary>
    public string Service { get; }

    /// <summary>When the load was first not served.</summary>
    public DateTimeOffset From { get; }

    /// <summary>When it was served again.</summary>
    public DateTimeOffset To { get; }

    /// <summary>The pod whose readiness ended the shortage; null when none did.</summary>
    public string? Pod { get; }

    /// <summary>The pieces, in order; those that took no time are left out.</summary>
    public IReadOnlyList<DelayPart> Parts { get; }

    /// <summary>The whole.</summary>
    public TimeSpan Total => To - From;

    /// <summary>How long one piece took; zero when it took no time.</summary>
    /// <param name="name">Its name, or the beginning of it.</param>
    public TimeSpan Of(string name) => Parts.Where(p => p.Name.StartsWith(name, StringComparison.Ordinal)).Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Length);

    /// <summary>The same as a picture.</summary>
    public Figure Chart() => DelayChart.Of(
        Service, Pod, [.. Parts.Select(p => new DelayBar(p.Name, p.Stage, (p.From - From).TotalSeconds, (p.To - From).TotalSeconds))]);

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private ShownTable Table()
    {
        var table = new ShownTable(
            string.Create(CultureInfo.InvariantCulture, $"{Total.TotalSeconds:0.0} s from the load step on {Service} until it was served{(Pod is null ? "" : $", by way of pod {Pod}")}"),
            "what was waited for",
            "whose doing",
            "seconds",
            "%");
        foreach (var part in Parts)
        {
            table.Add(
                part.Name,
                part.Stage.ToString().ToLowerInvariant(),
                part.Length.TotalSeconds.ToString("0.000", CultureInfo.InvariantCulture),
                (100 * (part.Length / Total)).ToString("0.0", CultureInfo.InvariantCulture));
        }

        return table;
    }
}
