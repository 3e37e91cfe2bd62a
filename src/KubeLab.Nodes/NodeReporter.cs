using KubeLab.Api;
using KubeLab.Api.Coordination;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Nodes.Images;
using KubeLab.Simulation;

namespace KubeLab.Nodes;

/// <summary>Keeps the cluster informed about the node: registers it, renews its lease every 10 s, and reports its status when it changes or five minutes have passed.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/architecture/nodes/#node-heartbeats">Node heartbeats</seealso>
internal sealed class NodeReporter(NodeConfig config, IKubernetesApi api, VirtualClock clock, Randomness chance, ImageStore images, Func<IReadOnlyList<string>> pressures)
{
    /// <summary>Where the leases of nodes are.</summary>
    public const string LeaseNamespace = "kube-node-lease";

    private const int LeaseSeconds = 40;
    private const int ImagesShown = 50;
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ReportEvery = TimeSpan.FromMinutes(5);

    private static readonly (string Condition, string Came, string Went)[] PressureEvents =
    [
        ("MemoryPressure", "NodeHasInsufficientMemory", "NodeHasSufficientMemory"),
        ("DiskPressure", "NodeHasDiskPressure", "NodeHasNoDiskPressure"),
    ];

    private readonly NodeStatusWriter writer = new(config, chance);
    private Repeating? heartbeat;
    private Lease? lease;
    private DateTimeOffset reportAt;
    private int imagesReported;
    private IReadOnlyList<string> pressuresReported = [];
    private bool registered;

    /// <summary>Told, in one word, when a condition of the node has changed.</summary>
    public Action<string>? Changed { get; set; }

    /// <summary>Asked why the node is not ready; null when it is.</summary>
    public Func<string?> NotReady { get; init; } = () => null;

    /// <summary>Tells the node's status out of turn; when nobody hears it, the next beat does.</summary>
    public void ReportNow()
    {
        reportAt = clock.Now;
        if (registered)
        {
            Beat();
        }
    }

    /// <summary>Registers, and beats from now on; the first beat comes at a random instant of the period.</summary>
    public void Start()
    {
        registered = false;
        lease = null;
        Beat();
        heartbeat = clock.Every(RenewEvery, Beat, RenewEvery * chance.NextDouble());
    }

    /// <summary>Is heard of no more.</summary>
    public void Stop() => heartbeat?.Cancel();

    private void Beat()
    {
        try
        {
            if (!registered)
            {
                Register();
                registered = true;
            }
            else if (clock.Now >= reportAt || imagesReported != images.Generation || HavePressuresChanged())
            {
                Report();
            }

            Renew();
        }
        catch (ApiException)
        {
            // What could not be told now is told at the next beat; a lease that somebody else wrote is read again. The node's state too may have been written by
            // others meanwhile: a real kubelet reads it every 10 seconds and sets it right.
            lease = null;
            reportAt = clock.Now;
        }
    }

    // Asked at each beat of each node: an empty list, as nearly always, costs nothing.
    private bool HavePressuresChanged()
    {
        var now = pressures();
        return now.Count != pressuresReported.Count || (now.Count > 0 && !pressuresReported.SequenceEqual(now));
    }

    private void Register()
    {
        var node = api.Find<Node>("", config.Name) ?? api.Create(writer.NewNode());
        if (!config.StorageDrivers.IsEmpty && api.Find<CSINode>("", config.Name) is null)
        {
            api.Create(StorageOf(node));
        }

        Report();
    }

    /// <summary>What the node's storage drivers can do, which goes when the node does.</summary>
    /// <remarks>Upstream: pkg/volume/csi/nodeinfomanager.</remarks>
    private CSINode StorageOf(Node node) => new()
    {
        Metadata = new ObjectMeta
        {
            Name = config.Name,
            OwnerReferences = [new OwnerReference { ApiVersion = "v1", Kind = "Node", Name = config.Name, Uid = node.Metadata.Uid! }],
        },
        Spec = new CSINodeSpec { Drivers = config.StorageDrivers },
    };

    private void Report()
    {
        var node = api.Find<Node>("", config.Name) ?? api.Create(writer.NewNode());
        var now = pressures();
        api.UpdateStatus(node with { Status = writer.Write(node.Status, clock.Now, ShownImages(), now, NotReady()) });
        TellPressures(now);
        imagesReported = images.Generation;
        reportAt = clock.Now + chance.Jitter(ReportEvery, 0.04);
    }

    private void TellPressures(IReadOnlyList<string> now)
    {
        foreach (var (condition, came, went) in PressureEvents)
        {
            if (now.Contains(condition) != pressuresReported.Contains(condition))
            {
                Changed?.Invoke(now.Contains(condition) ? came : went);
            }
        }

        pressuresReported = now;
    }

    private ValueList<ContainerImage> ShownImages() => images.Images
        .OrderByDescending(i => i.Bytes)
        .ThenBy(i => i.FullName, StringComparer.Ordinal)
        .Take(ImagesShown)
        .Select(i => new ContainerImage { Names = [i.Id, i.FullName], SizeBytes = i.Bytes })
        .ToValueList();

    private void Renew()
    {
        lease ??= api.Find<Lease>(LeaseNamespace, config.Name);
        MicroTime now = clock.Now;
        lease = lease is null
            ? api.Create(new Lease
            {
                Metadata = new ObjectMeta { Name = config.Name, Namespace = LeaseNamespace },
                Spec = new LeaseSpec { HolderIdentity = config.Name, LeaseDurationSeconds = LeaseSeconds, RenewTime = now },
            })
            : api.Update(lease with { Spec = lease.Spec with { HolderIdentity = config.Name, RenewTime = now } });
    }
}
