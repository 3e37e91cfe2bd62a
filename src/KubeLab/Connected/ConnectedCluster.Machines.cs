using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;

namespace KubeLab.Connected;

/// <content>Machines: a real cluster has those it has. What is asked for is looked for, and what would change them says by which command people do it.</content>
public sealed partial class ConnectedCluster
{
    private int workersWanted;

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Nothing is priced; the message says why.</exception>
    public override Money Cost => meter.IsKnown
        ? meter.Bill().Total
        : throw new NotSupportedException($"what this cluster costs is not known. {string.Join(". ", meter.Notes)}.");

    /// <inheritdoc/>
    public override Bill Bill()
    {
        CatchUp();
        return meter.Bill();
    }

    /// <summary>Looks whether the control plane has so many machines; a managed one, which shows none, is taken as it is.</summary>
    /// <exception cref="NotSupportedException">It shows fewer; the message says what to do.</exception>
    public override void AddMasters(int count, string machine = "e2-standard-2", bool wait = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        var masters = Origins().Count(n => n.IsControlPlane);
        if (masters > 0 && masters < count)
        {
            throw new NotSupportedException(
                $"this cluster is real, and nobody adds masters to it from here: {count} are asked for, it shows {masters}. "
                + $"Ask for AddMasters({masters}), or use a cluster with {count} (on kind: one \"- role: control-plane\" for each in kind create cluster --config FILE).");
        }
    }

    /// <summary>Looks whether there are so many nodes that take pods, those of earlier pools included; names and machine types are the cluster's own.</summary>
    /// <exception cref="NotSupportedException">There are fewer; the message says how to add some.</exception>
    public override void AddNodePool(string name, string machine, int count, bool spot = false, bool wait = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var nodes = Origins();
        var workers = nodes.Where(n => n is { TakesPods: true, IsReady: true }).ToList();
        if (workers.Count < workersWanted + count)
        {
            var wanted = workersWanted + count;
            throw new NotSupportedException(
                $"this cluster is real, and nobody rents machines for it from here: {wanted} nodes that take pods are asked for, {workers.Count} are ready. "
                + $"{Capital(MachineCommands.Grow(Any(nodes), Context, wanted))}; then run this cell again.");
        }

        if (spot && !workers.Exists(n => n.IsSpot))
        {
            throw new NotSupportedException(
                "this cluster is real, and none of its nodes says that it is a spot machine: add a spot pool with your provider's command, or leave out spot: true.");
        }

        workersWanted += count;
    }

    /// <inheritdoc/>
    public override void Resize(string pool, int count, bool wait = true) => throw new NotSupportedException(
        $"only a simulated cluster resizes its node pools from here. This one is real: {MachineCommands.Grow(Any(Origins()), Context, count)}.");

    /// <inheritdoc/>
    public override void Autoscale(string pool, int min, int max) => throw new NotSupportedException(
        $"only a simulated cluster autoscales its node pools from here. This one is real: {MachineCommands.Autoscale(Any(Origins()), Context, pool, min, max)}.");

    /// <inheritdoc/>
    public override void Kill(string machine) => throw ByHand("pulls the plug of a machine", machine, MachineCommands.Stop);

    /// <inheritdoc/>
    public override void Restore(string machine) => throw ByHand("gives a machine its power back", machine, MachineCommands.Start);

    /// <inheritdoc/>
    private protected override void Confirm(string what, string? confirm) =>
        Confirmation.Require(what, Context, confirm, Environment.GetEnvironmentVariable(Confirmation.Variable));

    private static NodeOrigin? Any(List<NodeOrigin> nodes) => nodes.Find(n => n.TakesPods) ?? nodes.FirstOrDefault();

    private static string Capital(string words) => words.StartsWith("k3d ", StringComparison.Ordinal) || words.StartsWith("minikube ", StringComparison.Ordinal)
        || words.StartsWith("gcloud ", StringComparison.Ordinal) || words.StartsWith("eksctl ", StringComparison.Ordinal) || words.StartsWith("az ", StringComparison.Ordinal)
        ? $"Run: {words}"
        : char.ToUpperInvariant(words[0]) + words[1..];

    private NotSupportedException ByHand(string what, string machine, Func<NodeOrigin, string> command)
    {
        var nodes = Origins();
        var node = nodes.Find(n => n.Name == machine);
        if (node is null)
        {
            return new NotSupportedException(
                $"only a simulated cluster {what} from here, and this one, which is real, has no node \"{machine}\"; it has {string.Join(", ", nodes.Select(n => n.Name))}.");
        }

        if (isSimulated)
        {
            return new NotSupportedException(
                $"only a cluster that this notebook simulates {what} from here. This one runs in another process (lab cluster): "
                + $"leave out {Lab.TargetVariable} to simulate one here, or cordon and drain {machine} instead.");
        }

        var how = command(node) is { Length: > 0 } text ? $"run {text} in a terminal" : "do it with your provider's command or console";
        return new NotSupportedException(
            $"only a simulated cluster {what} from here. This one is real: {how}, then run the next cell.{(node is { Host: NodeHost.Google or NodeHost.Amazon or NodeHost.Azure, Pool: not null } ? $" Its pool {node.Pool} may put another machine in its place." : "")}");
    }

    private List<NodeOrigin> Origins() => [.. Nodes().Select(node => NodeOrigin.Of(node, isSimulated))];
}
