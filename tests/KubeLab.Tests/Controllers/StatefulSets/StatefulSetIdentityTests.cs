using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Informing;
using KubeLab.Controllers;
using KubeLab.Simulation;

namespace KubeLab.Tests.Controllers.StatefulSets;

/// <summary>Whatever dies, whoever restarts and however late the caches are, no two pods ever share an identity, and in the end all are there.</summary>
public sealed class StatefulSetIdentityTests
{
    [Fact]
    public void Two_pods_never_share_an_identity() =>
        Prop.ForAll(ArbMap.Default.ArbFor<int>(), ArbMap.Default.ArbFor<bool>(), Run).Check(Config.QuickThrowOnFailure.WithMaxTest(25));

    private static void Run(int seed, bool isParallel)
    {
        var chance = new Randomness(seed);
        var lab = new StatefulSetLab();
        var clock = lab.Lab.Clock;
        lab.Lab.Manager.Stop();
        var manager = new ControllerManager(
            user => new LaggingApi(lab.Lab.Server.ConnectAs(user), clock, chance.For(user), TimeSpan.FromMilliseconds(1500)), clock, chance.For("manager"));
        var alive = new Dictionary<string, string>(StringComparer.Ordinal);
        var highest = 0;
        var pods = new Informer<Pod>(lab.Lab.Api, clock, Pod.Resource);
        pods.Added += p =>
        {
            alive.Add(p.Metadata.Name!, p.Metadata.Uid!);
            highest = Math.Max(highest, alive.Count);
        };
        pods.Updated += (_, p) => Assert.Equal(alive[p.Metadata.Name!], p.Metadata.Uid);
        pods.Deleted += p => Assert.True(alive.Remove(p.Metadata.Name!));
        pods.Start();
        manager.Start();
        lab.Create(3, s => s with { PodManagementPolicy = isParallel ? "Parallel" : "OrderedReady" });
        for (var i = 0; i < 30; i++)
        {
            Disturb(lab, manager, chance);
            lab.Lab.Run(chance.NextInt(4000) / 1000.0);
        }

        manager.Start();
        lab.Scale(4);
        lab.Lab.Run(300);
        Assert.Equal("web-0 web-1 web-2 web-3", lab.Names);
        Assert.Equal((4, 4), (lab.Status.ReadyReplicas, lab.Status.Replicas));
        Assert.Equal(lab.Status.UpdateRevision, lab.Status.CurrentRevision);
        Assert.Single(lab.Lab.Pods.Select(p => p.Spec.Containers[0].Image).Distinct());
        Assert.InRange(highest, 1, 6);
    }

    private static void Disturb(StatefulSetLab lab, ControllerManager manager, Randomness chance)
    {
        switch (chance.NextInt(6))
        {
            case 0:
                manager.Stop();
                break;
            case 1:
                manager.Start();
                break;
            case 2:
                lab.SetImage($"web:{chance.NextInt(3)}");
                break;
            case 3:
                lab.Scale(1 + chance.NextInt(5));
                break;
            default:
                if (lab.Lab.Pods is { Count: > 0 } pods)
                {
                    var victim = pods[chance.NextInt(pods.Count)];
                    lab.Lab.Api.Delete<Pod>("default", victim.Metadata.Name!, new DeleteOptions { GracePeriodSeconds = chance.NextInt(2) == 0 ? 0 : null });
                }

                break;
        }
    }
}
