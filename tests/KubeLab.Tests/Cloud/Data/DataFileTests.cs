using KubeLab.Cloud.Data;
using KubeLab.Cloud.Prices;

namespace KubeLab.Tests.Cloud.Data;

public sealed class DataFileTests
{
    [Fact]
    public void A_missing_file_is_answered_with_those_that_exist() =>
        Assert.Contains(
            "there are images/images.json, machines/aws.json",
            Assert.Throws<DataFileException>(() => DataFile.Read("prices/moon.json")).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Every_file_travels_inside_the_assembly() =>
        Assert.Equal(
            [
                "images/images.json", "machines/aws.json", "machines/azure.json", "machines/gcp.json", "machines/infomaniak.json",
                "machines/timing.json", "prices/aws.json", "prices/azure.json", "prices/exchange.json", "prices/gcp.json",
                "prices/infomaniak.json", "prices/measured-bills.json", "storage/gcp.json",
            ],
            DataFile.Paths);

    [Fact]
    public void The_measured_runs_are_the_published_five() =>
        Assert.Equal([82m, 77m, 77m, 86m, 14m], MeasuredRun.All().Select(r => r.Chf));
}
