using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Tests.Controllers.Jobs;

/// <summary>No pod is counted twice and none is forgotten, whatever happens in between and however late the controller hears of it.</summary>
public sealed class JobCountingProperties
{
    private enum Act
    {
        Succeed,
        Fail,
        Delete,
        Kill,
        Restart,
        Wait,
        WaitLong,
    }

    [Theory]
    [InlineData(null)]
    [InlineData("Indexed")]
    public void Every_pod_that_ended_is_counted_once(string? mode) =>
        Prop.ForAll(Acts().ToArbitrary(), Gen.Choose(1, 1_000_000).ToArbitrary(), (acts, seed) => Play(acts, seed, mode))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(30));

    private static Gen<(Act Act, int Choice)[]> Acts() =>
        (from act in Gen.Elements(Enum.GetValues<Act>())
         from choice in Gen.Choose(0, 9)
         select (act, choice)).ArrayOf();

    private static void Play((Act Act, int Choice)[] acts, int seed, string? mode)
    {
        var chance = new Randomness(seed).For("lag");
        var lab = new JobLab((api, clock) => new LaggingApi(api, clock, chance, TimeSpan.FromSeconds(3)));
        lab.Create(s => s with { Parallelism = 3, Completions = 6, BackoffLimit = 1000, CompletionMode = mode });
        var (succeeded, failed) = (new HashSet<string>(), new HashSet<string>());
        lab.Run(6);
        foreach (var (act, choice) in acts)
        {
            Do(lab, act, choice, succeeded, failed);
            Assert.True(lab.Status.Succeeded <= succeeded.Count && lab.Status.Failed <= failed.Count, "nothing is counted that did not happen");
        }

        for (var i = 0; i < 100 && !lab.Status.Conditions.Exists(c => c.Type == "Complete"); i++)
        {
            foreach (var pod in lab.Active)
            {
                succeeded.Add(pod.Metadata.Uid!);
                lab.Succeed(pod);
            }

            lab.Lab.Clock.RunUntil(() => lab.Active.Count > 0 || lab.Status.Conditions.Exists(c => c.Type == "Complete"), TimeSpan.FromSeconds(700));
        }

        lab.Run(10);
        Assert.Equal((succeeded.Count, failed.Count), (lab.Status.Succeeded, lab.Status.Failed));
        Assert.Equal(6, lab.Status.Succeeded);
        Assert.All(lab.Lab.Pods, p => Assert.Empty(p.Metadata.Finalizers));
    }

    private static void Do(JobLab lab, Act act, int choice, HashSet<string> succeeded, HashSet<string> failed)
    {
        var active = lab.Active;
        var pod = active.Count == 0 ? null : active[choice % active.Count];
        switch (act)
        {
            case Act.Succeed when pod is not null:
                succeeded.Add(pod.Metadata.Uid!);
                lab.Succeed(pod);
                break;
            case Act.Fail when pod is not null:
                failed.Add(pod.Metadata.Uid!);
                lab.Fail(pod);
                break;
            case Act.Delete when pod is not null:
                failed.Add(pod.Metadata.Uid!);
                lab.Api.Delete<Pod>("default", pod.Metadata.Name!);
                break;
            case Act.Kill when pod is not null:
                failed.Add(pod.Metadata.Uid!);
                lab.Api.Delete<Pod>("default", pod.Metadata.Name!, new DeleteOptions { GracePeriodSeconds = 0 });
                break;
            case Act.Restart:
                lab.Lab.Manager.Stop();
                lab.Lab.Manager.Start();
                break;
            default:
                lab.Run(act == Act.WaitLong ? 100 * choice : choice * 0.4);
                break;
        }
    }
}
