using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Logging;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Executing;

/// <summary><c>kubectl exec</c>: a command in a container, whose time passes in the cluster.</summary>
/// <remarks>A terminal waits until Ctrl-C; a cell has to end, so it waits for a minute, or as long as <c>--request-timeout</c> says.</remarks>
internal sealed class ExecCommand : Command
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public override string Name => "exec";

    public override string Summary => "Execute a command in a container.";

    public override Flags Flags => new Flags().Text("container", 'c').Bool("stdin", 'i').Bool("tty", 't').Bool("quiet", 'q').Duration("pod-running-timeout", "1m0s");

    public override void Run(Session session, Arguments arguments)
    {
        if (arguments.Words.Count == 0)
        {
            throw Misused("pod, type/name or --filename must be specified");
        }

        if (arguments.Words.Count > 1)
        {
            throw Misused("exec [POD] [COMMAND] is not supported anymore. Use exec [POD] -- [COMMAND] instead");
        }

        if (arguments.AfterDash is not { Count: > 0 } command)
        {
            throw Failure.Error("you must specify at least one command for the container");
        }

        var pod = Find(session, arguments.Words[0]);
        if (pod["status"]["phase"].Text is "Succeeded" or "Failed")
        {
            throw Failure.Error($"cannot exec into a container in a completed pod; current phase is {pod["status"]["phase"].Text}");
        }

        if (arguments.Bool("tty"))
        {
            session.Error("Unable to use a TTY - input is not a terminal or the right kind of file\n");
        }

        var container = ContainerOf(session, arguments, pod);
        var stdin = arguments.Bool("stdin") ? session.Stdin ?? "" : null;
        var query = new Query().With("container", container).With("stdout", "true").With("stderr", "true").With("stdin", stdin is null ? null : "true");
        command.ForEach(word => query.With("command", word));
        var path = $"/api/v1/namespaces/{pod["metadata"]["namespace"].Text}/pods/{pod["metadata"]["name"].Text}/exec{query}";
        using var process = session.Host.Connect(path, stdin);
        End(Follow(session, arguments, process));
    }

    private static Json Follow(Session session, Arguments arguments, IKubectlProcess process)
    {
        var limit = GoDuration.Parse(arguments.Text("request-timeout")) is { } asked && asked > TimeSpan.Zero ? asked : Limit;
        var until = session.Host.Now + limit;
        while (true)
        {
            foreach (var (isError, text) in process.Read())
            {
                session.Terminal.Write(text, isError);
            }

            if (process.Result is { } result && !process.HasOutput)
            {
                return result;
            }

            var left = until - session.Host.Now;
            if (left <= TimeSpan.Zero || !session.Host.Wait(() => process.HasOutput || process.Result is not null, left))
            {
                throw Failure.Error(
                    $"the command still runs after {limit.TotalSeconds:0} s of the cluster's time, and a cell has no Ctrl-C, so it was left; --request-timeout=5m waits longer");
            }
        }
    }

    private static void End(Json result)
    {
        if (result["status"].Text == "Success")
        {
            return;
        }

        if (result["reason"].Text == "NonZeroExitCode")
        {
            var code = int.Parse(
                result["details"]["causes"].Items.FirstOrDefault(c => c["reason"].Text == "ExitCode")["message"].Or("1"),
                System.Globalization.CultureInfo.InvariantCulture);
            throw new Failure($"command terminated with exit code {code}", code);
        }

        throw Failure.Error(result["message"].Text);
    }

    private static Json Find(Session session, string target)
    {
        var word = target.Contains('/', StringComparison.Ordinal)
            ? ResourceWords.Read(session, [target])[0]
            : new ResourceWord(ResourceWords.Type(session, "pods"), target);
        Json obj = Finder.Get(session, word.Resource, word.Resource.Namespaced ? session.Namespace : null, word.Name!);
        return word.Resource.Kind == "Pod" ? obj : LogTarget.PodsOf(session, word, obj, "attach to")[0];
    }

    private static string ContainerOf(Session session, Arguments arguments, Json pod)
    {
        if (arguments.Text("container") is { Length: > 0 } named)
        {
            return named;
        }

        var containers = pod["spec"]["containers"].Items.Select(c => c["name"].Text).ToList();
        var chosen = pod["metadata"]["annotations"]["kubectl.kubernetes.io/default-container"].Text is { Length: > 0 } usual && containers.Contains(usual)
            ? usual
            : containers[0];
        var all = containers.Concat(pod["spec"]["initContainers"].Items.Select(c => $"{c["name"].Text} (init)")).ToList();
        if (all.Count > 1 && !arguments.Bool("quiet"))
        {
            session.Error($"Defaulted container \"{chosen}\" out of: {string.Join(", ", all)}\n");
        }

        return chosen;
    }
}
