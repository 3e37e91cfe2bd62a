using KubeLab.KubectlText.Applying;
using KubeLab.KubectlText.Asking;
using KubeLab.KubectlText.Authorizing;
using KubeLab.KubectlText.Autoscaling;
using KubeLab.KubectlText.Configuring;
using KubeLab.KubectlText.Creating;
using KubeLab.KubectlText.Deleting;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Diffing;
using KubeLab.KubectlText.Executing;
using KubeLab.KubectlText.Explaining;
using KubeLab.KubectlText.Getting;
using KubeLab.KubectlText.Labelling;
using KubeLab.KubectlText.Logging;
using KubeLab.KubectlText.Nodes;
using KubeLab.KubectlText.Patching;
using KubeLab.KubectlText.Rolling;
using KubeLab.KubectlText.Setting;
using KubeLab.KubectlText.Topping;
using KubeLab.KubectlText.Waiting;

namespace KubeLab.KubectlText.CommandLine;

/// <summary>All commands, and how the one that a line names is found.</summary>
internal static class CommandTree
{
    private static readonly Dictionary<string, string> GroupAliases = new(StringComparer.Ordinal) { ["log"] = "logs" };

    private static readonly Dictionary<string, string> MiddleAliases = new(StringComparer.Ordinal) { ["svc"] = "service" };

    /// <summary>All commands.</summary>
    public static IReadOnlyList<Command> All { get; } =
    [
        new GetCommand(), new DescribeCommand(), new ApplyCommand(), new CreateCommand(), new CreateNamespaceCommand(), new CreateDeploymentCommand(),
        new CreateConfigMapCommand(), new CreateJobCommand(), new CreateCronJobCommand(), new CreateGenericSecretCommand(), new CreateRegistrySecretCommand(),
        new CreateTlsSecretCommand(), new CreateClusterIPCommand(), new CreateNodePortCommand(), new CreateLoadBalancerCommand(), new CreateExternalNameCommand(),
        new CreateServiceAccountCommand(), new CreateQuotaCommand(), new CreateBudgetCommand(), new CreatePriorityClassCommand(),
        new CreateRoleCommand(), new CreateClusterRoleCommand(), new CreateRoleBindingCommand(), new CreateClusterRoleBindingCommand(), new CreateIngressCommand(),
        new CreateTokenCommand(), new ReplaceCommand(), new RunCommand(), new ExposeCommand(), new DeleteCommand(),
        new ScaleCommand(), new SetImageCommand(), new SetResourcesCommand(), new SetEnvCommand(), new SetServiceAccountCommand(),
        new RolloutStatusCommand(), new RolloutHistoryCommand(), new RolloutUndoCommand(), new RolloutRestartCommand(), new RolloutPauseCommand(),
        new RolloutResumeCommand(), new LogsCommand(), new ExecCommand(), new EventsCommand(), new LabelCommand(), new AnnotateCommand(), new TaintCommand(),
        new CordonCommand(), new UncordonCommand(), new DrainCommand(), new PatchCommand(), new WaitCommand(), new VersionCommand(),
        new ClusterInfoCommand(), new ApiResourcesCommand(), new ApiVersionsCommand(), new ExplainCommand(), new DiffCommand(), new AutoscaleCommand(),
        new CanICommand(), new WhoAmICommand(), new CurrentContextCommand(), new ViewConfigCommand(), new GetContextsCommand(), new UseContextCommand(),
        new GetNamesCommand("clusters", "Display clusters defined in the kubeconfig."), new GetNamesCommand("users", "Display users defined in the kubeconfig."),
        new TopNodeCommand(), new TopPodCommand(),
        new RefusedCommand("edit", "a cell has no editor; change the YAML and apply it, or use kubectl patch, set or scale", needsTerminal: true),
        new RefusedCommand("attach", "a cell has no terminal; read kubectl logs -f", needsTerminal: true),
        new RefusedCommand("cp", "a cell has no files of its own; use kubectl exec with cat, or put data into a ConfigMap"),
        new RefusedCommand("debug", "a cell has no terminal; read kubectl describe and kubectl logs", needsTerminal: true),
        new RefusedCommand("port-forward", "a cell has no network of its own; look at the service with kubectl describe", needsTerminal: true),
        new RefusedCommand("proxy", "a cell has no network of its own; use kubectl get --raw", needsTerminal: true),
        new RefusedCommand("certificate", "the lab signs no certificates"),
        new RefusedCommand("completion", "a cell completes C#, not shell words", needsTerminal: true),
        new RefusedCommand("config", "a cluster in a notebook is a variable, so it needs no kubeconfig that could be changed; config view and config get-contexts are offered"),
        new RefusedCommand("kustomize", "write the YAML out and apply it"),
        new RefusedCommand("plugin", "a cell can run any C# instead"),
    ];

