using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Authentication;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Authentication;
using KubeLab.ApiServer.Authorization;
using KubeLab.ApiServer.CustomResources.Controlling;
using KubeLab.ApiServer.Registry;
using KubeLab.ApiServer.Watching;
using KubeLab.Etcd;
using KubeLab.Simulation;

namespace KubeLab.ApiServer;

/// <summary>An API server: it admits, defaults, validates and stores objects, and tells watchers what changed.</summary>
/// <remarks>It knows no transport: inside the simulation its connections are called directly, and the HTTP front translates to the same calls.</remarks>
/// <seealso href="https://kubernetes.io/docs/concepts/overview/components/#kube-apiserver">kube-apiserver</seealso>
public sealed class ApiServer
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromSeconds(1);
    private static readonly string[] FirstNamespaces = ["default", "kube-system", "kube-public", "kube-node-lease"];
    private readonly VirtualClock clock;
    private readonly IEtcd etcd;
    private readonly ApiServerOptions options;
    private readonly RegistryContext context;
    private readonly DefinitionControllers definitions;
    private readonly OwnService service;
    private readonly OwnIdentity? identity;
    private AutoCompactor? compactor;
    private Scheduled? restart;

    /// <summary>Makes a server on <paramref name="etcd"/> and starts it, unless its options say otherwise.</summary>
    /// <param name="clock">Gives creation times; waits run on it.</param>
    /// <param name="randomness">Gives uids, generated names and addresses.</param>
    /// <param name="etcd">The store; several servers may share one.</param>
    /// <param name="options">Kinds, addresses and periods; null for the usual.</param>
    public ApiServer(VirtualClock clock, Randomness randomness, IEtcd etcd, ApiServerOptions? options = null)
    {
        this.clock = clock;
        this.etcd = etcd;
        this.options = options ?? new ApiServerOptions();
        context = new RegistryContext(clock, randomness, etcd, this.options);
        Resources = new ResourceTable(this.options.Kinds);
        Authorizer = context.Authorizer;
        Tokens = context.Tokens;
        Stores = new ObjectStores(Resources, context);
        Listing = new Listing(context);
        TokenRequests = new TokenRequests(context);
        Logs = new PodLogs(context);
        Connections = new PodConnections(context);
        Proxy = new ProxyTargets(context, this);
        Hub = context.Hub;
        foreach (var kind in Resources.Kinds)
        {
            Hub.FeedOf(kind);
        }

        definitions = new DefinitionControllers(ConnectAs("system:apiserver"), clock, new KindRegistrar(Resources, Stores, Hub));
        service = new OwnService(ConnectAs("system:apiserver"), clock, etcd, this.options);
        identity = this.options.Host is { } host ? new OwnIdentity(ConnectAs("system:apiserver"), clock, randomness.For("apiserver/identity"), host) : null;
        if (this.options.StartsAtOnce)
        {
            Start();
        }
    }

    /// <summary>Called when it has begun to answer.</summary>
    public event Action? Started;

    /// <summary>What it serves.</summary>
    public ResourceTable Resources { get; }

    /// <summary>Where clients find it.</summary>
    public string Address => options.Address;

    /// <summary>Whether it answers.</summary>
    public bool IsUp { get; private set; }

    /// <summary>The newest revision, as a resourceVersion.</summary>
    public string ResourceVersion => etcd.Revision.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Who may do what.</summary>
    public Authorizer Authorizer { get; }

    /// <summary>The tokens of service accounts.</summary>
    public ServiceAccountTokens Tokens { get; }

    /// <summary>Who serves measures of one's own; null when nobody does.</summary>
    internal IMetricsAdapter? Adapter => options.Adapter();

    internal ObjectStores Stores { get; }

    internal Listing Listing { get; }

    internal TokenRequests TokenRequests { get; }

    internal PodLogs Logs { get; }

    internal PodConnections Connections { get; }

    internal ProxyTargets Proxy { get; }

    internal WatchHub Hub { get; }

    /// <summary>The verbs as a component of the cluster, for example <c>system:kube-scheduler</c>; nobody asks what it may do.</summary>
    public ServerConnection ConnectAs(string user) => new(this, Identities.OfComponent(user), isAuthorized: false);

    /// <summary>The verbs as <paramref name="user"/>, who may not grant what he does not hold; the verbs themselves the caller authorizes.</summary>
    public ServerConnection ConnectAs(UserInfo user) => new(this, user, isAuthorized: true);

    /// <summary>Starts it, or starts it again after <see cref="Stop"/>; without a store to talk to it goes on trying every second.</summary>
    public void Start()
    {
        if (IsUp)
        {
            return;
        }

        restart?.Cancel();
        try
        {
            Hub.Start();
            context.Quotas.Start(etcd);
            context.LimitRanges.Start(etcd);
        }
        catch (EtcdException)
        {
            Hub.Stop(ConnectionRefused("Get", "/").Status);
            restart = clock.After(RestartPause, Start);
            return;
        }

        IsUp = true;
        try
        {
            CreateFirstObjects();
        }
        catch (ApiException)
        {
            // The store went away in the middle; what is missing is made at the next start.
            Stop();
            restart = clock.After(RestartPause, Start);
            return;
        }

        compactor = new AutoCompactor(etcd, clock, options.CompactionPeriod);
        service.Start();
        identity?.Start();
        if (Resources.FindKind(CustomResourceDefinition.Resource.ApiVersion, CustomResourceDefinition.Resource.Kind) is not null)
        {
            definitions.Start();
        }

        Started?.Invoke();
    }

    /// <summary>Asks it to end: it takes its address from the endpoints of the service <c>kubernetes</c>, and stops.</summary>
    public void Shutdown()
    {
        if (IsUp)
        {
            service.Leave();
        }

        Stop();
    }

    /// <summary>Kills it: calls are refused as a closed port refuses them, and all watches end. What is stored stays.</summary>
    public void Stop()
    {
        restart?.Cancel();
        if (!IsUp)
        {
            return;
        }

        IsUp = false;
        compactor?.Stop();
        compactor = null;
        service.Stop();
        identity?.Stop();
        context.Quotas.Stop();
        context.LimitRanges.Stop();
        definitions.Stop();
        Hub.Stop(ConnectionRefused("Get", "/").Status);
    }

    /// <summary>Whether the store can be asked: what the health check etcd finds out.</summary>
    public bool StoreAnswers()
    {
        try
        {
            etcd.Get("/registry/health");
            return true;
        }
        catch (EtcdException)
        {
            return false;
        }
    }

    internal void RequireUp(string verb, ApiResource resource, ObjectKey key, string? subresource = null)
    {
        if (!IsUp)
        {
            throw ConnectionRefused(verb, resource.Path(key.Namespace, key.Name.Length == 0 ? null : key.Name, subresource));
        }
    }

    /// <summary>What a client learns from a port on which nobody listens.</summary>
    /// <param name="address">Host and port.</param>
    /// <param name="verb">What it wanted to do, for example <c>Get</c>.</param>
    /// <param name="path">Where.</param>
    public static ApiException ConnectionRefused(string address, string verb, string path) => new(new Status
    {
        State = "Failure",
        Code = 503,
        Reason = "ServiceUnavailable",
        Message = $"{verb} \"https://{address}{path}\": dial tcp {address}: connect: connection refused",
    });

    private ApiException ConnectionRefused(string verb, string path) => ConnectionRefused(options.Address, verb, path);

    /// <summary>What upstream's server creates for itself when it finds an empty store.</summary>
    private void CreateFirstObjects()
    {
        var api = ConnectAs("system:apiserver");
        foreach (var name in FirstNamespaces)
        {
            if (api.Find<Namespace>("", name) is null)
            {
                api.Create(new Namespace { Metadata = new() { Name = name } });
            }
        }

        if (options.BootstrapPolicy)
        {
            BootstrapPolicy.Ensure(api);
        }
    }
}
