using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Logging;

/// <summary><c>kubectl logs</c>.</summary>
internal sealed class LogsCommand : Command
{
    /// <summary>How long a log is followed; a terminal would follow until Ctrl-C.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly string[] ContainerFields = ["initContainers", "containers", "ephemeralContainers"];
    private static readonly string[] Switches = ["follow", "previous", "timestamps"];

    public override string Name => "logs";

    public override string Summary => "Print the logs for a container in a pod.";

    public override Flags Flags => new Flags().Text("container", 'c').Bool("follow", 'f').Bool("previous", 'p').Int("tail", value: -1).Duration("since")
        .Text("since-time").Bool("timestamps").Text("selector", 'l').Bool("all-containers").Bool("prefix").Int("limit-bytes").Bool("ignore-errors")
        .Int("max-log-requests", value: 5).Bool("all-pods").Duration("pod-running-timeout", "20s").Bool("insecure-skip-tls-verify-backend");

    public override void Run(Session session, Arguments arguments)
    {
        var selector = arguments.Text("selector");
        if (arguments.Words.Count == 0 && selector.Length == 0)
        {
            throw Misused("expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command");
        }

        if (arguments.Words.Count > 0 && selector.Length > 0)
        {
            throw Misused("only a selector (-l) or a POD name is allowed");
        }

        if (arguments.Words.Count > 2)
        {
            throw Misused("expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\nPOD or TYPE/NAME is a required argument for the logs command");
        }

        var pods = selector.Length > 0 ? Selected(session, selector) : [LogTarget.Find(session, arguments)];
        var logs = pods.SelectMany(pod => ContainersOf(session, arguments, pod).Select(c => LogOf(arguments, pod, c, selector.Length > 0))).ToList();
        if (arguments.Bool("follow"))
        {
            RequireFew(arguments, logs.Count);
            new LogFollowing(session, arguments).Run(logs);
        }
        else
        {
            logs.ForEach(log => Print(session, arguments, log));
        }

        if (pods.Count == 0)
        {
            session.Error($"No resources found in {session.Namespace} namespace.\n");
        }
    }

    private static List<Json> Selected(Session session, string selector)
    {
        var query = new Query().With("labelSelector", selector);
        return [.. new Json(session.Api.Get($"/api/v1/namespaces/{session.Namespace}/pods{query}"))["items"].Items];
    }

    private static List<string> ContainersOf(Session session, Arguments arguments, Json pod)
    {
        var all = ContainerFields.SelectMany(field => pod["spec"][field].Items.Select(c => c["name"].Text)).ToList();
        if (arguments.Bool("all-containers"))
        {
            return all;
        }

        var name = arguments.Words.Count == 2 ? arguments.Words[1] : arguments.Text("container");
        if (name.Length > 0)
        {
            return all.Contains(name)
                ? [name]
                : throw Failure.Error($"container {name} is not valid for pod {pod["metadata"]["name"].Text}");
        }

        var containers = pod["spec"]["containers"].Items.Select(c => c["name"].Text).ToList();
        var chosen = pod["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"].Text is { Length: > 0 } named && all.Contains(named)
            ? named
            : containers[0];
        if (all.Count > 1)
        {
            var kinds = containers.Concat(pod["spec"]["initContainers"].Items.Select(c => $"{c["name"].Text} (init)"));
            session.Error($"Defaulted container \"{chosen}\" out of: {string.Join(", ", kinds)}\n");
        }

        return [chosen];
    }

    // Each log that is followed is a connection; upstream wants to be told when they are many.
    private static void RequireFew(Arguments arguments, int count)
    {
        if (count > arguments.Int("max-log-requests"))
        {
            throw Failure.Error(
                $"you are attempting to follow {count} log streams, but maximum allowed concurrency is {arguments.Int("max-log-requests")}, use --max-log-requests to increase the limit");
        }
    }

    private static LogSource LogOf(Arguments arguments, Json pod, string container, bool isSelected)
    {
        var query = new Query().With("container", container).With("sinceTime", arguments.Text("since-time"));
        foreach (var flag in Switches.Where(arguments.Bool))
        {
            query.With(flag, "true");
        }

        // Logs of several pods would be long, so each shows its last ten lines.
        var tail = arguments.Has("tail") ? arguments.Int("tail") : isSelected ? 10 : -1;
        if (tail < -1)
        {
            throw Failure.Error("--tail must be greater than or equal to -1");
        }

        if (tail >= 0)
        {
            query.With("tailLines", tail);
        }

        if (arguments.Duration("since") is var since && since > TimeSpan.Zero)
        {
            query.With("sinceSeconds", (long)Math.Ceiling(since.TotalSeconds));
        }

        if (arguments.Int("limit-bytes") is var bytes and > 0)
        {
            query.With("limitBytes", bytes);
        }

        var name = pod["metadata"]["name"].Text;
        return new(
            $"/api/v1/namespaces/{pod["metadata"]["namespace"].Text}/pods/{name}/log{query}",
            arguments.Bool("prefix") ? $"[pod/{name}/{container}] " : "");
    }

    private static void Print(Session session, Arguments arguments, LogSource log)
    {
        try
        {
            session.Out(log.Prefixed(session.Api.Text(log.Path)));
        }
        catch (StatusException refusal) when (arguments.Bool("ignore-errors"))
        {
            session.Out($"error: {refusal.Message}\n");
        }
    }
}

/// <summary>A log that is asked for.</summary>
/// <param name="Path">Where, with its query.</param>
/// <param name="Prefix">What each of its lines begins with.</param>
internal sealed record LogSource(string Path, string Prefix)
{
    /// <summary>Whole lines with their prefix.</summary>
    public string Prefixed(string text) => Prefix.Length == 0 || text.Length == 0
        ? text
        : Prefix + text.TrimEnd('\n').Replace("\n", $"\n{Prefix}", StringComparison.Ordinal) + (text.EndsWith('\n') ? "\n" : "");
}
