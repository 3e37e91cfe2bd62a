using System.Text.Json;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Storage;
using KubeLab.Api.Verbs;
using KubeLab.Scheduling.Plugins;
using KubeLab.Simulation;

namespace KubeLab.Tests.Scheduling.Plugins;

public sealed class VolumePluginTests
{
    private static readonly StorageClass Local = new() { Metadata = new() { Name = "local" }, Provisioner = "kubernetes.io/no-provisioner", VolumeBindingMode = "WaitForFirstConsumer" };
    private static readonly StorageClass Cloud = new() { Metadata = new() { Name = "cloud" }, Provisioner = "pd.csi.storage.gke.io", VolumeBindingMode = "WaitForFirstConsumer" };

    [Fact]
    public void A_pod_waits_for_claims_that_are_missing_lost_going_or_unbound_at_once()
    {
        var scene = new Scene(Make.Node("n"), Claim("immediate"), Claim("lost") with { Status = new() { Phase = "Lost" }, Spec = new() { VolumeName = "gone" } });
        var plugin = new VolumeBinding(scene.Context);
        Assert.Equal("pod: persistentvolumeclaim \"none\" not found", scene.Filtered(plugin, Mounting("none")));
        Assert.Equal("pod: pod has unbound immediate PersistentVolumeClaims", scene.Filtered(plugin, Mounting("immediate")));
        Assert.Equal("pod: persistentvolumeclaim \"lost\" bound to non-existent persistentvolume \"gone\"", scene.Filtered(plugin, Mounting("lost")));
        Assert.Equal("n:", scene.Filtered(plugin, Make.Pod("p")));
    }

    [Fact]
    public void A_bound_volume_keeps_its_pod_where_it_can_be_reached()
    {
        var scene = new Scene(
            Make.Node("a").In(("kubernetes.io/hostname", "a")), Make.Node("b").In(("kubernetes.io/hostname", "b")), Bound("data", "pv"), Volume("pv", "10Gi", "a"));
        Assert.Equal("a:, b:!node(s) didn't match PersistentVolume's node affinity", scene.Filtered(new VolumeBinding(scene.Context), Mounting("data")));
        Assert.Equal(
            "a:!node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s), b:!node(s) unavailable due to one or more pvc(s) bound to non-existent pv(s)",
            new Scene(Make.Node("a"), Make.Node("b"), Bound("data", "pv")) is var lost ? lost.Filtered(new VolumeBinding(lost.Context), Mounting("data")) : "");
    }

    [Fact]
    public void A_waiting_claim_needs_a_free_volume_of_its_class_on_the_node_or_a_provisioner()
    {
        var scene = new Scene(
            Local, Cloud, Make.Node("a").In(("kubernetes.io/hostname", "a")), Make.Node("b").In(("kubernetes.io/hostname", "b")),
            Waiting("data", "local", "5Gi"), Waiting("big", "local", "50Gi"), Waiting("made", "cloud", "5Gi"), Free("pv-a", "10Gi", "local", "a"));
        var plugin = new VolumeBinding(scene.Context);
        const string none = "!node(s) didn't find available persistent volumes to bind";
        Assert.Equal($"a:, b:{none}", scene.Filtered(plugin, Mounting("data")));
        Assert.Equal($"a:{none}, b:{none}", scene.Filtered(plugin, Mounting("big")));
        Assert.Equal("a:, b:", scene.Filtered(plugin, Mounting("made")));
    }

    [Fact]
    public void Two_claims_of_a_pod_do_not_get_the_same_volume()
    {
        var scene = new Scene(
            Local, Make.Node("a").In(("kubernetes.io/hostname", "a")), Waiting("one", "local", "5Gi"), Waiting("two", "local", "5Gi"), Free("pv-a", "10Gi", "local", "a"));
        Assert.Equal("a:!node(s) didn't find available persistent volumes to bind", scene.Filtered(new VolumeBinding(scene.Context), Mounting("one", "two")));
        scene.Put(Free("pv-b", "5Gi", "local", "a"));
        Assert.Equal("a:", scene.Filtered(new VolumeBinding(scene.Context), Mounting("one", "two")));
    }

    [Fact]
    public void A_volume_with_zone_labels_keeps_its_pod_in_one_of_these_zones()
    {
        var scene = new Scene(
            Make.Node("a").In(("topology.kubernetes.io/zone", "a")), Make.Node("b").In(("topology.kubernetes.io/zone", "b")), Make.Node("c").In(("topology.kubernetes.io/zone", "c")), Make.Node("nowhere"),
            Bound("data", "pv"), Volume("pv", "1Gi", null) with { Metadata = new() { Name = "pv", Labels = StringMap.Of(("topology.kubernetes.io/zone", "a__b")) } });
        Assert.Equal("a:, b:, c:!node(s) had no available volume zone, nowhere:", scene.Filtered(new VolumeZone(scene.Context), Mounting("data")));
    }

