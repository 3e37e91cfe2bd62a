using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;
using KubeLab.Etcd.Replicated;
using KubeLab.Scheduling;
using KubeLab.Scheduling.Cache;
using KubeLab.Scheduling.Configuration;
using KubeLab.Scheduling.Framework;
using KubeLab.Simulation;

namespace KubeLab.Tests.Scheduling;

/// <summary>Nodes and the pods on them, without a server, for asking single plugins.</summary>
internal sealed class Scene : IClusterObjects
{
    private readonly List<IApiObject> objects = [];

    public Scene(params IApiObject[] all)
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var server = new KubeLab.ApiServer.ApiServer(clock, new Randomness(1), EtcdCluster.OfOne(clock));
        server.Start();
        var api = server.ConnectAs("test");
        Context = new PluginContext(api, clock, new EventRecorder(api, clock, new Randomness(2), "test"), Cache, this);
        foreach (var obj in all)
        {
            Put(obj);
        }
    }

    public SchedulerCache Cache { get; } = new();

    public PluginContext Context { get; }

    public long SelectorsVersion { get; private set; }

    public void Put(IApiObject obj)
    {
        if (obj is Node node)
        {
            Cache.Set(node);
        }
        else if (obj is Pod { Spec.NodeName: not null } pod)
        {
            Cache.SetPod(pod);
        }
        else
        {
            SelectorsVersion++;
            objects.Add(obj);
        }
    }

    public T? Find<T>(string ns, string name)
        where T : class, IApiObject<T> => All<T>().FirstOrDefault(o => (o.Metadata.Namespace ?? "") == ns && o.Metadata.Name == name);

    public IEnumerable<T> All<T>()
        where T : class, IApiObject<T> => objects.OfType<T>();

    /// <summary>What a plugin's filter says of each node: the reasons, or nothing where the pod fits; <c>!</c> in front where no pod leaving would help.</summary>
    public string Filtered(IPlugin plugin, Pod pod)
    {
        var info = Cache.InfoOf(pod);
        var state = new CycleState();
        if (plugin is IPreFilterPlugin before && before.PreFilter(state, info, Cache.Nodes) is { Verdict: { IsSuccess: false, Code: not VerdictCode.Skip } refusal })
        {
            return $"pod: {string.Join("; ", refusal.Reasons.ToArray())}";
        }

        return string.Join(", ", Cache.Nodes.Select(n => $"{n.Name}:{Say(((IFilterPlugin)plugin).Filter(state, info, n))}"));
    }

    /// <summary>The nodes that a plugin lets the pod have.</summary>
    public string Fitting(IPlugin plugin, Pod pod)
    {
        var info = Cache.InfoOf(pod);
        var state = new CycleState();
        (plugin as IPreFilterPlugin)?.PreFilter(state, info, Cache.Nodes);
        return string.Join(" ", Cache.Nodes.Where(n => ((IFilterPlugin)plugin).Filter(state, info, n).IsSuccess).Select(n => n.Name));
    }

    /// <summary>What a plugin scores, normalised; empty when it has nothing to say.</summary>
    public string Scored(IScorePlugin plugin, Pod pod)
    {
        var info = Cache.InfoOf(pod);
        var state = new CycleState();
        (plugin as IPreFilterPlugin)?.PreFilter(state, info, Cache.Nodes);
        if (plugin.PreScore(state, info, new Candidates(Cache.Nodes)).Code == VerdictCode.Skip)
        {
            return "";
        }

        var scores = Cache.Nodes.Select(n => plugin.Score(state, info, n)).ToArray();
        plugin.Normalize(scores);
        return string.Join(" ", scores);
    }

    private static string Say(Verdict verdict) =>
        (verdict.Code == VerdictCode.UnschedulableAndUnresolvable ? "!" : "") + string.Join("; ", verdict.Reasons.ToArray());
}

/// <summary>A server and a scheduler on one clock.</summary>
internal sealed class ServerAndScheduler
{
    public ServerAndScheduler(VirtualClock clock, long seed, SchedulerOptions? options = null)
    {
        var chance = new Randomness(seed);
        Server = new KubeLab.ApiServer.ApiServer(clock, chance.For("apiserver"), EtcdCluster.OfOne(clock));
        Server.Start();
        Api = Server.ConnectAs("test");
        Scheduler = new Scheduler(Server.ConnectAs("system:kube-scheduler"), clock, chance.For("scheduler"), options);
        Scheduler.Start();
    }

    public KubeLab.ApiServer.ApiServer Server { get; }

    public IKubernetesApi Api { get; }

    public Scheduler Scheduler { get; }

    public string? NodeOf(string pod) => Api.Get<Pod>("default", pod).Spec.NodeName;

    public IReadOnlyList<Event> Events(string pod) =>
        [.. Api.List<Event>("default").Where(e => e.InvolvedObject.Name == pod)];
}
