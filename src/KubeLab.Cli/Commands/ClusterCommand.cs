using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab cluster</c>: a simulated cluster that kubectl and client libraries reach as if it were real.</summary>
internal static class ClusterCommand
{
    private const int NodesMax = 15_000;

    public static Command Create()
    {
        var masters = Number("--masters", 1, 1, NodesMax, "How many masters; an odd number is best practice.");
        var workers = Number("--workers", 3, 0, NodesMax, "How many workers.");
        var machine = new Option<string>("--machine") { Description = "The workers' machine type.", DefaultValueFactory = _ => "e2-standard-4" };
        var seed = Number("--seed", 1, long.MinValue, long.MaxValue, "Decides names, delays and all other chance.");
        var speed = SpeedOption();
        var kubeconfig = new Option<string>("--kubeconfig")
        {
            Description = "The kubeconfig that the cluster is added to, and taken out of when it ends; made when there is none.",
            DefaultValueFactory = _ => "kubelab.kubeconfig",
        };
        var name = new Option<string>("--name") { Description = "What the cluster is called there.", DefaultValueFactory = _ => "kubelab" };
        var port = Number("--port", 0, 0, 65535, "The port on 127.0.0.1; 0 takes a free one.");
        var users = new Option<string[]>("--user")
        {
            Description = "A further user with a context of its own, NAME or NAME:GROUP,GROUP; may be repeated. What users may do, roles say.",
            HelpName = "NAME[:GROUP,...]",
        };
        users.Validators.Add(Named);
        var command = new Command("cluster", "Starts a simulated cluster and serves it to kubectl until Ctrl+C.")
        {
            masters, workers, machine, seed, speed, kubeconfig, name, port, users,
        };
        command.SetAction((parsed, _) => ClusterRun.RunAsync(new ClusterWish(
            (int)parsed.GetValue(masters),
            (int)parsed.GetValue(workers),
            parsed.GetValue(machine)!,
            parsed.GetValue(seed),
            parsed.GetValue(speed),
            Path.GetFullPath(parsed.GetValue(kubeconfig)!),
            parsed.GetValue(name)!,
            (int)parsed.GetValue(port),
            parsed.GetValue(users) ?? [])));
        return command;
    }

    /// <summary>How fast the cluster's time goes.</summary>
    public static Option<double> SpeedOption() => new("--speed")
    {
        Description = "Simulated seconds per real second: a number, paused, or max.",
        DefaultValueFactory = _ => 1,
        CustomParser = ReadSpeed,
    };

    private static void Named(OptionResult result)
    {
        foreach (var token in result.Tokens.Where(t => t.Value.Split(':')[0].Length == 0))
        {
            result.AddError($"--user takes NAME or NAME:GROUP,GROUP, not '{token.Value}'.");
        }
    }

    private static Option<long> Number(string name, long usual, long min, long max, string description) => new(name)
    {
        Description = description,
        DefaultValueFactory = _ => usual,
        CustomParser = result =>
        {
            var text = result.Tokens.Count == 0 ? "" : result.Tokens[0].Value;
            if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max)
            {
                return number;
            }

            var range = min == long.MinValue ? "a whole number" : $"a whole number from {min} to {max}";
            result.AddError($"{name} takes {range}, not '{text}'.");
            return usual;
        },
    };

    private static double ReadSpeed(ArgumentResult result)
    {
        var text = result.Tokens.Count == 0 ? "1" : result.Tokens[0].Value;
        switch (text)
        {
            case "max":
                return double.PositiveInfinity;
            case "paused":
                return 0;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed) && double.IsFinite(speed) && speed is > 0 and <= 1_000_000)
        {
            return speed;
        }

        result.AddError($"--speed takes a number up to 1000000 (60: a minute each second), paused, or max, not '{text}'.");
        return 1;
    }
}
