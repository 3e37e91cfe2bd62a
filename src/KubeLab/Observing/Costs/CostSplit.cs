using System.Globalization;
using KubeLab.Charts;
using KubeLab.Cloud.Prices;
using KubeLab.Formatting;

namespace KubeLab.Observing.Costs;

/// <summary>A bill divided by what it was for: the parts add up to it exactly.</summary>
/// <seealso href="https://opencost.io/docs/specification/">OpenCost specification: allocation, idle and overhead</seealso>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed class CostSplit : IShown
{
    private const int BarsMax = 12;

    internal CostSplit(DateTimeOffset from, DateTimeOffset to, Money total, IReadOnlyList<CostRow> rows) => (From, To, Total, Rows) = (from, to, total, rows);

    /// <summary>Since when.</summary>
    public DateTimeOffset From { get; }

    /// <summary>Up to when.</summary>
    public DateTimeOffset To { get; }

    /// <summary>The bill of that time.</summary>
    public Money Total { get; }

    /// <summary>The parts, by share, pool, namespace and workload.</summary>
    public IReadOnlyList<CostRow> Rows { get; }

    /// <summary>What one share comes to.</summary>
    public Money Of(CostShare share) => Sum(Rows.Where(row => row.Share == share));

    /// <summary>What each namespace was charged: what its pods used and requested in vain, its disks and load balancers; what is nobody's stands under an empty name.</summary>
    public IReadOnlyDictionary<string, Money> ByNamespace() => By(row => row.Namespace);

    /// <summary>The same by workload, as <c>namespace/name</c>.</summary>
    public IReadOnlyDictionary<string, Money> ByWorkload() => By(row => row.Workload.Length == 0 ? "" : $"{row.Namespace}/{row.Workload}");

    /// <summary>The same by node pool; what is no node's stands under an empty name.</summary>
    public IReadOnlyDictionary<string, Money> ByPool() => By(row => row.Pool);

    /// <summary>The same as a picture: a bar for each pool, namespace or workload, the dearest first, in the parts of <see cref="CostShare"/>.</summary>
    /// <param name="by">Whose money a bar is; of many workloads the dearest are drawn, and the others together.</param>
    /// <exception cref="ArgumentException">Nothing was rented in that time.</exception>
    public Figure Chart(CostGrouping by = CostGrouping.Pool)
    {
        var groups = Rows.GroupBy(row => NameOf(row, by)).OrderByDescending(g => Sum(g).Amount).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
        var shown = groups.Count > BarsMax ? BarsMax - 1 : groups.Count;
        var columns = groups.Take(shown).Select(g => ColumnOf(g.Key, g)).ToList();
        if (shown < groups.Count)
        {
            columns.Add(ColumnOf($"{groups.Count - shown} others", groups.Skip(shown).SelectMany(g => g)));
        }

        return CostSplitChart.Of(columns, by == CostGrouping.Pool ? "node pool" : by.ToString().ToLowerInvariant(), Total.Currency, Caption);
    }

    /// <inheritdoc/>
    public override string ToString() => Table().ToString();

    string IShown.ToHtml() => Table().ToHtml();

    private string Caption => string.Create(CultureInfo.InvariantCulture, $"{Total.ToString(2)} in {Math.Floor((To - From).TotalHours):0}:{(To - From).Minutes:00} hours");

    private static string NameOf(CostRow row, CostGrouping by)
    {
        var name = by switch
        {
            CostGrouping.Pool => row.Pool,
            CostGrouping.Namespace => row.Namespace,
            _ => row.Workload.Length == 0 ? "" : $"{row.Namespace}/{row.Workload}",
        };
        return name.Length > 0 ? name : by == CostGrouping.Pool ? "no node" : "nobody";
    }

    private static MoneyColumn ColumnOf(string name, IEnumerable<CostRow> rows)
    {
        var parts = new double[CostSplitChart.Parts.Count];
        foreach (var row in rows)
        {
            parts[(int)row.Share] += (double)row.Cost.Amount;
        }

        return new MoneyColumn(name, parts);
    }

    private ShownTable Table()
    {
        var table = new ShownTable(Caption, "share and cause", "pool", "workload", Total.Currency, "%");
        foreach (var share in Enum.GetValues<CostShare>())
        {
            var rows = Rows.Where(row => row.Share == share).ToList();
            if (rows.Count == 0)
            {
                continue;
            }

            Add(share.ToString().ToLowerInvariant(), "", "", Of(share));
            foreach (var row in rows)
            {
                Add($"  {row.Cause}", row.Pool, row.Workload.Length == 0 ? row.Namespace : $"{row.Namespace}/{row.Workload}", row.Cost);
            }
        }

        return table;

        void Add(string words, string pool, string workload, Money cost) => table.Add(
            words, pool, workload, cost.Amount.ToString("F4", CultureInfo.InvariantCulture),
            Total.Amount == 0 ? "" : (100 * cost.Amount / Total.Amount).ToString("F1", CultureInfo.InvariantCulture));
    }

    private SortedDictionary<string, Money> By(Func<CostRow, string> key)
    {
        var sums = new SortedDictionary<string, Money>(StringComparer.Ordinal);
        foreach (var group in Rows.GroupBy(key))
        {
            sums.Add(group.Key, Sum(group));
        }

        return sums;
    }

    private Money Sum(IEnumerable<CostRow> rows) => rows.Aggregate(Money.Zero(Total.Currency), (sum, row) => sum + row.Cost);
}
