using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Paths;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Waiting;

/// <summary><c>kubectl wait</c>, in the cluster's time.</summary>
internal sealed class WaitCommand : Command
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public override string Name => "wait";

    public override string Summary => "Wait for a specific condition on one or many resources.";

    public override Flags Flags => new Flags().Files().Output().Selector().Bool("all").Bool("all-namespaces", 'A').Text("for").Duration("timeout", "30s");

    public override void Run(Session session, Arguments arguments)
    {
        var what = arguments.Text("for");
        var until = session.Host.Now + (arguments.Duration("timeout") is var limit && limit < TimeSpan.Zero ? TimeSpan.FromDays(7) : limit);
        if (what.Equals("create", StringComparison.OrdinalIgnoreCase))
        {
            WaitForCreation(session, arguments, until);
            return;
        }

        var isDeletion = what.Equals("delete", StringComparison.OrdinalIgnoreCase);
        var condition = isDeletion ? null : Condition(what);
        var finder = new Finder(session, arguments) { TakesAll = arguments.Bool("all"), IgnoresNotFound = isDeletion };
        var infos = finder.Find(arguments.Words);
        if (infos.Count == 0 && session.Failures.Count == 0)
        {
            if (!isDeletion)
            {
                throw Failure.Error("no matching resources found");
            }

            return;
        }

        for (var i = 0; i < infos.Count; i++)
        {
            var (info, isLate) = (infos[i], i > 0 && session.Host.Now >= until);
            session.Try(() => Wait(session, info, until, condition, isLate));
        }
    }

    /// <summary>Objects that do not exist yet are looked for until they do.</summary>
    private static void WaitForCreation(Session session, Arguments arguments, DateTimeOffset until)
    {
        var finder = new Finder(session, arguments) { TakesAll = arguments.Bool("all") };
        var infos = finder.Find(arguments.Words);
        while (infos.Count == 0)
        {
            session.TakeFailures();
            if (session.Host.Now >= until)
            {
                throw Failure.Error("timed out waiting for the condition");
            }

            session.Host.Wait(() => false, Glance);
            infos = finder.Find(arguments.Words);
        }

        foreach (var info in infos)
        {
            session.Out($"{info.Title} condition met\n");
        }
    }

    private static void Wait(Session session, Info info, DateTimeOffset until, Func<Json, bool>? condition, bool isLate)
    {
        var wasDeleted = false;
        var isMet = !isLate && ObjectWatch.Until(session, info, until - session.Host.Now, obj =>
        {
            wasDeleted = !obj.Exists;
            return condition is null ? wasDeleted : !wasDeleted && condition(obj);
        });
        if (!isMet)
        {
            throw Failure.Error($"timed out waiting for the condition on {info.Resource.Plural}/{info.Name}");
        }

        session.Out($"{info.Title} condition met\n");
    }

    private static Func<Json, bool> Condition(string what)
    {
        if (what.StartsWith("condition=", StringComparison.Ordinal))
        {
            var parts = what["condition=".Length..].Split('=', 2);
            return Holds(parts[0], parts.Length == 2 ? parts[1] : "true");
        }

        return what.StartsWith("jsonpath=", StringComparison.Ordinal)
            ? Equals(what["jsonpath=".Length..])
            : throw Failure.Error($"unrecognized condition: \"{what}\"");
    }

    private static Func<Json, bool> Holds(string type, string value) => obj =>
    {
        var condition = obj["status"]["conditions"].Items.FirstOrDefault(c => c["type"].Text.Equals(type, StringComparison.OrdinalIgnoreCase));

        // A condition that was written before the last change says nothing about it.
        var seen = condition["observedGeneration"] is { Exists: true } own ? own : obj["status"]["observedGeneration"];
        return condition["status"].Text.Equals(value, StringComparison.OrdinalIgnoreCase)
            && (!seen.Exists || seen.Int >= obj["metadata"]["generation"].Int);
    };

    private static Func<Json, bool> Equals(string expression)
    {
        // The braces may be left out.
        var braces = expression.LastIndexOf('}') + 1;
        var equals = expression.IndexOf('=', StringComparison.Ordinal);
        var end = braces > 0 ? braces : equals < 0 ? expression.Length : equals;
        if (end == 0 || (end < expression.Length && expression[end] != '='))
        {
            throw Failure.Error("jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'");
        }

        var path = JsonPath.Relaxed(expression[..end]);
        var value = end < expression.Length ? expression[(end + 1)..].Trim('"', '\'') : null;
        return obj =>
        {
            var found = path.Find(obj.Node);
            return found.Count == 1 && found[0] is not null && (value is null || new Json(found[0]).Text == value);
        };
    }
}
