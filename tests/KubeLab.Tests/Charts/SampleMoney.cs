using KubeLab.Charts;

namespace KubeLab.Tests.Charts;

/// <summary>Bills in parts, made up.</summary>
internal static class SampleMoney
{
    public static Figure Split() => CostSplitChart.Of(
        [
            new("workers", [3.1, 4.2, 5.6, 0.8, 0.6, 0]),
            new("cheap", [1.9, 0.4, 0, 0.3, 0.2, 0]),
            new("no node", [0.4, 0, 0, 0, 6.5, 0.9]),
        ],
        "node pool",
        "USD",
        "24.90 USD in 65:10 hours");

    public static Figure SplitOfMany() => CostSplitChart.Of(
        [.. Enumerable.Range(1, 12).Select(i => new MoneyColumn($"shop/service-{i}", [2.0 / i, 3.0 / i, 0, 0, 0, 0]))], "workload", "USD", "15.52 USD in 24:00 hours");

    public static Figure Elsewhere() => PriceComparisonChart.Of(
        [
            new("aws eu-central-1", [21.4, 1.1, 6.5, 1.6, 0.9]),
            new("gcp europe-west4", [19.0, 0.8, 6.5, 1.6, 1.2]),
            new("infomaniak switzerland", [13.2, 0.7, 0, 0, 0], IsWhole: false),
        ],
        "USD",
        "not drawn: elsewhere north is in CHF");

    public static Figure Spot() => SpotChart.Of(
        [
            new(0, 54, 54, 0, 0),
            new(0.05, 46, 53, 0.9, 0.2),
            new(0.1, 37, 52, 2, 0.3),
            new(0.2, 10, 51, 5.6, 0.4),
            new(0.5, -160, 49, 27, 0.7),
        ],
        "5.7 h on e2-standard-4 in europe-west4: 0.85 USD at the full price");
}