    /// <summary>The command that the words begin with, be it a refused one, and the words that follow it; options may come before.</summary>
    /// <exception cref="Failure">There is no such command; the message is kubectl's.</exception>
    public static (Command Command, List<string> Remaining) Find(List<string> words)
    {
        var first = NextWord(words, 0);
        if (first < 0)
        {
            throw new Failure("kubectl controls the Kubernetes cluster manager.\n\nCommands: "
                + string.Join(", ", All.Where(c => c is not RefusedCommand).Select(c => c.Name)));
        }

        var name = GroupAliases.GetValueOrDefault(words[first], words[first]);
        var second = NextWord(words, first + 1);
        var third = second < 0 ? -1 : NextWord(words, second + 1);
        if (third >= 0 && All.FirstOrDefault(c => IsNamed(c, $"{name} {MiddleAliases.GetValueOrDefault(words[second], words[second])}", words[third])) is { } deep)
        {
            return (deep, [.. words.Where((_, i) => i != first && i != second && i != third)]);
        }

        if (second >= 0 && All.FirstOrDefault(c => IsNamed(c, name, words[second])) is { } sub)
        {
            return (sub, [.. words.Where((_, i) => i != first && i != second)]);
        }

        if (All.FirstOrDefault(c => c.Name == name) is { } command)
        {
            return (command, [.. words.Where((_, i) => i != first)]);
        }

        var subs = All.Where(c => c.Name.StartsWith(name + " ", StringComparison.Ordinal)).ToList();
        if (subs.Count == 0)
        {
            throw new Failure($"error: unknown command \"{name}\" for \"kubectl\"{Suggestions(name)}");
        }

        throw new Failure(second >= 0
            ? $"error: unknown command \"{string.Join(' ', words.Skip(second))}\"\nSee 'kubectl {name} -h' for help and examples"
            : $"kubectl {name} needs one of: {string.Join(", ", subs.Select(c => c.Name[(name.Length + 1)..]))}");
    }

    private static bool IsNamed(Command command, string group, string word)
    {
        var space = command.Name.LastIndexOf(' ');
        return space > 0 && command.Name[..space] == group && (command.Name[(space + 1)..] == word || command.Aliases.Contains(word));
    }

    /// <summary>Where the next word is that is neither an option nor the value of a global one; -1 when there is none.</summary>
    private static int NextWord(List<string> words, int from)
    {
        var global = new Flags();
        for (var i = from; i < words.Count; i++)
        {
            var word = words[i];
            if (word == "--")
            {
                return -1;
            }

            if (!word.StartsWith('-') || word == "-")
            {
                return i;
            }

            var flag = word.StartsWith("--", StringComparison.Ordinal) ? global.Named(word[2..]) : word.Length == 2 ? global.Lettered(word[1]) : null;
            i += flag is { Bare: null } ? 1 : 0;
        }

        return -1;
    }

    private static string Suggestions(string name)
    {
        var near = All.Where(c => c is not RefusedCommand).Select(c => c.Name.Split(' ')[0]).Distinct()
            .Where(c => Distance(name, c) <= 2 || c.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        return near.Count == 0 ? "" : $"\n\nDid you mean this?\n{string.Concat(near.Select(c => $"\t{c}\n"))}";
    }

    /// <summary>How many letters have to be changed, put in or taken out.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                var change = diagonal + (char.ToLowerInvariant(left[i - 1]) == char.ToLowerInvariant(right[j - 1]) ? 0 : 1);
                row[j] = Math.Min(change, Math.Min(row[j], row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[right.Length];
    }
}
