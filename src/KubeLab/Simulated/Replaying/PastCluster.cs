using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Http;
using KubeLab.Autoscaling.Vertical;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;
using KubeLab.Delays;
using KubeLab.Etcd.Raft.Observing;
using KubeLab.KubectlText.Wire;
using KubeLab.Observing;
using KubeLab.Observing.Costs;
using KubeLab.Scheduling.Explaining;
using KubeLab.Simulated.Metrics.Adapting;
using KubeLab.Views;

namespace KubeLab.Simulated.Replaying;

/// <summary>A moment of a simulated cluster: everything can be asked, nothing can be changed, and time stands still.</summary>
internal sealed class PastCluster : Cluster
{
    private readonly SimulatedCluster then;

    /// <summary>Shows <paramref name="then"/>, which nobody else may hold.</summary>
    public PastCluster(SimulatedCluster then)
        : base(then.Clock)
    {
        this.then = then;
        then.StandsStill = true;
        Api = new PastApi(then.Api);
    }

    public override IKubernetesApi Api { get; }

    public override ClusterCharts Charts => then.Charts;

    public override Money Cost => then.Cost;

    internal override ClusterRecorder Recorder => then.Recorder;

    internal override IEnumerable<ApiResource> Kinds => then.Kinds;

    internal override IEnumerable<Counterfactual> AnotherNode(Explainer explainer, Pod pod) => then.AnotherNode(explainer, pod);

    public override Bill Bill() => then.Bill();

    public override DelayLens Delays(RequestLoad load, DateTimeOffset? since = null, TimeSpan? p95 = null) => then.Delays(load, since, p95);

    public override Cluster Branch() => then.Branch();

    public override Cluster Rewind(DateTimeOffset time) => then.Rewind(time);

    public override Cluster At(DateTimeOffset time) => then.At(time);

    public override void RunFor(TimeSpan span) => throw Past.IsPast("time stands still in it");

    public override void AddMasters(int count, string machine = "e2-standard-2", bool wait = true) => throw Past.IsPast("no machines can be added");

    public override void AddNodePool(string name, string machine, int count, bool spot = false, bool wait = true) => throw Past.IsPast("no machines can be added");

    public override void Resize(string pool, int count, bool wait = true) => throw Past.IsPast("no pool can be resized");

    public override void Autoscale(string pool, int min, int max) => throw Past.IsPast("no pool can be autoscaled");

    public override void ClusterAutoscaler(Func<Autoscaling.Nodes.ClusterAutoscalerOptions, Autoscaling.Nodes.ClusterAutoscalerOptions> change) => throw Past.IsPast("the autoscaler cannot be set");

    public override ScaleDownView WhyNotScaledDown() => then.WhyNotScaledDown();

    public override void Kill(string machine) => throw Past.IsPast("no machine can be killed");

    public override void Restore(string machine) => throw Past.IsPast("no machine can be restored");

    public override MastersView Masters() => then.Masters();

    public override RentedView StillRented() => then.StillRented();

    public override CostSplit CostSplit(DateTimeOffset? from = null, DateTimeOffset? to = null) => then.CostSplit(from, to);

    public override MonthBill MonthBill(DateTimeOffset? within = null, params IReadOnlyList<Commitment> commitments) => then.MonthBill(within, commitments);

    public override PriceComparison ComparePrices(string? currency = null) => then.ComparePrices(currency);

    public override void AddManagedMasters(int count = 1, bool wait = true) => throw Past.IsPast("no control plane can be rented");

    public override string ReserveAddress(string name) => throw Past.IsPast("no address can be reserved");

    public override void ReleaseAddress(string name) => throw Past.IsPast("no address can be given back");

    public override void KeepInBucket(string name, decimal gib) => throw Past.IsPast("nothing can be kept");

    public override void ReadOut(decimal gib) => throw Past.IsPast("nothing can be read out");

    public override void Delete() => throw Past.IsPast("it cannot be deleted");

    public override void GiveBack(string name) => throw Past.IsPast("nothing can be given back");

    public override void StopComponent(string machine, string component) => throw Past.IsPast("no component can be stopped");

    public override void StartComponent(string machine, string component) => throw Past.IsPast("no component can be started");

    public override void Partition(string sides) => throw Past.IsPast("the network cannot be cut");

    public override void SlowDisk(string machine, TimeSpan? sync) => throw Past.IsPast("no disk can be slowed");

    public override void Heal() => throw Past.IsPast("the network cannot be healed");

    public override IReadOnlyList<RequestLoad> Loads => then.Loads;

    public override RequestLoad Load(string service, LoadShape rate, string? from = null, TimeSpan? timeout = null) => throw Past.IsPast("nothing can be sent");

    public override void StopKubeProxy(string node) => throw Past.IsPast("nothing can be stopped");

    public override void StartKubeProxy(string node) => throw Past.IsPast("nothing can be started");

    public override void Preempt(string machine) => throw Past.IsPast("no machine can be taken back");

    public override void SpotPreemptions(double perHour) => throw Past.IsPast("no machines can be taken back");

    public override void RunOut(string? machines = null, string? zone = null, TimeSpan? lasting = null, bool spotOnly = false) => throw Past.IsPast("no machines can run out");

    public override void SetQuota(string resource, double? limit) => throw Past.IsPast("no quota can be set");

    public override void LimitCpus(int? most) => throw Past.IsPast("no quota can be set");

    public override void InstallKarpenter(bool spotToSpot = false) => throw Past.IsPast("nothing can be installed");

    public override void AddJustInTimePool(JustInTimePool pool) => throw Past.IsPast("no pool can be added");

    public override void InstallVerticalPodAutoscaler(VerticalPodAutoscalerOptions? options = null, bool wait = true) => throw Past.IsPast("nothing can be installed");

    public override void AddMetricsAdapter(AdapterOptions? options = null) => throw Past.IsPast("nothing can be installed");

    public override void AddExternalMetric(string name, Func<Cluster, double> value, params ReadOnlySpan<(string Label, string Value)> labels) => throw Past.IsPast("no metric can be added");

    public override WriteTrace TraceNextWrite() => throw Past.IsPast("nothing is written any more");

    private protected override IKubectlHost KubectlHost()
    {
        var front = then.FrontOf((_, _) => throw new ApiException(Past.Refusal));
        return new HttpHost(new HttpMessageInvoker(new InMemoryHandler(front)), new Uri($"https://{then.Address}"), "kubelab", () => Now, Wait);
    }

    private protected override bool Wait(Func<bool> condition, TimeSpan limit, string what) => condition();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            then.Dispose();
        }

        base.Dispose(disposing);
    }
}
