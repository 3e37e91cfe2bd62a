using System.CommandLine;
using KubeLab.Cli.HttpBench;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab bench</c>: measures the simulator itself.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var nodes = new Option<int>("--nodes") { Description = "How many nodes (4 CPU, 32Gi, 110 pods each).", DefaultValueFactory = _ => 1000 };
        var pods = new Option<int>("--pods") { Description = "How many pods (100m, 500Mi each).", DefaultValueFactory = _ => 30_000 };
        var each = new Option<int>("--deployment") { Description = "How many pods a Deployment has.", DefaultValueFactory = _ => 1000 };
        var masters = new Option<int>("--masters") { Description = "How many masters, whose members of the store agree on every write.", DefaultValueFactory = _ => 1 };
        var rollout = new Option<bool>("--rollout") { Description = "Replaces all pods afterwards by a rolling update, and measures that too." };
        var seed = new Option<long>("--seed") { Description = "Decides names and delays.", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Prints one JSON object instead of lines for people." };
        AtLeastOne(nodes);
        AtLeastOne(pods);
        AtLeastOne(each);
        AtLeastOne(masters);
        var scale = new Command("scale", "From Deployments to all pods Running and ready, the whole kubelet life cycle included.") { nodes, pods, each, masters, rollout, seed, json };
        scale.SetAction(parsed =>
        {
            var result = ScaleBenchmark.Run(new ScaleWish(
                parsed.GetValue(nodes), parsed.GetValue(pods), parsed.GetValue(each), parsed.GetValue(masters), parsed.GetValue(seed), parsed.GetValue(rollout)));
            Console.WriteLine(parsed.GetValue(json) ? result.ToJson() : result.ToString());
            return 0;
        });
        return new Command("bench", "Measures how fast and how large a simulated cluster is.") { scale, Http(json) };
    }

    private static Command Http(Option<bool> json)
    {
        var speed = ClusterCommand.SpeedOption();
        var seconds = new Option<int>("--seconds") { Description = "How long each measurement takes.", DefaultValueFactory = _ => 3 };
        var watchers = new Option<int>("--watchers") { Description = "How many watches are open at the end.", DefaultValueFactory = _ => 1000 };
        var pods = new Option<int>("--pods") { Description = "How many pods keep the cluster busy.", DefaultValueFactory = _ => 200 };
        AtLeastOne(seconds);
        AtLeastOne(pods);
        AtLeastOne(watchers);
        var http = new Command("http", "Requests per second and their times over TLS: get, list, create, patch, watch.") { speed, pods, seconds, watchers, json };
        http.SetAction(async (parsed, _) =>
        {
            var result = await HttpBenchmark.RunAsync(parsed.GetValue(speed), parsed.GetValue(pods), TimeSpan.FromSeconds(parsed.GetValue(seconds)), parsed.GetValue(watchers));
            Console.WriteLine(parsed.GetValue(json) ? result.ToJson() : result.ToString());
            return 0;
        });
        return http;
    }

    private static void AtLeastOne(Option<int> option) => option.Validators.Add(result =>
    {
        if (result.GetValueOrDefault<int>() < 1)
        {
            result.AddError($"{option.Name} takes a whole number of at least 1.");
        }
    });
}
