using FsCheck;
using FsCheck.Fluent;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Quotas;
using KubeLab.Api.Verbs;
using KubeLab.Controllers;
using KubeLab.Simulation;

namespace KubeLab.Tests.ApiServer.Admission;

public sealed class QuotasTests
{
    private readonly ServerFixture f = new();

    [Fact]
    public void What_would_exceed_a_quota_is_refused_in_upstreams_words()
    {
        Limit("q", ("cpu", "4"), ("pods", "10"));
        for (var i = 0; i < 3; i++)
        {
            f.Api.Create(Pod($"p{i}", "1"));
        }

        var refusal = ServerFixture.Refused(() => f.Api.Create(Pod("big", "1500m")));
        Assert.Equal(
            (403, "pods \"big\" is forbidden: exceeded quota: q, requested: cpu=1500m, used: cpu=3, limited: cpu=4"), (refusal.Code, refusal.Message));
        Assert.Equal(("3", "3"), Used("q", "cpu", "pods"));
        f.Api.Create(Pod("last", "1"));
        Assert.Equal(("4", "4"), Used("q", "cpu", "pods"));
    }

    [Fact]
    public void Who_says_nothing_about_what_is_limited_is_refused()
    {
        Limit("q", ("limits.memory", "1Gi"), ("requests.cpu", "4"));
        var pod = ServerFixture.Pod("quiet");
        pod = pod with { Spec = pod.Spec with { Containers = pod.Spec.Containers.Add(pod.Spec.Containers[0] with { Name = "side" }) } };
        Assert.Equal(
            "pods \"quiet\" is forbidden: failed quota: q: must specify limits.memory for: main,side; requests.cpu for: main,side",
            ServerFixture.Refused(() => f.Api.Create(pod)).Message);
    }

    [Fact]
    public void A_quota_that_was_not_counted_yet_limits_nothing_and_one_half_counted_refuses()
    {
        var quota = f.Api.Create(new ResourceQuota { Metadata = new() { Name = "q", Namespace = "default" }, Spec = new() { Hard = Hard(("pods", "0")) } });
        f.Api.Create(ServerFixture.Pod("a"));
        f.Api.UpdateStatus(quota with { Status = new() { Hard = quota.Spec.Hard } });
        Assert.Equal(
            "pods \"b\" is forbidden: status unknown for quota: q, resources: pods", ServerFixture.Refused(() => f.Api.Create(ServerFixture.Pod("b"))).Message);
    }

    [Fact]
    public void Objects_of_any_kind_can_be_counted()
    {
        Limit("q", ("count/deployments.apps", "1"), ("configmaps", "1"), ("services.nodeports", "1"));
        f.Api.Create(ServerFixture.Deployment("one"));
        Assert.Equal(
            "deployments.apps \"two\" is forbidden: exceeded quota: q, requested: count/deployments.apps=1, used: count/deployments.apps=1, limited: count/deployments.apps=1",
            ServerFixture.Refused(() => f.Api.Create(ServerFixture.Deployment("two"))).Message);
        f.Api.Create(ServerFixture.ConfigMap("one"));
        Assert.Equal(403, ServerFixture.Refused(() => f.Api.Create(ServerFixture.ConfigMap("two"))).Code);
        var service = f.Api.Create(Service("web", "ClusterIP"));
        f.Api.Update(service with { Spec = service.Spec with { Type = "NodePort" } });
        Assert.Equal("1", f.Api.Get<ResourceQuota>("default", "q").Status.Used["services.nodeports"]!.Value.ToString());
        Assert.Equal(403, ServerFixture.Refused(() => f.Api.Create(Service("other", "NodePort"))).Code);
    }

    [Fact]
    public void Storage_is_counted_in_all_and_by_class()
    {
        Limit("q", ("requests.storage", "10Gi"), ("fast.storageclass.storage.k8s.io/requests.storage", "2Gi"));
        f.Api.Create(Claim("a", "8Gi", null));
        Assert.Contains("fast.storageclass.storage.k8s.io/requests.storage=3Gi", ServerFixture.Refused(() => f.Api.Create(Claim("b", "3Gi", "fast"))).Message, StringComparison.Ordinal);
        f.Api.Create(Claim("c", "2Gi", "fast"));
        Assert.Equal("10Gi", f.Api.Get<ResourceQuota>("default", "q").Status.Used["requests.storage"]!.Value.ToString());
    }

    [Fact]
    public void A_dry_run_is_refused_alike_and_charges_nothing()
    {
        Limit("q", ("pods", "1"));
        f.Api.Create(ServerFixture.Pod("a"), new WriteOptions { DryRun = true });
        Assert.Equal("0", f.Api.Get<ResourceQuota>("default", "q").Status.Used["pods"]!.Value.ToString());
        f.Api.Create(ServerFixture.Pod("a"));
        Assert.Equal(403, ServerFixture.Refused(() => f.Api.Create(ServerFixture.Pod("b"), new WriteOptions { DryRun = true })).Code);
    }

