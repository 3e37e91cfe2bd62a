using System.Globalization;
using KubeLab.Cloud.Data;

namespace KubeLab.Cloud.Prices;

/// <summary>What a price file must say beyond its shape: known sources, readable dates, no negative price.</summary>
internal static class PriceFileCheck
{
    public static void Holds(string path, PriceFile file)
    {
        Require(file.MonthHours > 0, path, "$.month_hours", "must be positive");
        Each(file.Machines, "machines", e => [.. e.PerHour, .. e.SpotPerHour ?? []]);
        Each(file.UnitPrices, "unit_prices", e => [.. e.VcpuHour, .. e.GibHour]);
        Each(file.Gpus, "gpus", e => e.PerHour);
        Each(file.Spot, "spot", e => e.Factor);
        Each(file.Disks, "disks", e => e.GibMonth);
        Each(file.Items, "items", e => [new("value", e.Value)]);
        Each(file.Egress?.Tiers ?? [], "egress.tiers", e => [new("from_units", e.FromUnits), new("value", e.Value)]);
        Each(file.SustainedUse, "sustained_use", e => e.Tiers.Select(t => new KeyValuePair<string, decimal>("factor", t.Factor)));
        Each(file.CommittedUse, "committed_use", e => [new("percent_off", e.PercentOff)]);
        if (file.Egress is { } egress)
        {
            Require(egress.BytesPerUnit > 0, path, "$.egress.bytes_per_unit", "must be positive");
            Require(egress.Tiers is [{ FromUnits: 0 }, ..], path, "$.egress.tiers", "the first tier must start at 0");
        }

        if (file.MachineBilling is { } billing)
        {
            Require(billing.GranularitySeconds > 0, path, "$.machine_billing.granularity_seconds", "must be positive");
            Each([billing], "machine_billing", e => [new("minimum_seconds", e.MinimumSeconds)]);
        }

        void Each<T>(IReadOnlyList<T> entries, string name, Func<T, IEnumerable<KeyValuePair<string, decimal>>> values)
            where T : SourcedEntry
        {
            for (var i = 0; i < entries.Count; i++)
            {
                var field = $"$.{name}[{i}]";
                var source = entries[i].Source;
                Require(file.Sources.ContainsKey(source), path, $"{field}.source", $"\"{source}\" is not among $.sources");
                _ = Date(path, $"{field}.as_of", entries[i].AsOf);
                foreach (var (key, value) in values(entries[i]))
                {
                    Require(value >= 0, path, $"{field}.{key}", $"must not be negative, is {value.ToString(CultureInfo.InvariantCulture)}");
                }
            }
        }
    }

    /// <summary>A day, a month or a year; the first day when only a month or a year is given, so that a figure seems old too soon and
    /// not too late.</summary>
    public static DateOnly? Date(string path, string field, string? text)
    {
        if (text is null)
        {
            return null;
        }

        ReadOnlySpan<string> formats = ["yyyy-MM-dd", "yyyy-MM", "yyyy"];
        foreach (var format in formats)
        {
            if (DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return date;
            }
        }

        throw new DataFileException(path, field, $"\"{text}\" is not a day (2026-08-20), a month (2026-08) or a year (2026)");
    }

    private static void Require(bool condition, string path, string field, string problem)
    {
        if (!condition)
        {
            throw new DataFileException(path, field, problem);
        }
    }
}
