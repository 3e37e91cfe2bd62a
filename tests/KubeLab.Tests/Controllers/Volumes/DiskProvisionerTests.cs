using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Controllers.Volumes.Disks;

namespace KubeLab.Tests.Controllers.Volumes;

public sealed class DiskProvisionerTests
{
    private readonly VolumeLab lab = new();

    [Fact]
    public void A_disk_is_made_at_once_for_an_immediate_class_and_deleted_with_its_claim()
    {
        lab.Class("standard");
        lab.Claim("standard", "1500Mi");
        lab.Run(1);
        Assert.Equal("disks.example", lab.Data.Metadata.Annotations["volume.kubernetes.io/storage-provisioner"]);
        Assert.Equal("Pending", lab.Data.Status.Phase);
        lab.Run(3);
        var volume = Assert.Single(lab.Volumes);
        Assert.Equal($"pvc-{lab.Data.Metadata.Uid}", volume.Metadata.Name);
        Assert.Equal(("Bound", "Bound", "2Gi"), (volume.Status.Phase, lab.Data.Status.Phase, lab.Data.Status.Capacity["storage"]?.ToString()));
        Assert.Equal(("standard", "Delete"), (volume.Spec.StorageClassName, volume.Spec.PersistentVolumeReclaimPolicy));
        Assert.Equal(
            [
                "Normal ExternalProvisioning Waiting for a volume to be created either by the external provisioner 'disks.example' or manually by the system administrator. "
                + "If volume creation is delayed, please verify that the provisioner is running and correctly registered.",
                "Normal Provisioning External provisioner is provisioning volume for claim \"default/data\"",
                $"Normal ProvisioningSucceeded Successfully provisioned volume {volume.Metadata.Name}",
            ],
            lab.Events.Distinct());
        Assert.Equal(2, Assert.Single(lab.Cloud.Disks).Value.SizeGib);

        lab.Api.Delete<PersistentVolumeClaim>("default", "data");
        lab.Run(5);
        Assert.Empty(lab.Volumes);
        Assert.Empty(lab.Cloud.Disks);
    }

    [Fact]
    public void A_class_that_waits_makes_the_disk_where_the_pod_is_to_be()
    {
        lab.Class("rwo", "WaitForFirstConsumer", isDefault: true);
        lab.Claim(null);
        lab.Run(1);
        Assert.Equal("Normal WaitForFirstConsumer waiting for first consumer to be created before binding", Assert.Single(lab.Events));
        lab.Use();
        lab.Run(16);
        Assert.Contains("Normal WaitForPodScheduled waiting for pod user to be scheduled", lab.Events);
        Assert.Empty(lab.Cloud.Disks);

        // This is what the scheduler does when it has chosen a node.
        var claim = lab.Data;
        lab.Api.Update(claim with { Metadata = claim.Metadata with { Annotations = claim.Metadata.Annotations.With("volume.kubernetes.io/selected-node", "b") } });
        lab.Run(5);
        Assert.Equal("Bound", lab.Data.Status.Phase);
        Assert.Equal("zone-b", Assert.Single(lab.Cloud.Disks).Value.Zone);
        var near = lab.Volumes[0].Spec.NodeAffinity!.Overflow!["required"]!.Value;
        Assert.Equal(
            """{"nodeSelectorTerms":[{"matchExpressions":[{"key":"topology.kubernetes.io/zone","operator":"In","values":["zone-b"]}]}]}""", near.GetRawText());
    }

    [Fact]
    public void A_retained_disk_stays_and_costs()
    {
        lab.Class("keep", reclaim: "Retain");
        lab.Claim("keep");
        lab.Run(5);
        lab.Api.Delete<PersistentVolumeClaim>("default", "data");
        lab.Run(10);
        Assert.Equal("Released", Assert.Single(lab.Volumes).Status.Phase);
        Assert.Single(lab.Cloud.Disks);
        lab.Api.Delete<PersistentVolume>("", lab.Volumes[0].Metadata.Name!);
        lab.Run(5);
        Assert.Empty(lab.Volumes);
        Assert.Single(lab.Cloud.Disks);
    }

    [Fact]
    public void A_refusal_of_the_cloud_is_told_and_tried_again()
    {
        lab.Class("standard");
        lab.Cloud.Refusal = "quota exceeded";
        lab.Claim("standard");
        lab.Run(5);
        Assert.Contains("Warning ProvisioningFailed failed to provision volume with StorageClass \"standard\": quota exceeded", lab.Events);
        lab.Cloud.Refusal = null;
        lab.Run(30);
        Assert.Equal("Bound", lab.Data.Status.Phase);
    }

    [Fact]
    public void A_manager_that_restarts_while_the_disk_is_made_makes_one_disk_only()
    {
        lab.Class("standard");
        lab.Claim("standard");
        lab.Run(1);
        lab.Lab.Manager.Stop();
        lab.Lab.Manager.Start();
        lab.Run(10);
        Assert.Equal("Bound", lab.Data.Status.Phase);
        Assert.Single(lab.Cloud.Disks);
        Assert.Single(lab.Volumes);
    }

    [Fact]
    public void The_claims_of_a_stateful_set_go_from_zone_to_zone()
    {
        Node[] nodes = [NodeIn("x"), NodeIn("y"), NodeIn("z")];
        var zones = Enumerable.Range(0, 6).Select(i => DiskZone.Of($"data-web-{i}", null, new StorageClass(), nodes)).ToList();
        Assert.Equal(3, zones.Take(3).Distinct().Count());
        Assert.Equal(zones.Take(3), zones.Skip(3));
        Assert.Equal("y", DiskZone.Of("data", nodes[1], new StorageClass(), nodes));
        Assert.Null(DiskZone.Of("data", null, new StorageClass(), [new Node()]));
    }

    private static Node NodeIn(string zone) => new() { Metadata = new() { Name = zone, Labels = StringMap.Of((DiskZone.Label, zone)) } };
}
