using KubeLab.Api;
using KubeLab.Api.Apps;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Controllers.StatefulSets;

public sealed class StatefulSetClaimsTests
{
    private readonly StatefulSetLab lab = new();

    [Fact]
    public void Each_pod_has_claims_of_its_own_made_before_it()
    {
        Create(2, null);
        Assert.Equal(["data-web-0", "data-web-1"], Claims.Select(c => c.Metadata.Name));
        Assert.All(Claims, c => Assert.Equal("web", c.Metadata.Labels["app"]));
        Assert.All(Claims, c => Assert.Empty(c.Metadata.OwnerReferences));
        Assert.Equal("data-web-1", lab.Pod(1).Spec.Volumes.Find(v => v.Name == "data")?.PersistentVolumeClaim?.ClaimName);
        Assert.Equal(
            ["Normal SuccessfulCreate create Claim data-web-0 Pod web-0 in StatefulSet web success", "Normal SuccessfulCreate create Pod web-0 in StatefulSet web successful"],
            lab.Events.Take(2));
    }

    /// <summary>The table of https://kubernetes.io/docs/concepts/workloads/controllers/statefulset/#persistentvolumeclaim-retention.</summary>
    [Theory]
    [InlineData("Retain", "Retain", "data-web-0 data-web-1", "data-web-0 data-web-1")]
    [InlineData("Retain", "Delete", "data-web-0", "data-web-0")]
    [InlineData("Delete", "Retain", "data-web-0 data-web-1", "")]
    [InlineData("Delete", "Delete", "data-web-0", "")]
    public void Claims_stay_or_go_as_the_policy_says(string whenDeleted, string whenScaled, string afterScaling, string afterDeletion)
    {
        Create(2, new() { WhenDeleted = whenDeleted, WhenScaled = whenScaled });
        lab.Scale(1);
        lab.Lab.Run(10);
        Assert.Equal(afterScaling, Names);
        lab.Lab.Api.Delete<StatefulSet>("default", "web");
        lab.Lab.Run(10);
        Assert.Equal(afterDeletion, Names);
    }

    [Fact]
    public void A_changed_policy_reaches_the_claims_that_there_are()
    {
        Create(2, null);
        lab.Change(s => s with { PersistentVolumeClaimRetentionPolicy = new() { WhenDeleted = "Delete", WhenScaled = "Retain" } });
        lab.Lab.Run(5);
        Assert.All(Claims, c => Assert.Equal("StatefulSet", Assert.Single(c.Metadata.OwnerReferences).Kind));
        lab.Change(s => s with { PersistentVolumeClaimRetentionPolicy = new() { WhenDeleted = "Retain", WhenScaled = "Retain" } });
        lab.Lab.Run(5);
        Assert.All(Claims, c => Assert.Empty(c.Metadata.OwnerReferences));
    }

    [Fact]
    public void A_pod_that_comes_again_finds_its_claim()
    {
        Create(1, null);
        var before = Claims[0].Metadata.Uid;
        lab.Lab.Api.Delete<Pod>("default", "web-0");
        lab.Lab.Run(10);
        Assert.Equal(before, Claims[0].Metadata.Uid);
        Assert.Equal(1, lab.Status.ReadyReplicas);
    }

    private IReadOnlyList<PersistentVolumeClaim> Claims => lab.Lab.Api.List<PersistentVolumeClaim>("default");

    private string Names => string.Join(' ', Claims.Select(c => c.Metadata.Name));

    private void Create(int replicas, StatefulSetRetentionPolicy? retention)
    {
        lab.Create(replicas, s => s with
        {
            PersistentVolumeClaimRetentionPolicy = retention,
            VolumeClaimTemplates =
            [
                new PersistentVolumeClaim
                {
                    Metadata = new() { Name = "data" },
                    Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = ResourceList.Of(("storage", Quantity.Parse("1Gi"))) } },
                },
            ],
        });
        lab.Lab.Run(20);
    }
}