    [Fact]
    public void A_claim_for_one_pod_alone_is_refused_to_the_next_wherever_it_would_go()
    {
        var claim = Bound("data", "pv");
        var scene = new Scene(
            Make.Node("a"), Make.Node("b"), claim with { Spec = claim.Spec with { AccessModes = ["ReadWriteOncePod"] } }, (Mounting("data") with { Metadata = Make.Pod("first").Metadata }).On("a"));
        const string inUse = "node has pod using PersistentVolumeClaim with the same name and ReadWriteOncePod access mode";
        Assert.Equal($"a:{inUse}, b:{inUse}", scene.Filtered(new VolumeRestrictions(scene.Context), Mounting("data")));
    }

    [Fact]
    public void A_node_takes_no_more_volumes_of_a_driver_than_it_can_attach()
    {
        const string full = "node(s) exceed max volume count";
        var scene = new Scene(
            Cloud, Local, Make.Node("one"), Make.Node("two"), Make.Node("other"), Make.Node("unknown"),
            Attaching("one", "pd.csi.storage.gke.io", 1), Attaching("two", "pd.csi.storage.gke.io", 2), Attaching("other", "ebs.csi.aws.com", 1),
            Bound("data", "pv"), Volume("pv", "1Gi", null), Bound("disk", "pv-disk"), Disk("pv-disk", "disk-1"), Bound("same", "pv-same"), Disk("pv-same", "disk-1"),
            Waiting("new", "cloud", "1Gi"), Waiting("newer", "cloud", "1Gi"), Waiting("local", "local", "1Gi"),
            (Mounting("disk") with { Metadata = Make.Pod("first").Metadata }).On("one"), (Mounting("disk") with { Metadata = Make.Pod("second").Metadata }).On("two"));
        var plugin = new NodeVolumeLimits(scene.Context);
        Assert.Equal("one:, two:, other:, unknown:", scene.Filtered(plugin, Mounting("disk")));
        Assert.Equal("one:, two:, other:, unknown:", scene.Filtered(plugin, Mounting("same")));
        Assert.Equal("one:, two:, other:, unknown:", scene.Filtered(plugin, Mounting("data", "local")));
        Assert.Equal($"one:{full}, two:, other:, unknown:", scene.Filtered(plugin, Mounting("new")));
        Assert.Equal($"one:{full}, two:{full}, other:, unknown:", scene.Filtered(plugin, Mounting("new", "newer")));
        Assert.Equal("one:, two:, other:, unknown:", scene.Filtered(plugin, Make.Pod("none")));
    }

    [Fact]
    public void A_pod_for_which_no_node_can_attach_a_volume_goes_on_when_one_can()
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var lab = new ServerAndScheduler(clock, 1);
        lab.Api.Create(Make.Node("worker-1"));
        var limit = lab.Api.Create(Attaching("worker-1", "pd.csi.storage.gke.io", 0));
        lab.Api.Create(Disk("pv-disk", "disk-1"));
        lab.Api.UpdateStatus(lab.Api.Create(Bound("data", "pv-disk")) with { Status = new() { Phase = "Bound" } });
        lab.Api.Create(Mounting("data"));
        clock.RunFor(TimeSpan.FromSeconds(30));
        Assert.Contains("1 node(s) exceed max volume count.", lab.Api.Get<Pod>("default", "p").Status.Conditions.Single().Message, StringComparison.Ordinal);

