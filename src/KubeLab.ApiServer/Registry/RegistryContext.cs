using KubeLab.Api.Authentication;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Admission;
using KubeLab.ApiServer.Authentication;
using KubeLab.ApiServer.Authorization;
using KubeLab.ApiServer.Watching;
using KubeLab.Etcd;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Registry;

/// <summary>What all object stores of one server share.</summary>
internal sealed class RegistryContext(VirtualClock clock, Randomness randomness, IEtcd etcd, ApiServerOptions options)
{
    public VirtualClock Clock { get; } = clock;

    public IEtcd Etcd { get; } = etcd;

    public ApiServerOptions Options { get; } = options;

    public Randomness Uids { get; } = randomness.For("apiserver/uids");

    public Randomness Names { get; } = randomness.For("apiserver/names");

    public Randomness Addresses { get; } = randomness.For("apiserver/addresses");

    public Randomness Proxies { get; } = randomness.For("apiserver/proxies");

    public WatchHub Hub { get; } = new(clock, etcd, options.BookmarkPeriod);

    public AdmissionChain Admission { get; } = AdmissionChain.Standard(
        options.ServiceAccounts ? new ServiceAccountAdmission(randomness.For("apiserver/volumes")) : null);

    public Authorizer Authorizer { get; } = new(etcd);

    public ServiceAccountTokens Tokens { get; } = new(etcd, clock, randomness.For("apiserver/tokens"));

    public EventLeases EventLeases { get; } = new(etcd, clock);

    /// <summary>The quotas that admission charges.</summary>
    public NamespaceIndex Quotas { get; } = new(ResourceQuota.Resource);

    /// <summary>The limit ranges that admission applies.</summary>
    public NamespaceIndex LimitRanges { get; } = new(LimitRange.Resource);
}

/// <summary>Who asks, and how the write is to be made.</summary>
/// <param name="User">The user.</param>
/// <param name="Options">The options of the write.</param>
/// <param name="IsAuthorized">Whether the user may do only what roles allow; components of the cluster itself are trusted.</param>
internal readonly record struct WriteRequest(UserInfo User, WriteOptions Options, bool IsAuthorized)
{
    public bool DryRun => Options.DryRun;
}
