using System.Text.Json.Nodes;
using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Resources;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Nodes;

/// <summary><c>kubectl drain</c>: closes a node and evicts its pods, as far as disruption budgets let it.</summary>
internal sealed class DrainCommand : NodeCommand
{
    /// <summary>How long it waits when no time is given; a terminal would wait forever.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromHours(1);

    private static readonly TimeSpan Again = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);

    public override string Name => "drain";

    public override string Summary => "Drain node in preparation for maintenance.";

    public override Flags Flags => new Flags().DryRun().Text("selector", 'l').Text("pod-selector").Bool("force").Bool("ignore-daemonsets")
        .Bool("delete-emptydir-data").Int("grace-period", value: -1).Duration("timeout").Bool("disable-eviction").Int("skip-wait-for-delete-timeout")
        .Int("chunk-size", value: 500);

    public override void Run(Session session, Arguments arguments)
    {
        var result = new ResultPrinter(session, arguments);
        var nodes = Nodes(session, arguments);
        var left = nodes.Select(node => node.Name).ToList();
        foreach (var node in nodes)
        {
            Mark(session, result, node, isClosed: true);
        }

        foreach (var node in nodes)
        {
            try
            {
                Drain(session, arguments, result, node);
                left.Remove(node.Name);
                result.Print(node, "drained");
            }
            catch (Exception failure) when (failure is StatusException or Failure)
            {
                var text = failure is StatusException refusal ? refusal.Message : failure.Message;
                session.Error($"error: unable to drain node \"{node.Name}\" due to error: {text}, continuing command...\n");
                session.Error("There are pending nodes to be drained:\n" + string.Concat(left.Select(name => $" {name}\n")));
                session.Fail(failure);
            }
        }
    }

    private static void Drain(Session session, Arguments arguments, ResultPrinter result, Info node)
    {
        var query = new Query().With("fieldSelector", $"spec.nodeName={node.Name}").With("labelSelector", arguments.Text("pod-selector")).With("limit", 500);
        var filter = new DrainFilter(arguments);
        foreach (var pod in new Json(session.Api.Get($"/api/v1/pods{query}"))["items"].Items)
        {
            filter.Add(pod);
        }

        if (filter.Error.Length > 0)
        {
            throw new Failure(filter.Error);
        }

        if (filter.Warning.Length > 0)
        {
            session.Error($"Warning: {filter.Warning}\n");
        }

        var pods = filter.Pods;
        foreach (var pod in pods)
        {
            session.Out($"evicting pod {NameOf(pod)}{result.Suffix}\n");
        }

        if (result.DryRun == "none")
        {
            var limit = arguments.Duration("timeout") is var asked && asked > TimeSpan.Zero ? asked : Limit;
            new Eviction(session, arguments).Run(pods, session.Host.Now + limit);
        }
    }

    private static string NameOf(Json pod) => $"{pod["metadata"]["namespace"].Text}/{pod["metadata"]["name"].Text}";

    /// <summary>Evicts pods side by side and waits until each is gone.</summary>
    private sealed class Eviction(Session session, Arguments arguments)
    {
        private readonly Dictionary<string, DateTimeOffset> due = new(StringComparer.Ordinal);
        private readonly List<Json> leaving = [];

        public void Run(List<Json> pods, DateTimeOffset until)
        {
            foreach (var pod in pods)
            {
                due[NameOf(pod)] = session.Host.Now;
            }

            while (due.Count + leaving.Count > 0)
            {
                foreach (var pod in pods.Where(pod => due.TryGetValue(NameOf(pod), out var at) && at <= session.Host.Now))
                {
                    Evict(pod);
                }

                leaving.RemoveAll(IsGone);
                if (due.Count + leaving.Count == 0)
                {
                    return;
                }

                if (session.Host.Now >= until)
                {
                    throw new Failure($"error when waiting for pods to terminate: global timeout reached: {arguments.Text("timeout")}");
                }

                session.Host.Wait(() => false, Glance);
            }
        }

        private void Evict(Json pod)
        {
            var (name, ns) = (pod["metadata"]["name"].Text, pod["metadata"]["namespace"].Text);
            var options = new JsonObject();
            if (arguments.Int("grace-period") is var grace and >= 0)
            {
                options["gracePeriodSeconds"] = grace;
            }

            try
            {
                Send(ns, name, options);
                due.Remove(NameOf(pod));
                leaving.Add(pod);
            }
            catch (StatusException refusal) when (refusal.IsNotFound)
            {
                due.Remove(NameOf(pod));
                session.Out($"pod/{name} evicted\n");
            }
            catch (StatusException refusal) when (refusal.Code == 429 || refusal.Reason == "TooManyRequests")
            {
                session.Error($"error when evicting pods/\"{name}\" -n \"{ns}\" (will retry after 5s): {refusal.Message}\n");
                due[NameOf(pod)] = session.Host.Now + Again;
            }
        }

        private void Send(string ns, string name, JsonObject options)
        {
            var path = $"/api/v1/namespaces/{ns}/pods/{name}";
            if (arguments.Bool("disable-eviction"))
            {
                session.Api.Delete(path, options);
                return;
            }

            session.Api.Post($"{path}/eviction", new JsonObject
            {
                ["kind"] = "Eviction",
                ["apiVersion"] = "policy/v1",
                ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["creationTimestamp"] = null },
                ["deleteOptions"] = options,
            });
        }

        private bool IsGone(Json pod)
        {
            var (name, ns, uid) = (pod["metadata"]["name"].Text, pod["metadata"]["namespace"].Text, pod["metadata"]["uid"].Text);
            try
            {
                if (new Json(session.Api.Get($"/api/v1/namespaces/{ns}/pods/{name}"))["metadata"]["uid"].Text == uid)
                {
                    return false;
                }
            }
            catch (StatusException refusal) when (refusal.IsNotFound)
            {
                // Gone is what is waited for.
            }

            session.Out($"pod/{name} evicted\n");
            return true;
        }
    }
}
