using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;

namespace KubeLab.Tests.Controllers.Volumes;

public sealed class PersistentVolumeTests
{
    private readonly VolumeLab lab = new();

    [Fact]
    public void A_claim_takes_the_smallest_volume_that_is_large_enough()
    {
        lab.Api.Create(VolumeLab.Volume("large", "10Gi"));
        lab.Api.Create(VolumeLab.Volume("small", "1Gi"));
        lab.Api.Create(VolumeLab.Volume("middle", "5Gi"));
        lab.Run(1);
        Assert.All(lab.Volumes, v => Assert.Equal("Available", v.Status.Phase));
        lab.Claim("", "2Gi");
        lab.Run(1);
        Assert.Equal(("middle", "Bound", "5Gi"), (lab.Data.Spec.VolumeName, lab.Data.Status.Phase, lab.Data.Status.Capacity["storage"]?.ToString()));
        Assert.Equal(
            ("yes", "yes"), (lab.Data.Metadata.Annotations["pv.kubernetes.io/bind-completed"], lab.Data.Metadata.Annotations["pv.kubernetes.io/bound-by-controller"]));
        var volume = lab.Api.Get<PersistentVolume>("", "middle");
        Assert.Equal(("Bound", "data", lab.Data.Metadata.Uid), (volume.Status.Phase, volume.Spec.ClaimRef?.Name, volume.Spec.ClaimRef?.Uid));
        Assert.Equal("yes", volume.Metadata.Annotations["pv.kubernetes.io/bound-by-controller"]);
    }

    [Theory]
    [InlineData("5Gi", "ReadOnlyMany", "", null)]
    [InlineData("5Gi", "ReadWriteOnce", "fast", null)]
    [InlineData("500Mi", "ReadWriteOnce", "", null)]
    [InlineData("5Gi", "ReadWriteOnce", "", "silver")]
    public void A_volume_of_the_wrong_sort_is_not_taken(string size, string modes, string sort, string? label)
    {
        lab.Api.Create(VolumeLab.Volume("v", size, modes, sort, label: label));
        lab.Run(1);
        lab.Claim("", change: s => label is null ? s : s with { Selector = new() { MatchLabels = StringMap.Of(("tier", "gold")) } });
        lab.Run(1);
        Assert.Equal("Pending", lab.Data.Status.Phase);
        Assert.Equal("Normal FailedBinding no persistent volumes available for this claim and no storage class is set", Assert.Single(lab.Events));
    }

    [Fact]
    public void A_volume_that_comes_later_is_found_when_claims_are_looked_at_again()
    {
        lab.Claim("");
        lab.Run(1);
        lab.Api.Create(VolumeLab.Volume("v", "1Gi"));
        lab.Run(1);
        Assert.Equal("Pending", lab.Data.Status.Phase);
        lab.Run(15);
        Assert.Equal("Bound", lab.Data.Status.Phase);
    }

    [Fact]
    public void A_volume_that_is_kept_for_a_claim_waits_for_it()
    {
        var kept = VolumeLab.Volume("kept", "10Gi");
        lab.Api.Create(kept with { Spec = kept.Spec with { ClaimRef = new() { Namespace = "default", Name = "data" } } });
        lab.Api.Create(VolumeLab.Volume("free", "1Gi"));
        lab.Run(1);
        Assert.Equal("Available", lab.Api.Get<PersistentVolume>("", "kept").Status.Phase);
        lab.Claim("");
        lab.Run(1);
        Assert.Equal("kept", lab.Data.Spec.VolumeName);
        Assert.False(lab.Api.Get<PersistentVolume>("", "kept").Metadata.Annotations.ContainsKey("pv.kubernetes.io/bound-by-controller"));
    }

