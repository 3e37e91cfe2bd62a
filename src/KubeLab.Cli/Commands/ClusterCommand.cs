using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace KubeLab.Cli.Commands;

/// <summary><c>lab cluster</c>: a simulated cluster that kubectl and client libraries reach as if it were real.</summary>
internal static class ClusterCommand
{
    public static Command Create()
    {
        var masters = Count("--masters", 1, "How many masters; an odd number is best practice.");
        var workers = Count("--workers", 3, "How many workers.");
        var machine = new Option<string>("--machine") { Description = "The workers' machine type.", DefaultValueFactory = _ => "e2-standard-4" };
        var seed = new Option<long>("--seed") { Description = "Decides names, delays and all other chance.", DefaultValueFactory = _ => 1 };
        var speed = new Option<double>("--speed")
        {
            Description = "Simulated seconds per real second: a number, paused, or max.",
            DefaultValueFactory = _ => 1,
            CustomParser = ReadSpeed,
        };
        var kubeconfig = new Option<string>("--kubeconfig") { Description = "Where to write the kubeconfig.", DefaultValueFactory = _ => "kubelab.kubeconfig" };
        var port = new Option<int>("--port") { Description = "The port on 127.0.0.1; 0 takes a free one." };
        port.Validators.Add(result => Between(result, 0, 65535));
        var command = new Command("cluster", "Starts a simulated cluster and serves it to kubectl until Ctrl+C.")
        {
            masters, workers, machine, seed, speed, kubeconfig, port,
        };
        command.SetAction((parsed, cancellation) => ClusterRun.RunAsync(
            new ClusterWish(
                parsed.GetValue(masters),
                parsed.GetValue(workers),
                parsed.GetValue(machine)!,
                parsed.GetValue(seed),
                parsed.GetValue(speed),
                Path.GetFullPath(parsed.GetValue(kubeconfig)!),
                parsed.GetValue(port)),
            cancellation));
        return command;
    }

    private static Option<int> Count(string name, int usual, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result => Between(result, name == "--masters" ? 1 : 0, 15_000));
        return option;
    }

    private static void Between(OptionResult result, int min, int max)
    {
        if (result.Tokens.Count > 0 && int.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out var value) && (value < min || value > max))
        {
            result.AddError($"{result.Option.Name} takes a whole number from {min} to {max}.");
        }
    }

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
