using System.Text.Json.Nodes;

namespace KubeLab.Tests.Cloud.Data;

/// <summary>The figures of data/physics must agree with each other.</summary>
public sealed class PhysicsDataTests
{
    [Fact]
    public void Events_times_bytes_per_event_are_the_published_sizes()
    {
        var checkedSets = 0;
        foreach (var set in Read("datasets")["datasets"]!.AsArray())
        {
            if (set!["bytes_per_event"] is { } perEvent)
            {
                var unit = set["size"]!["unit"]!.GetValue<string>() == "TiB" ? 1L << 40 : 1L << 30;
                var size = set["size"]!["value"]!.GetValue<double>() * unit;
                Assert.Equal(1, perEvent.GetValue<double>() * set["events"]!.GetValue<long>() / size, 0.01);
                checkedSets++;
            }
        }

        Assert.Equal(2, checkedSets);
    }

    [Fact]
    public void Half_of_the_dimuon_events_have_two_muons_and_three_quarters_of_those_opposite_charges()
    {
        var set = Read("datasets")["datasets"]!.AsArray().Single(d => d!["cutflow"] is not null)!;
        double[] events = [Count(set), .. set["cutflow"]!.AsArray().Select(c => Count(c!))];

        Assert.Equal(0.5054, events[1] / events[0], 0.0001);
        Assert.Equal(0.7738, events[2] / events[1], 0.0001);
        Assert.Equal(0.3911, events[2] / events[0], 0.0001);

        static double Count(JsonNode node) => node["events"]!.GetValue<double>();
    }

    [Fact]
    public void Times_per_file_agree_with_the_speeds_of_the_machines()
    {
        var hours = Read("processing")["steps"]!.AsArray()
            .Where(s => s!["unit"]!.GetValue<string>() == "hours")
            .Select(s => s!["value"]!.GetValue<double>())
            .ToArray();
        var gcp = KubeLab.Cloud.Machines.MachineCatalog.Load("gcp");
        var infomaniak = KubeLab.Cloud.Machines.MachineCatalog.Load("infomaniak");

        Assert.Equal(5.70, hours[0]);
        Assert.Equal(hours[1], hours[0] / gcp.Find("c2-standard-4").Speed, 0.05);
        Assert.Equal(hours[2], hours[0] / infomaniak.Types[0].Speed, 0.05);
    }

    [Fact]
    public void Every_figure_names_its_source()
    {
        var processing = Read("processing");
        var entries = Read("datasets")["datasets"]!.AsArray()
            .Concat(processing["steps"]!.AsArray())
            .Concat(processing["network"]!.AsArray())
            .Concat(processing["waits"]!.AsArray())
            .Append(processing["resources_per_job"])
            .Append(Read("resonances"));
        Assert.All(entries, e => Assert.True(e!["source"]!.GetValue<string>().Length > 5 && e["verified"] is not null, e.ToJsonString()));
    }

    private static JsonNode Read(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Lab.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("the tests must run inside the repository, which holds Lab.sln");
        }

        return JsonNode.Parse(File.ReadAllText(Path.Combine(folder.FullName, "data", "physics", $"{name}.json")))!;
    }
}
