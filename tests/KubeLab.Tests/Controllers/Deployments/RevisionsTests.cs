using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Controllers.Deployments;

namespace KubeLab.Tests.Controllers.Deployments;

public sealed class RevisionsTests
{
    private static readonly Deployment Plain = new();

    [Fact]
    public void A_set_that_serves_again_remembers_the_revisions_it_served()
    {
        var first = Revisions.ForNewest(Plain, default, 1);
        var third = Revisions.ForNewest(Plain, first, 3);
        var fifth = Revisions.ForNewest(Plain, third, 5);
        Assert.Equal("1", first[Revisions.Current]);
        Assert.Null(first[Revisions.History]);
        Assert.Equal("5", fifth[Revisions.Current]);
        Assert.Equal("1,3", fifth[Revisions.History]);
    }

    [Fact]
    public void A_revision_never_goes_back() =>
        Assert.Equal("7", Revisions.ForNewest(Plain, StringMap.Of((Revisions.Current, "7")), 2)[Revisions.Current]);

    [Fact]
    public void Annotations_of_the_deployment_are_copied_except_its_own_notes()
    {
        var deployment = new Deployment
        {
            Metadata = new()
            {
                Annotations = StringMap.Of(
                    ("kubernetes.io/change-cause", "image 2"), (Revisions.Current, "9"), ("kubectl.kubernetes.io/last-applied-configuration", "{}")),
            },
        };
        var copied = Revisions.ForNewest(deployment, default, 1);
        Assert.Equal(StringMap.Of(("kubernetes.io/change-cause", "image 2"), (Revisions.Current, "1")), copied);
    }

    [Fact]
    public void The_oldest_entries_of_a_long_history_give_way()
    {
        var annotations = StringMap.Of((Revisions.Current, "1"));
        for (var next = 2; next < 1000; next++)
        {
            annotations = Revisions.ForNewest(Plain, annotations, next);
        }

        Assert.True(annotations[Revisions.History]!.Length <= Revisions.HistoryLengthMax);
        Assert.EndsWith(",998", annotations[Revisions.History], StringComparison.Ordinal);
    }

    [Fact]
    public void Old_sets_beyond_the_limit_are_forgotten_unless_they_have_pods()
    {
        ReplicaSet[] old = [Set(3, 0), Set(1, 2), Set(4, 0), Set(2, 0)];
        Assert.Equal([2L], RevisionCleanup.Superfluous(old, 2).Select(s => Revisions.Of(s.Metadata)));
        Assert.Empty(RevisionCleanup.Superfluous(old, null));
        Assert.Equal([2L, 3L, 4L], RevisionCleanup.Superfluous(old, 0).Select(s => Revisions.Of(s.Metadata)));
    }

    private static ReplicaSet Set(int revision, int replicas) => new()
    {
        Metadata = new() { Name = $"web-{revision}", Annotations = StringMap.Of((Revisions.Current, $"{revision}")) },
        Spec = new() { Replicas = replicas },
    };
}
