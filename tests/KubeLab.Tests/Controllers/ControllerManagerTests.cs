using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Controllers;

public sealed class ControllerManagerTests
{
    [Fact]
    public void The_same_seed_tells_the_same_story()
    {
        Assert.Equal(Story(), Story());

        static List<string> Story()
        {
            var lab = new ControllerLab("a", "b", "c");
            lab.Deploy(5);
            lab.Run(10);
            lab.SetImage("web:2");
            lab.Run(20);
            lab.Kill("b");
            lab.Run(500);
            return [.. lab.Api.List<Event>().Select(e => $"{e.FirstTimestamp} {e.Metadata.Name} {e.InvolvedObject.Name} {e.Reason} {e.Message} {e.Count}"),
                .. lab.Pods.Select(p => $"{p.Metadata.Name} {p.Metadata.Uid} {p.Metadata.ResourceVersion} {p.Spec.NodeName}")];
        }
    }

    [Fact]
    public void Controllers_are_called_as_upstreams_are() => Assert.Equal(
        [
            "namespace-controller", "deployment-controller", "replicaset-controller", "job-controller", "cronjob-controller", "ttl-after-finished-controller",
            "resourcequota-controller", "disruption-controller", "horizontal-pod-autoscaler-controller", "statefulset-controller", "daemonset-controller",
            "persistentvolume-binder-controller",
            "persistentvolumeclaim-protection-controller", "persistentvolume-protection-controller", "garbage-collector-controller",
            "node-lifecycle-controller", "taint-eviction-controller", "pod-garbage-collector-controller", "clusterrole-aggregation-controller",
            "endpointslice-controller", "endpoints-controller", "serviceaccount-controller", "root-ca-certificate-publisher-controller",
            "node-ipam-controller",
        ],
        new ControllerLab().Manager.Controllers);

    [Fact]
    public void An_api_server_that_is_away_for_a_while_does_no_lasting_harm()
    {
        var lab = new ControllerLab("a", "b");
        lab.StartUp = _ => null;
        lab.Deploy(4);
        lab.Run(0.01);
        lab.Server.Stop();
        lab.Clock.After(TimeSpan.FromSeconds(20), lab.Server.Start);
        lab.Run(90);
        Assert.Equal(4, lab.Web.Status.Replicas);
        Assert.Equal(4, lab.Pods.Count);
    }
}
