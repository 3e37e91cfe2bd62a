using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Controllers;
using KubeLab.Controllers.PodGarbageCollection;

namespace KubeLab.Tests.Controllers.PodGarbageCollection;

public sealed class PodGarbageTests
{
    [Fact]
    public void Of_too_many_ended_pods_the_evicted_and_the_oldest_go()
    {
        var options = ControllerManagerOptions.Default with { PodGarbage = PodGarbageOptions.Default with { TerminatedPodThreshold = 2 } };
        var lab = new ControllerLab(options, "worker-1");
        foreach (var (name, reason) in new[] { ("a", ""), ("b", ""), ("c", "Evicted"), ("d", "") })
        {
            lab.Api.Create(new Pod { Metadata = new() { Name = name, Namespace = "default" }, Spec = ControllerLab.SpecOf("job:1") });
            lab.Run(3);
            var pod = lab.Api.Get<Pod>("default", name);
            lab.Api.UpdateStatus(pod with { Status = pod.Status with { Phase = reason.Length == 0 ? "Succeeded" : "Failed", Reason = reason } });
        }

        lab.Run(20);
        Assert.Equal(["b", "d"], lab.Pods.Select(p => p.Metadata.Name!));
    }
}