        lab.Api.Update(Attaching("worker-1", "pd.csi.storage.gke.io", 1) with { Metadata = limit.Metadata });
        clock.RunFor(TimeSpan.FromSeconds(15));
        Assert.Equal("worker-1", lab.NodeOf("p"));
    }

    [Fact]
    public void Before_the_pod_is_bound_the_claim_is_told_its_node_and_the_volume_is_waited_for()
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var lab = new ServerAndScheduler(clock, 1);
        lab.Api.Create(Cloud);
        lab.Api.Create(Make.Node("worker-1"));
        lab.Api.Create(Waiting("data", "cloud", "5Gi"));
        lab.Api.Create(Mounting("data"));
        clock.RunFor(TimeSpan.FromSeconds(30));
        var claim = lab.Api.Get<PersistentVolumeClaim>("default", "data");
        Assert.Equal("worker-1", claim.Metadata.Annotations["volume.kubernetes.io/selected-node"]);
        Assert.Null(lab.NodeOf("p"));

        lab.Api.Create(Volume("pv-1", "5Gi", null));
        claim = lab.Api.Update(claim with { Spec = claim.Spec with { VolumeName = "pv-1" } });
        lab.Api.UpdateStatus(claim with { Status = new() { Phase = "Bound" } });
        clock.RunFor(TimeSpan.FromSeconds(2));
        Assert.Equal("worker-1", lab.NodeOf("p"));
    }

    [Fact]
    public void A_volume_that_was_found_is_reserved_for_the_claim()
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var lab = new ServerAndScheduler(clock, 1);
        lab.Api.Create(Local);
        lab.Api.Create(Make.Node("worker-1").In(("kubernetes.io/hostname", "worker-1")));
        var volume = lab.Api.Create(Free("pv-1", "10Gi", "local", "worker-1"));
        lab.Api.UpdateStatus(volume with { Status = new() { Phase = "Available" } });
        lab.Api.Create(Waiting("data", "local", "5Gi"));
        lab.Api.Create(Mounting("data"));
        clock.RunFor(TimeSpan.FromSeconds(2));
        var reserved = lab.Api.Get<PersistentVolume>("", "pv-1");
        Assert.Equal(("data", "yes"), (reserved.Spec.ClaimRef!.Name, reserved.Metadata.Annotations["pv.kubernetes.io/bound-by-controller"]));
    }

    private static CSINode Attaching(string node, string driver, int count) => JsonSerializer.Deserialize(
        $$$"""
        {"apiVersion":"storage.k8s.io/v1","kind":"CSINode","metadata":{"name":"{{{node}}}"},
         "spec":{"drivers":[{"name":"{{{driver}}}","nodeID":"n","allocatable":{"count":{{{count}}} } }]}}
        """,
        ApiJson.Default.CSINode)!;

    private static PersistentVolume Disk(string name, string handle) => JsonSerializer.Deserialize(
        $$$"""
        {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"{{{name}}}"},
         "spec":{"capacity":{"storage":"1Gi"},"accessModes":["ReadWriteOnce"],"csi":{"driver":"pd.csi.storage.gke.io","volumeHandle":"{{{handle}}}"} } }
        """,
        ApiJson.Default.PersistentVolume)!;

    private static PersistentVolumeClaim Claim(string name) => new()
    {
        Metadata = new() { Name = name, Namespace = "default", Uid = $"uid-{name}" },
        Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = ResourceList.Of(("storage", Quantity.Parse("1Gi"))) } },
    };

    private static PersistentVolumeClaim Bound(string name, string volume)
    {
        var claim = Claim(name);
        return claim with { Spec = claim.Spec with { VolumeName = volume }, Status = new() { Phase = "Bound" } };
    }

    private static PersistentVolumeClaim Waiting(string name, string storageClass, string size)
    {
        var claim = Claim(name);
        return claim with { Spec = claim.Spec with { StorageClassName = storageClass, Resources = new() { Requests = ResourceList.Of(("storage", Quantity.Parse(size))) } } };
    }

    private static PersistentVolume Free(string name, string size, string storageClass, string host)
    {
        var volume = Volume(name, size, host);
        return volume with { Spec = volume.Spec with { StorageClassName = storageClass }, Status = new() { Phase = "Available" } };
    }

    private static PersistentVolume Volume(string name, string size, string? host)
    {
        const string required = """{"required":{"nodeSelectorTerms":[{"matchExpressions":[{"key":"kubernetes.io/hostname","operator":"In","values":["HOST"]}]}]}}""";
        const string volume = """
            {"apiVersion":"v1","kind":"PersistentVolume","metadata":{"name":"NAME"},
             "spec":{"capacity":{"storage":"SIZE"},"accessModes":["ReadWriteOnce"],"hostPath":{"path":"/data"},"nodeAffinity":AFFINITY}}
            """;
        var json = volume.Replace("NAME", name, StringComparison.Ordinal).Replace("SIZE", size, StringComparison.Ordinal)
            .Replace("AFFINITY", host is null ? "null" : required.Replace("HOST", host, StringComparison.Ordinal), StringComparison.Ordinal);
        return JsonSerializer.Deserialize(json, ApiJson.Default.PersistentVolume)!;
    }

    private static Pod Mounting(params string[] claims)
    {
        var pod = Make.Pod("p");
        return pod with { Spec = pod.Spec with { Volumes = claims.Select(c => new Volume { Name = c, PersistentVolumeClaim = new() { ClaimName = c } }).ToValueList() } };
    }
}
