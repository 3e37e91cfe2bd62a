using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Logging;

/// <summary><c>kubectl logs -f</c>: prints lines as they are written while the cluster's time passes, until the containers end.</summary>
/// <remarks>A terminal follows until Ctrl-C; a cell has to end, so it follows for a minute, or as long as <c>--request-timeout</c> says.</remarks>
internal sealed class LogFollowing(Session session, Arguments arguments)
{
    public void Run(IReadOnlyList<LogSource> logs)
    {
        var limit = GoDuration.Parse(arguments.Text("request-timeout")) is { } asked && asked > TimeSpan.Zero ? asked : LogsCommand.Limit;
        var until = session.Host.Now + limit;
        var open = new List<(LogSource Log, IKubectlStream Stream)>();
        try
        {
            foreach (var log in logs)
            {
                open.Add((log, session.Host.Open(new("GET", log.Path, $"{MediaTypes.Json}, */*"))));
            }

            do
            {
                open.ForEach(o => Print(o.Log, o.Stream));
            }
            while (open.Exists(o => !o.Stream.HasEnded || o.Stream.HasText)
                && until - session.Host.Now is var left && left > TimeSpan.Zero
                && session.Host.Wait(() => open.Exists(o => o.Stream.HasText) || open.TrueForAll(o => o.Stream.HasEnded), left));

            open.ForEach(o => Print(o.Log, o.Stream));
        }
        finally
        {
            open.ForEach(o => o.Stream.Dispose());
        }
    }

    private void Print(LogSource log, IKubectlStream stream)
    {
        var text = stream.HasText ? stream.Read() : "";
        if (stream.Code < 400)
        {
            session.Out(log.Prefixed(text));
            return;
        }

        var refusal = StatusException.From(stream.Code, text);
        if (!arguments.Bool("ignore-errors"))
        {
            throw refusal;
        }

        session.Out($"error: {refusal.Message}\n");
    }
}
