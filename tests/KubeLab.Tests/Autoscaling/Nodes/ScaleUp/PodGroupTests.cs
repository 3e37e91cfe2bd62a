using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Autoscaling.Nodes.ScaleUp;
using KubeLab.Tests.Scheduling;

namespace KubeLab.Tests.Autoscaling.Nodes.ScaleUp;

public sealed class PodGroupTests
{
    [Fact]
    public void Pods_of_one_controller_with_the_same_spec_and_labels_belong_together()
    {
        Pod[] pods =
        [
            Owned("a1", "a", "1"), Owned("a2", "a", "1"), Owned("a3", "a", "2"), Owned("b1", "b", "1"), Make.Pod("bare1", "1"), Make.Pod("bare2", "1"),
            Owned("a4", "a", "1") with { Metadata = Owned("a4", "a", "1").Metadata with { Labels = StringMap.Of(("k", "v")) } },
        ];
        Assert.Equal("a1 a2; a3; b1; bare1; bare2; a4", Shown(pods));
    }

    [Fact]
    public void Host_names_and_token_volumes_do_not_set_pods_apart()
    {
        var one = Owned("a1", "a", "1");
        var other = Owned("a2", "a", "1");
        one = one with { Spec = one.Spec with { Hostname = "a-1", Volumes = [new Volume { Name = "kube-api-access-xyz12" }] } };
        other = other with { Spec = other.Spec with { Hostname = "a-2", Volumes = [new Volume { Name = "kube-api-access-abc34" }] } };
        Assert.Equal("a1 a2", Shown(one, other));
    }

    [Fact]
    public void One_controllers_pods_make_no_more_than_ten_groups_that_grow()
    {
        var pods = Enumerable.Range(1, 12).SelectMany(i => new[] { Owned($"x{i}", "a", $"{i}"), Owned($"y{i}", "a", $"{i}") }).ToArray();
        Assert.Equal(10 + (2 * 2), PodGroup.Of(pods).Count);
    }

    private static string Shown(params Pod[] pods) => string.Join("; ", PodGroup.Of(pods).Select(g => string.Join(" ", g.Pods.Select(p => p.Metadata.Name))));

    private static Pod Owned(string name, string owner, string cpu) => Make.Pod(name, cpu) is var pod
        ? pod with { Metadata = pod.Metadata with { OwnerReferences = [new() { ApiVersion = "apps/v1", Kind = "ReplicaSet", Name = owner, Uid = owner, Controller = true }] } }
        : pod;
}
