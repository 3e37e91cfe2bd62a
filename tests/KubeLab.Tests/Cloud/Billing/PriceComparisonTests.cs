using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;
using Xunit.Abstractions;

namespace KubeLab.Tests.Cloud.Billing;

/// <summary>The same use at every provider: what has no price is said, not guessed.</summary>
public sealed class PriceComparisonTests(ITestOutputHelper output)
{
    private static readonly UsageSummary Hundred = new(
        [new MachineUse(4, 16, 100 * 3600)], DiskGibSeconds: 100 * 100 * 3600, ClusterSeconds: 100 * 3600, EgressBytes: 330_000_000_000);

    [Fact]
    public void A_hundred_hours_cost_what_the_tables_say()
    {
        var comparison = PriceComparison.Of(Hundred);
        output.WriteLine(comparison.ToString());
        var google = Of(comparison, "gcp", "europe-west4");
        Assert.Equal((14.754408m, 10m), (google.Machines!.Value.Amount, google.ClusterFee!.Value.Amount));
        Assert.Equal(100m * 100 * 0.044m / 730, google.Storage!.Value.Amount);
        Assert.Equal(330_000_000_000m / (1L << 30) * 0.12m, google.Traffic!.Value.Amount);
        Assert.True(google.IsComplete);

        var infomaniak = Of(comparison, "infomaniak", "switzerland");
        Assert.Equal((3m, 4m, 0m, "EUR"), (infomaniak.Machines!.Value.Amount, infomaniak.ClusterFee!.Value.Amount, infomaniak.Traffic!.Value.Amount, infomaniak.Total.Currency));
    }

    [Fact]
    public void Two_small_machines_stand_for_a_large_one_where_there_are_no_others()
    {
        var aws = Of(PriceComparison.Of(Hundred), "aws", "us-east-1");
        Assert.Contains("4 vCPUs with 16 GiB: 2 x m5.large (2 vCPUs, 8 GiB)", aws.Notes);
        Assert.Equal(19.2m, aws.Machines!.Value.Amount);
    }

    [Fact]
    public void What_is_not_known_stays_unknown()
    {
        var aws = Of(PriceComparison.Of(Hundred), "aws", "us-east-1");
        Assert.Null(aws.Storage);
        Assert.Null(aws.Traffic);
        Assert.False(aws.IsComplete);
        Assert.Contains("no price of disks", aws.Notes);
        Assert.Contains("no price of traffic", aws.Notes);
        Assert.Contains("> 29.20", PriceComparison.Of(Hundred).ToString(), StringComparison.Ordinal);
        Assert.Null(Of(PriceComparison.Of(Hundred), "gcp", "europe-north1").Machines);
    }

    [Fact]
    public void A_picture_has_a_bar_where_machines_have_a_price_and_names_the_places_that_have_none()
    {
        var figure = PriceComparison.Of(Hundred).Chart();
        Assert.Contains("gcp europe-west4", figure.Latest.Select(r => r.Name));
        Assert.Contains(figure.Latest, r => r.Name == "aws us-east-1" && r.Value == "> 29.2 USD");
        Assert.DoesNotContain(figure.Latest, r => r.Name is "gcp europe-north1" or "infomaniak switzerland");
        Assert.Contains("gcp europe-north1 has no price of such machines", figure.Alt, StringComparison.Ordinal);
        Assert.Contains("infomaniak switzerland is in EUR", figure.Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void Bills_are_converted_where_a_rate_is_known_and_name_their_currency_where_none_is()
    {
        var comparison = PriceComparison.Of(Hundred, "CHF");
        Assert.Equal("CHF", Of(comparison, "gcp", "europe-west4").Total.Currency);
        Assert.Equal(14.754408m * 0.86m, Of(comparison, "gcp", "europe-west4").Machines!.Value.Amount);
        Assert.Equal("EUR", Of(comparison, "infomaniak", "switzerland").Total.Currency);
    }

    [Fact]
    public void The_list_of_figures_has_every_file_and_tells_the_old_ones()
    {
        var all = PriceList.All();
        Assert.Equal(["aws.json", "azure.json", "exchange.json", "gcp.json", "infomaniak.json"], all.Select(l => l.File).Distinct().Order(StringComparer.Ordinal));
        Assert.All(all, l => Assert.True(l.Fact.Source.Length > 5, l.ToString()));
        Assert.True(PriceList.TryDate("2026-01", out var date));
        Assert.Equal(new DateOnly(2026, 1, 1), date);
        Assert.InRange(all.Count(l => l.Fact.IsOlderThan(date)), 10, all.Count - 40);
        Assert.False(PriceList.TryDate("January", out _));
    }

    private static ComparedBill Of(PriceComparison comparison, string provider, string region) => comparison.Bills.Single(b => b.Provider == provider && b.Region == region);
}