    [Fact]
    public void A_claim_that_names_its_volume_gets_it_or_hears_why_not()
    {
        lab.Api.Create(VolumeLab.Volume("v", "1Gi"));
        lab.Run(1);
        lab.Claim("", "2Gi", s => s with { VolumeName = "v" });
        lab.Run(1);
        Assert.Equal("Warning VolumeMismatch Cannot bind to requested volume \"v\": requested PV is too small", Assert.Single(lab.Events));
        lab.Api.Delete<PersistentVolumeClaim>("default", "data");
        lab.Run(1);
        lab.Claim("", "1Gi", s => s with { VolumeName = "v" });
        lab.Run(1);
        Assert.Equal("Bound", lab.Data.Status.Phase);
        Assert.False(lab.Data.Metadata.Annotations.ContainsKey("pv.kubernetes.io/bound-by-controller"));
    }

    [Fact]
    public void A_retained_volume_is_released_and_serves_nobody_else()
    {
        lab.Api.Create(VolumeLab.Volume("v", "1Gi"));
        lab.Run(1);
        lab.Claim("");
        lab.Run(1);
        lab.Api.Delete<PersistentVolumeClaim>("default", "data");
        lab.Run(1);
        Assert.Equal("Released", lab.Volumes[0].Status.Phase);
        lab.Claim("");
        lab.Run(20);
        Assert.Equal("Pending", lab.Data.Status.Phase);
    }

    [Fact]
    public void A_volume_nobody_made_cannot_be_deleted_by_its_policy()
    {
        lab.Api.Create(VolumeLab.Volume("v", "1Gi", reclaim: "Delete"));
        lab.Run(1);
        lab.Claim("");
        lab.Run(1);
        lab.Api.Delete<PersistentVolumeClaim>("default", "data");
        lab.Run(1);
        Assert.Equal("Failed", lab.Volumes[0].Status.Phase);
    }

    [Fact]
    public void A_claim_whose_volume_is_gone_is_lost()
    {
        lab.Api.Create(VolumeLab.Volume("v", "1Gi"));
        lab.Run(1);
        lab.Claim("");
        lab.Run(1);
        lab.Api.Delete<PersistentVolume>("", "v");
        lab.Run(1);
        var volume = lab.Volumes[0];
        Assert.Equal(["kubernetes.io/pv-protection"], volume.Metadata.Finalizers);
        lab.Api.Update(volume with { Metadata = volume.Metadata with { Finalizers = default } });
        lab.Run(1);
        Assert.Equal("Lost", lab.Data.Status.Phase);
        Assert.Contains("Warning ClaimLost Bound claim has lost its PersistentVolume. Data on the volume is lost!", lab.Events);
    }

    [Fact]
    public void A_claim_that_a_pod_uses_goes_after_the_pod()
    {
        lab.Api.Create(VolumeLab.Volume("v", "1Gi"));
        lab.Run(1);
        lab.Claim("");
        lab.Use("a");
        lab.Run(5);
        lab.Api.Delete<PersistentVolumeClaim>("default", "data");
        lab.Run(5);
        Assert.Equal(["kubernetes.io/pvc-protection"], lab.Data.Metadata.Finalizers);
        lab.Api.Delete<Pod>("default", "user");
        lab.Run(5);
        Assert.Null(lab.Api.Find<PersistentVolumeClaim>("default", "data"));
        Assert.Equal("Released", lab.Volumes[0].Status.Phase);
    }

    [Fact]
    public void A_claim_is_given_the_default_class_at_once_or_when_there_is_one()
    {
        lab.Claim(null);
        lab.Run(1);
        Assert.Null(lab.Data.Spec.StorageClassName);
        lab.Class("slow");
        lab.Class("standard", isDefault: true);
        lab.Run(16);
        Assert.Equal("standard", lab.Data.Spec.StorageClassName);
        lab.Api.Delete<PersistentVolumeClaim>("default", "data");
        lab.Run(10);
        Assert.Equal("standard", lab.Claim(null).Spec.StorageClassName);
    }

    [Fact]
    public void Nobody_makes_a_volume_of_a_class_that_is_not_there()
    {
        lab.Claim("gone");
        lab.Run(1);
        Assert.Equal("Warning ProvisioningFailed storageclass.storage.k8s.io \"gone\" not found", Assert.Single(lab.Events));
    }
}
