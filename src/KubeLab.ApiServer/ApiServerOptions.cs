using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Kinds;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer;

/// <summary>How an API server is set up.</summary>
public sealed record ApiServerOptions
{
    /// <summary>The kinds it serves.</summary>
    public IReadOnlyList<KindStrategy> Kinds { get; init; } = BuiltInKinds.All();

    /// <summary>Where clients find it, as error texts name it.</summary>
    public string Address { get; init; } = "127.0.0.1:6443";

    /// <summary>The addresses of services, as a CIDR block of IPv4.</summary>
    public string ServiceClusterIPRange { get; init; } = "10.96.0.0/12";

    /// <summary>Finds the kubelet of a node, for logs; null when it does not answer.</summary>
    public Func<string, IKubeletEndpoint?> Kubelets { get; init; } = static _ => null;

    /// <summary>Asks the other components of the control plane how they are.</summary>
    public Func<IReadOnlyList<ComponentHealth>> Components { get; init; } = static () => [];

    /// <summary>The address under which pods find it, beside those of other servers on the same store, as the endpoints of the service <c>kubernetes</c>; null when it has no machine.</summary>
    public string? AdvertisedAddress { get; init; }

    /// <summary>The name of its machine, under which it keeps a lease in kube-system; null keeps none.</summary>
    public string? Host { get; init; }

    /// <summary>Whether it starts when it is made; otherwise it waits for <see cref="ApiServer.Start"/>.</summary>
    public bool StartsAtOnce { get; init; } = true;

    /// <summary>Who measures what nodes and pods use; null when nobody does.</summary>
    public Func<IResourceMetrics?> Metrics { get; init; } = static () => null;

    /// <summary>Who serves measures of one's own behind the aggregation layer; null when nobody does.</summary>
    public Func<IMetricsAdapter?> Adapter { get; init; } = static () => null;

    /// <summary>The webhooks that are asked before an object is stored, in this order.</summary>
    public Func<IReadOnlyList<IMutatingWebhook>> Webhooks { get; init; } = static () => [];

    /// <summary>Whether pods need a service account and are given its token. A controller has to make the accounts, so a server alone does without.</summary>
    public bool ServiceAccounts { get; init; }

    /// <summary>Whether the roles and bindings of upstream's bootstrap policy are made when they are missing.</summary>
    public bool BootstrapPolicy { get; init; } = true;

    /// <summary>How often watches that allow it are told where they stand.</summary>
    public TimeSpan BookmarkPeriod { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How often history is compacted to where it stood one period ago.</summary>
    public TimeSpan CompactionPeriod { get; init; } = TimeSpan.FromMinutes(5);
}
