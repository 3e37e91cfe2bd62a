using System.Globalization;
using KubeLab.Cloud.Data;
using KubeLab.Cloud.Machines;
using KubeLab.Cloud.Prices;

namespace KubeLab.Tests.Cloud.Prices;

public sealed class PriceBookTests
{
    [Theory]
    [InlineData("europe-west4", "0.14754408")]
    [InlineData("europe-west1", "0.14743092")]
    [InlineData("us-central1", "0.13402284")]
    public void The_price_of_a_machine_is_the_catalogs_to_the_last_digit(string region, string price)
    {
        var machine = PriceBook.Load("gcp", region).Machine("e2-standard-4");

        Assert.Equal(new Money(decimal.Parse(price, CultureInfo.InvariantCulture), "USD"), machine.PerHour);
        var fact = Assert.Single(machine.Sources);
        Assert.Equal(new DateOnly(2026, 8, 20), fact.AsOf);
        Assert.Equal(Verification.Catalog, fact.Verified);
        Assert.Contains("Cyclenerd", fact.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void A_machine_of_forty_seconds_is_billed_for_sixty()
    {
        var prices = PriceBook.Load();
        Assert.Equal(prices.Cost("e2-standard-4", TimeSpan.FromSeconds(60)), prices.Cost("e2-standard-4", TimeSpan.FromSeconds(40)));
        Assert.Equal(new Money(0.14754408m * 60 / 3600, "USD"), prices.Cost("e2-standard-4", TimeSpan.FromSeconds(40)));
        Assert.Equal(new Money(0.14754408m * 61 / 3600, "USD"), prices.Cost("e2-standard-4", TimeSpan.FromSeconds(60.2)));
    }

    [Fact]
    public void Spot_is_cheaper_than_on_demand_by_the_published_factor()
    {
        var prices = PriceBook.Load();
        Assert.Equal(0.501m, prices.Machine("e2-standard-4", spot: true).PerHour / prices.Machine("e2-standard-4").PerHour);
        Assert.Equal(1.293355m, PriceBook.Load("gcp", "us-central1").Machine("a2-highgpu-1g", spot: true).PerHour.Amount);
    }

    [Theory]
    [InlineData("us-central1", "n1-highmem-8", "0.473212")]
    [InlineData("europe-west1", "n2-standard-8", "0.427336")]
    [InlineData("us-central1", "e2-highmem-2", "0.09039966")]
    public void Unit_prices_give_machines_that_no_table_lists(string region, string type, string price)
    {
        var expected = decimal.Parse(price, CultureInfo.InvariantCulture);
        Assert.Equal(expected, PriceBook.Load("gcp", region).Machine(type).PerHour.Amount, 6);
    }

    [Fact]
    public void Unit_prices_reproduce_every_catalog_price_of_their_region()
    {
        var catalog = MachineCatalog.Load();
        var text = DataFile.Read("prices/gcp.json").Replace("\"type\": \"n", "\"type\": \"unlisted-n", StringComparison.Ordinal);
        foreach (var region in (string[])["us-central1", "europe-west1"])
        {
            var listed = PriceBook.Load("gcp", region);
            var computed = PriceBook.Parse("prices/gcp.json", text, catalog, region, null);
            foreach (var type in (string[])["n1-standard-4", "n1-highmem-8", "n2-standard-2", "n2-standard-4"])
            {
                Assert.Equal(listed.Machine(type).PerHour.Amount, computed.Machine(type).PerHour.Amount, 6);
            }
        }
    }

    [Fact]
    public void What_does_not_exist_is_answered_with_what_does()
    {
        var prices = PriceBook.Load();
        Expect(() => PriceBook.Load("ibm"), "unknown provider \"ibm\"; there are aws, azure, gcp, infomaniak");
        Expect(() => PriceBook.Load("gcp", "mars-1"), "has europe-north1, europe-west1, europe-west4, us-central1");
        Expect(() => PriceBook.Load("gcp", "us-central1", "SEK"), "USD to CHF");
        Expect(() => prices.Machine("t2.micro"), "e2-standard-4");
        Expect(() => prices.Machine("c2-standard-4"), "in europe-west4; data/prices/gcp.json has e2-standard-2");
        Expect(() => prices.Machine("a2-highgpu-1g", spot: true), "has e2, n2");
        Expect(() => prices.Disk("floppy"), "pd-standard, pd-balanced");
        Expect(() => prices.Hourly("ingress"), "cluster-management-fee");

        static void Expect(Func<object> call, string part) =>
            Assert.Contains(part, Assert.Throws<ArgumentException>(call).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_that_have_aged_are_listed_and_so_are_those_of_unknown_age()
    {
        var prices = PriceBook.Load();
        var stale = prices.FactsOlderThan(new DateOnly(2026, 1, 1));

        Assert.Contains(stale, f => f.Name == "gcs-standard in europe-west4" && f.AsOf == new DateOnly(2024, 10, 1));
        Assert.Contains(stale, f => f.Name == "load-balancer" && f.AsOf is null);
        Assert.DoesNotContain(stale, f => f.Name == "e2-standard-4 in europe-west4");
        Assert.Equal(prices.Facts.Count, prices.FactsOlderThan(new DateOnly(2027, 1, 1)).Count);
    }

    [Fact]
    public void Every_provider_loads_in_each_of_its_regions_and_every_figure_has_a_source()
    {
        foreach (var provider in PriceBook.Providers)
        {
            foreach (var region in MachineCatalog.Load(provider).Regions)
            {
                var prices = PriceBook.Load(provider, region);
                Assert.True(prices.ClusterFee.Price.Amount >= 0);
                Assert.All(prices.Facts, fact => Assert.True(fact.Source.Length > 5 && fact.Unit.Length > 0, fact.ToString()));
            }
        }
    }

    [Fact]
    public void A_bill_in_francs_names_the_rate_it_was_converted_at()
    {
        var machine = PriceBook.Load(currency: "CHF").Machine("e2-standard-4");

        Assert.Equal(new Money(0.14754408m * 0.86m, "CHF"), machine.PerHour);
        Assert.Contains(machine.Sources, s => s.Name == "USD in CHF" && s.Verified == Verification.Assumption);
    }

    [Theory]
    [InlineData("'value': 0.10, 'unit': 'cluster-hour'", "'value': -1, 'unit': 'cluster-hour'", "$.items[0].value: must not be negative")]
    [InlineData("'item': 'ingress', 'value': 0", "'item': 'ingress', 'value': 'free'", "$.items[7].value")]
    [InlineData("'month_hours': 730", "'month_ours': 730", "$.month_ours")]
    [InlineData("'source': 'gke-pricing-page', 'as_of'", "'source': 'hearsay', 'as_of'", "$.items[0].source: 'hearsay'")]
    [InlineData("'type': 'e2-standard-2', ", "", "$.machines[0]")]
    [InlineData("'as_of': '2026-05-11'", "'as_of': 'May'", "$.gpus[0].as_of: 'May' is not a day")]
    [InlineData("'verified': 'first_party', 'note': 'billed per second'", "'verified': 'surely'", "$.items[0].verified")]
    public void A_malformed_file_is_named_with_its_field(string found, string replacement, string error)
    {
        const string path = "prices/gcp.json";
        var text = DataFile.Read(path).Replace(Quoted(found), Quoted(replacement), StringComparison.Ordinal);
        var refused = Assert.Throws<DataFileException>(() => PriceBook.Parse(path, text, MachineCatalog.Load(), "us-central1", null));

        Assert.StartsWith($"data/{path}: {Quoted(error)}", refused.Message, StringComparison.Ordinal);

        static string Quoted(string json) => json.Replace('\'', '"');
    }
}
