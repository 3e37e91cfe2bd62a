using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Ready copies by version as areas on top of each other, and above them all that exist and are not ready.</summary>
internal static class VersionsPanel
{
    public static Panel Of(IReadOnlyList<VersionSeries> versions, IReadOnlyList<DateTimeOffset> grid, Frame frame, double heightPixels)
    {
        var unit = new Unit("pods", 1);
        var panel = new Panel("copies", "copies (pods)", unit, heightPixels);
        VersionSeries[] seen = [.. versions.Where(v => SeriesWords.Max(v.Existing, frame) > 0)];
        var parts = new List<TimeSeries>();
        foreach (var version in seen)
        {
            var named = new TimeSeries(version.Name, "pods");
            foreach (var sample in version.Ready.Samples)
            {
                named.Record(sample.At, sample.Value);
            }

            parts.Add(named);
        }

        StackedArea.Draw(panel, [.. parts, NotReady(seen)], grid, frame);
        var words = seen.Select((v, i) => SeriesWords.Of(v.Name, parts[i], unit, frame)).DefaultIfEmpty("there are none");
        panel.Sentence = $"Ready copies: {string.Join("; ", words)}.";
        return panel;
    }

    /// <summary>Copies that exist and do not serve, of all versions.</summary>
    private static TimeSeries NotReady(IReadOnlyList<VersionSeries> versions)
    {
        var sum = new TimeSeries("not ready", "pods");
        foreach (var at in versions.SelectMany(v => v.Existing.Samples.Concat(v.Ready.Samples)).Select(s => s.At).Distinct().Order())
        {
            sum.Record(at, versions.Sum(v => Math.Max(0, v.Existing.ValueAt(at) - v.Ready.ValueAt(at))));
        }

        return sum;
    }
}
