using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Logging;

/// <summary><c>kubectl logs</c>.</summary>
internal sealed class LogsCommand : Command
{
    /// <summary>How long a log is followed; a terminal would follow until Ctrl-C.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private static readonly string[] ContainerFields = ["initContainers", "containers", "ephemeralContainers"];
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
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
        foreach (var pod in pods)
        {
            foreach (var container in ContainersOf(session, arguments, pod))
            {
                Print(session, arguments, pod, container, selector.Length > 0);
            }
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

    private static void Print(Session session, Arguments arguments, Json pod, string container, bool isSelected)
    {
        var query = new Query().With("container", container).With("sinceTime", arguments.Text("since-time"));
        foreach (var flag in Switches.Where(arguments.Bool))
        {
            query.With(flag, "true");
        }

        // Logs of several pods would be long, so each shows its last ten lines.
        var tail = arguments.Has("tail") ? arguments.Int("tail") : isSelected ? 10 : -1;
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

        var path = $"/api/v1/namespaces/{pod["metadata"]["namespace"].Text}/pods/{pod["metadata"]["name"].Text}/log{query}";
        var prefix = arguments.Bool("prefix") ? $"[pod/{pod["metadata"]["name"].Text}/{container}] " : "";
        try
        {
            if (arguments.Bool("follow"))
            {
                Follow(session, arguments, path, prefix);
            }
            else
            {
                session.Out(Prefixed(session.Api.Text(path), prefix));
            }
        }
        catch (StatusException refusal) when (arguments.Bool("ignore-errors"))
        {
            session.Out($"error: {refusal.Message}\n");
        }
    }

    private static void Follow(Session session, Arguments arguments, string path, string prefix)
    {
        var limit = GoDuration.Parse(arguments.Text("request-timeout")) is { } asked && asked > TimeSpan.Zero ? asked : Limit;
        var until = session.Host.Now + limit;
        using var stream = session.Host.Open(new("GET", path, $"{MediaTypes.Json}, */*"));
        while (true)
        {
            var text = stream.HasText ? stream.Read() : "";
            if (stream.Code >= 400)
            {
                throw StatusException.From(stream.Code, text);
            }

            session.Out(Prefixed(text, prefix));
            var left = until - session.Host.Now;
            if (stream.IsWhole && left > TimeSpan.Zero)
            {
                Poll(session, path, prefix, text.Length, until);
                return;
            }

            if (stream.HasEnded || left <= TimeSpan.Zero || !session.Host.Wait(() => stream.HasText || stream.HasEnded, left))
            {
                session.Out(Prefixed(stream.HasText ? stream.Read() : "", prefix));
                return;
            }
        }
    }

    /// <summary>Asks for the log again and again, and prints what was not there before.</summary>
    private static void Poll(Session session, string path, string prefix, int known, DateTimeOffset until)
    {
        while (session.Host.Now < until)
        {
            session.Host.Wait(() => false, Glance);
            var text = session.Api.Text(path);

            // A container that was restarted has a new log.
            var from = text.Length >= known ? known : 0;
            session.Out(Prefixed(text[from..], prefix));
            known = text.Length;
        }
    }

    private static string Prefixed(string text, string prefix) => prefix.Length == 0 || text.Length == 0
        ? text
        : prefix + text.TrimEnd('\n').Replace("\n", $"\n{prefix}", StringComparison.Ordinal) + (text.EndsWith('\n') ? "\n" : "");
}
