using BenchmarkDotNet.Attributes;
using KubeLab.Api.Core;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Etcd.Replicated;
using KubeLab.Simulation;

namespace KubeLab.Benchmarks;

/// <summary>A write to one pod while a thousand kubelets watch their own: it must cost the same as with ten.</summary>
public class FanOutBenchmarks
{
    private VirtualClock clock = null!;
    private IKubernetesApi api = null!;
    private Pod pod = null!;

    [Params(10, 1000)]
    public int Watchers { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var server = new KubeLab.ApiServer.ApiServer(clock, new Randomness(1), EtcdCluster.OfOne(clock));
        server.Start();
        api = server.ConnectAs("benchmark");
        for (var i = 0; i < Watchers; i++)
        {
            api.Watch(Pod.Resource, null, new ListOptions { FieldSelector = $"spec.nodeName=node-{i}" }, new Nobody());
        }

        var made = api.Create(Samples.Pod("web"));
        api.Bind(made, "node-3");
        pod = api.Get<Pod>("default", "web");
    }

    [Benchmark]
    public void UpdateStatus()
    {
        pod = api.UpdateStatus(pod with { Status = pod.Status with { Message = pod.Status.Message == "a" ? "b" : "a" } });
        clock.RunFor(TimeSpan.FromMilliseconds(1));
    }

    private sealed class Nobody : IWatchSink
    {
        public void OnEvent(in WatchEvent change)
        {
        }

        public void OnEnd(Status? error)
        {
        }
    }
}
