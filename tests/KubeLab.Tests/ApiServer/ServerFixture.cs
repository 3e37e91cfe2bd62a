using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;

namespace KubeLab.Tests.ApiServer;

/// <summary>A server with nothing but its first objects, and the words that its tests speak.</summary>
internal sealed class ServerFixture
{
    public ServerFixture(ApiServerOptions? options = null)
    {
        Etcd = EtcdCluster.OfOne(Clock);
        Server = new KubeLab.ApiServer.ApiServer(Clock, new Randomness(7), Etcd, options);
        Api = Server.ConnectAs("admin");
    }

    public VirtualClock Clock { get; } = new(new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.Zero));

    public RaftEtcd Etcd { get; }

    public KubeLab.ApiServer.ApiServer Server { get; }

    public ServerConnection Api { get; }

    public static Pod Pod(string name, string ns = "default", string? node = null, StringMap labels = default) => new()
    {
        Metadata = new() { Name = name, Namespace = ns, Labels = labels },
        Spec = new() { NodeName = node, Containers = [new() { Name = "main", Image = "nginx:1.27" }], TerminationGracePeriodSeconds = 30 },
    };

    public static ConfigMap ConfigMap(string name, string value = "1", StringMap labels = default) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Labels = labels },
        Data = StringMap.Of(("key", value)),
    };

    public static Deployment Deployment(string name, int replicas = 2)
    {
        var labels = StringMap.Of(("app", name));
        return new()
        {
            Metadata = new() { Name = name, Namespace = "default" },
            Spec = new()
            {
                Replicas = replicas,
                Selector = new() { MatchLabels = labels },
                Template = new() { Metadata = new() { Labels = labels }, Spec = Pod("x").Spec },
            },
        };
    }

    public static PatchBody MergePatch(string json) => new(PatchType.Merge, JsonNode.Parse(json)!);

    /// <summary>The refusal of <paramref name="request"/>.</summary>
    public static Status Refused(Action request) => Assert.Throws<ApiException>(request).Status;

    /// <summary>Lets everything that waits for this instant happen.</summary>
    public void Settle() => Clock.RunFor(TimeSpan.Zero);

    public Recorder Watch<T>(string? ns = null, ListOptions? options = null, int queueMax = 0)
        where T : class, IApiObject<T>
    {
        var recorder = new Recorder();
        recorder.Handle = Api.Watch(T.Resource, ns, options ?? new ListOptions { ResourceVersion = Server.ResourceVersion }, recorder, queueMax);
        return recorder;
    }
}

/// <summary>Writes down what a watch tells, one line for each event.</summary>
internal sealed class Recorder : IWatchSink
{
    public IDisposable? Handle { get; set; }

    public List<string> Lines { get; } = [];

    public List<WatchEvent> Events { get; } = [];

    public Status? Error { get; private set; }

    public bool HasEnded { get; private set; }

    public Action<WatchEvent>? Then { get; set; }

    public void OnEvent(in WatchEvent change)
    {
        Lines.Add($"{change.Type} {change.Object.Metadata.Name}");
        Events.Add(change);
        Then?.Invoke(change);
    }

    public void OnEnd(Status? error) => (HasEnded, Error) = (true, error);
}
