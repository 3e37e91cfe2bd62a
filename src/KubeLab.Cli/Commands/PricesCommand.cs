using System.CommandLine;
using System.Globalization;
using KubeLab.Cloud.Prices;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab prices</c>: lists the figures that bills are computed from; with <c>--older-than</c> those to look up again, and exits with 1 when there are any.</summary>
internal static class PricesCommand
{
    private static readonly string[] Titles = ["FILE", "FIGURE", "VALUE", "UNIT", "DATE", "VERIFIED", "SOURCE"];

    public static Command Create()
    {
        var olderThan = new Option<string?>("--older-than") { Description = "Only figures from before this day, month or year (2026-08-20, 2026-08, 2026), or of unknown date; exits with 1 when there are any." };
        var provider = new Option<string?>("--provider") { Description = $"Only figures of one provider: {string.Join(", ", PriceBook.Providers)}." };
        var command = new Command("prices", "Lists what clouds charge as the lab knows it: figure, source, date, and how well it is known.") { olderThan, provider };
        command.SetAction(parsed => Run(parsed.GetValue(olderThan), parsed.GetValue(provider)));
        return command;
    }

    private static int Run(string? olderThan, string? provider)
    {
        if (provider is not null && !PriceBook.Providers.Contains(provider))
        {
            throw new UsageException($"There are no prices of '{provider}'. Providers: {string.Join(", ", PriceBook.Providers)}");
        }

        var all = provider is null ? PriceList.All() : PriceList.Of(provider);
        if (olderThan is null)
        {
            Print(all);
            return 0;
        }

        if (!PriceList.TryDate(olderThan, out var date))
        {
            throw new UsageException($"--older-than takes a day (2026-08-20), a month (2026-08) or a year (2026), not '{olderThan}'");
        }

        List<ListedFact> old = [.. all.Where(listed => listed.Fact.IsOlderThan(date))];
        if (old.Count > 0)
        {
            Print(old);
        }

        var day = date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        Console.Error.WriteLine($"{old.Count} of {all.Count} figures are older than {day}, {old.Count(listed => listed.Fact.AsOf is null)} of them of unknown date");
        return old.Count == 0 ? 0 : 1;
    }

    private static void Print(IReadOnlyList<ListedFact> listed)
    {
        List<string[]> rows = [Titles, .. listed.Select(Row)];
        var widths = Titles.Select((_, i) => rows.Max(row => row[i].Length)).ToList();
        foreach (var row in rows)
        {
            Console.WriteLine(string.Join("   ", row.Select((cell, i) => i == row.Length - 1 ? cell : cell.PadRight(widths[i]))));
        }
    }

    private static string[] Row(ListedFact listed) =>
    [
        listed.File,
        listed.Fact.Name,
        listed.Fact.Value.ToString(CultureInfo.InvariantCulture),
        listed.Fact.Unit,
        listed.Fact.AsOf?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "unknown",
        Words(listed.Fact.Verified),
        listed.Fact.Source,
    ];

    // As data/prices writes it, so that a reader finds it there.
    private static string Words(Verification verified) => verified switch
    {
        Verification.ThirdParty => "third_party",
        Verification.FirstParty => "first_party",
        _ => verified.ToString().ToLowerInvariant(),
    };
}