    [Theory]
    [InlineData("BestEffort", false, null, null, true)]
    [InlineData("BestEffort", true, null, null, false)]
    [InlineData("NotBestEffort", true, null, null, true)]
    [InlineData("Terminating", false, 10L, null, true)]
    [InlineData("Terminating", false, null, null, false)]
    [InlineData("NotTerminating", false, null, null, true)]
    [InlineData("PriorityClass", false, null, "system-node-critical", true)]
    [InlineData("PriorityClass", false, null, null, false)]
    public void Scopes_say_which_pods_count(string scope, bool requests, long? deadline, string? priorityClass, bool isWithin)
    {
        var pod = Pod("p", requests ? "1" : null);
        pod = pod with { Spec = pod.Spec with { ActiveDeadlineSeconds = deadline, PriorityClassName = priorityClass } };
        Assert.Equal(isWithin, new QuotaScope(scope, "Exists", default).Matches(pod));
    }

    /// <summary>Many servers on one store, each with its own watch of the quotas: the last of a quota goes to one of them.</summary>
    [Fact]
    public void A_quota_is_never_exceeded_by_creates_on_several_servers() => Prop.ForAll(
        (from pods in (from server in Gen.Choose(0, 2) from milli in Gen.Choose(1, 2000) select (server, milli)).ArrayOf()
         from hard in Gen.Choose(0, 8000)
         select (pods, hard)).ToArbitrary(),
        run =>
        {
            var fixture = new ServerFixture();
            var servers = Enumerable.Range(0, 3)
                .Select(i => new KubeLab.ApiServer.ApiServer(fixture.Clock, new Randomness(i), fixture.Etcd).ConnectAs("admin")).ToList();
            Limit(fixture, "q", ("cpu", $"{run.hard}m"));
            var expected = 0;
            for (var i = 0; i < run.pods.Length; i++)
            {
                var (server, milli) = run.pods[i];
                try
                {
                    servers[server].Create(Pod($"p{i}", $"{milli}m"));
                    expected += milli;
                }
                catch (ApiException refusal)
                {
                    Assert.True(refusal.Code == 403 && expected + milli > run.hard, refusal.Message);
                }
            }

            Assert.True(expected <= run.hard);
            Assert.Equal(expected, fixture.Api.Get<ResourceQuota>("default", "q").Status.Used["cpu"]!.Value.MilliValue);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Five_of_eight_pods_fit_a_quota_and_deleted_and_ended_ones_make_room()
    {
        var lab = new Controllers.ControllerLab("worker-1");
        lab.Api.Create(new ResourceQuota { Metadata = new() { Name = "q", Namespace = "default" }, Spec = new() { Hard = Hard(("requests.cpu", "4")) } });
        lab.Run(1);
        lab.Deploy(8, change: spec => spec with
        {
            Template = spec.Template with
            {
                Spec = spec.Template.Spec with
                {
                    Containers = [spec.Template.Spec.Containers[0] with { Resources = new() { Requests = Hard(("cpu", "780m")) } }],
                },
            },
        });
        lab.Run(10);
        Assert.Equal(5, lab.Pods.Count);
        Assert.Contains(lab.EventsOf("ReplicaSet"), e => e.Contains("is forbidden: exceeded quota: q, requested: requests.cpu=780m, used: requests.cpu=3900m, limited: requests.cpu=4", StringComparison.Ordinal));
        Assert.Equal("3900m", lab.Api.Get<ResourceQuota>("default", "q").Status.Used["requests.cpu"]!.Value.ToString());
        var ended = lab.Pods[0];
        lab.Api.UpdateStatus(ended with { Status = ended.Status with { Phase = "Failed" } });
        lab.Run(60);
        Assert.Equal((6, 5), (lab.Pods.Count, lab.Pods.Count(p => p.Status.Phase == "Running")));
        lab.Api.Update(lab.Web with { Spec = lab.Web.Spec with { Replicas = 0 } });
        lab.Run(60);
        Assert.True(lab.Api.Get<ResourceQuota>("default", "q").Status.Used["requests.cpu"]!.Value.IsZero);
    }

    private void Limit(string name, params (string Name, string Amount)[] hard) => Limit(f, name, hard);

    /// <summary>A quota that has been counted once.</summary>
    private static void Limit(ServerFixture f, string name, params (string Name, string Amount)[] hard)
    {
        f.Api.Create(new ResourceQuota { Metadata = new() { Name = name, Namespace = "default" }, Spec = new() { Hard = Hard(hard) } });
        new KubeLab.Controllers.Quotas.QuotaReconciler(f.Api, f.Clock, ControllerManagerOptions.Default.NamespacedResources).Reconcile(new ObjectKey("default", name));
    }

    private (string, string) Used(string quota, string first, string second)
    {
        var used = f.Api.Get<ResourceQuota>("default", quota).Status.Used;
        return (used[first]!.Value.ToString(), used[second]!.Value.ToString());
    }

    private static ResourceList Hard(params (string Name, string Amount)[] hard) =>
        ResourceList.Of([.. hard.Select(h => (h.Name, Quantity.Parse(h.Amount)))]);

    private static Pod Pod(string name, string? cpu)
    {
        var pod = ServerFixture.Pod(name);
        return cpu is null
            ? pod
            : pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Resources = new() { Requests = Hard(("cpu", cpu)) } }] } };
    }

    private static Service Service(string name, string type) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { Type = type, Ports = [new() { Port = 80, Protocol = "TCP" }] },
    };

    private static PersistentVolumeClaim Claim(string name, string storage, string? storageClass) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { AccessModes = ["ReadWriteOnce"], StorageClassName = storageClass, Resources = new() { Requests = Hard(("storage", storage)) } },
    };
}
