using KubeLab.KubectlText.CommandLine;
using KubeLab.KubectlText.Describing;
using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Nodes;

/// <summary>Which pods of a node a drain takes away, and which stand in its way.</summary>
/// <remarks>Upstream: k8s.io/kubectl/pkg/drain/filters.go.</remarks>
internal sealed class DrainFilter(Arguments arguments)
{
    private const string Unmanaged = "Pods that declare no controller";

    /// <summary>kubectl 1.33 says these words twice of such pods.</summary>
    private const string UnmanagedRefused = "cannot delete Pods that declare no controller";
    private const string DaemonSet = "DaemonSet-managed Pods";
    private const string LocalStorage = "Pods with local storage";

    private readonly SortedDictionary<string, List<string>> errors = new(StringComparer.Ordinal);
    private readonly List<(string Message, string Pod)> warnings = [];

    /// <summary>The pods to evict.</summary>
    public List<Json> Pods { get; } = [];

    /// <summary>Why the node cannot be drained so; empty when it can.</summary>
    public string Error
    {
        get
        {
            var lines = errors.Select(error => $"cannot delete {error.Key}: {string.Join(", ", error.Value)}").ToList();
            return lines.Count > 1 ? $"[{string.Join(", ", lines)}]" : lines.FirstOrDefault("");
        }
    }

    /// <summary>What should be known; empty when there is nothing.</summary>
    public string Warning => string.Join("; ", warnings.GroupBy(w => w.Message, w => w.Pod).Select(group => $"{group.Key}: {string.Join(", ", group)}"));

    /// <summary>Judges a pod.</summary>
    public void Add(Json pod)
    {
        var metadata = pod["metadata"];
        var name = $"{metadata["namespace"].Text}/{metadata["name"].Text}";
        var owner = Metadata.OwnerOf(pod);
        if (metadata["annotations"]["kubernetes.io/config.mirror"].Exists)
        {
            return;
        }

        var isOver = pod["status"]["phase"].Text is "Succeeded" or "Failed";
        if (owner["kind"].Text == "DaemonSet" && !isOver)
        {
            if (arguments.Bool("ignore-daemonsets"))
            {
                warnings.Add(("ignoring DaemonSet-managed Pods", name));
            }
            else
            {
                Refuse($"{DaemonSet} (use --ignore-daemonsets to ignore)", name);
            }

            return;
        }

        var isTaken = true;
        if (pod["spec"]["volumes"].Items.Any(volume => volume["emptyDir"].Exists) && !isOver)
        {
            isTaken &= Allow("delete-emptydir-data", LocalStorage, LocalStorage, "--delete-emptydir-data to override", name);
        }

        if (!owner.Exists && !isOver)
        {
            isTaken &= Allow("force", Unmanaged, UnmanagedRefused, "--force to override", name);
        }

        if (isTaken)
        {
            Pods.Add(pod);
        }
    }

    private bool Allow(string flag, string what, string refused, string hint, string name)
    {
        if (arguments.Bool(flag))
        {
            warnings.Add(($"deleting {what}", name));
            return true;
        }

        Refuse($"{refused} (use {hint})", name);
        return false;
    }

    private void Refuse(string reason, string name)
    {
        if (!errors.TryGetValue(reason, out var pods))
        {
            errors[reason] = pods = [];
        }

        pods.Add(name);
    }
}
