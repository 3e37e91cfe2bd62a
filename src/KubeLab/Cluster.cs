using System.Runtime.CompilerServices;
using KubeLab.Api;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Kinds;
using KubeLab.Cloud.Billing;
using KubeLab.Cloud.Prices;
using KubeLab.Comparing;
using KubeLab.Lessons;
using KubeLab.Observing;
using KubeLab.Simulation;
using KubeLab.Views;

namespace KubeLab;

/// <summary>A Kubernetes cluster, simulated or real, as a notebook works with it.</summary>
/// <remarks>Everything goes through the Kubernetes API; only a simulated cluster adds machines, a clock that can be run ahead, and things that break.</remarks>
public abstract partial class Cluster : IDisposable
{
    /// <summary>How long <see cref="RunUntil"/> waits unless told otherwise, in the cluster's time.</summary>
    public static readonly TimeSpan LimitDefault = TimeSpan.FromMinutes(15);

    private readonly List<IView> asked = [];
    private bool isAsking;

    private protected Cluster(VirtualClock clock) => Clock = clock;

    /// <summary>The verbs of the Kubernetes API, as an administrator.</summary>
    public abstract IKubernetesApi Api { get; }

    /// <summary>The pictures of what has been recorded so far.</summary>
    public abstract ClusterCharts Charts { get; }

    /// <summary>The cluster's time.</summary>
    public DateTimeOffset Now => Clock.Now;

    /// <summary>The clock that the cluster's events run on.</summary>
    public VirtualClock Clock { get; }

    /// <summary>The namespace that is meant where none is named.</summary>
    public virtual string Namespace => "default";

    /// <summary>What it has cost so far; of a real cluster since the lab was opened, and as far as prices are known.</summary>
    public abstract Money Cost { get; }

    /// <summary>What it has cost so far, line by line.</summary>
    public abstract Bill Bill();

    /// <summary>Rents machines for the control plane, the first ones or more of them; time passes until they are ready, unless told not to wait. Of a real cluster it looks whether there are so many.</summary>
    /// <param name="count">How many; an odd number is best practice.</param>
    /// <param name="machine">The machine type, for example <c>e2-standard-2</c>.</param>
    /// <param name="wait">Whether time passes until they are ready.</param>
    /// <exception cref="NotSupportedException">The cluster is real and has fewer.</exception>
    public abstract void AddMasters(int count, string machine = "e2-standard-2", bool wait = true);

    /// <summary>Rents machines to run pods on; time passes until they are ready, unless told not to wait. Of a real cluster it looks whether there are so many.</summary>
    /// <param name="name">The pool's name; its nodes are called <c>name-1</c>, <c>name-2</c>, ….</param>
    /// <param name="machine">The machine type, for example <c>e2-standard-4</c>.</param>
    /// <param name="count">How many.</param>
    /// <param name="spot">Whether they are cheaper and may be taken away at any time.</param>
    /// <param name="wait">Whether time passes until they are ready.</param>
    /// <exception cref="NotSupportedException">The cluster is real and has fewer.</exception>
    public abstract void AddNodePool(string name, string machine, int count, bool spot = false, bool wait = true);

    /// <summary>Changes the number of machines of a pool.</summary>
    /// <exception cref="NotSupportedException">The cluster is real; the message names the provider's command.</exception>
    public abstract void Resize(string pool, int count, bool wait = true);

    /// <summary>Pulls the plug of a machine: it is gone at once, nobody is told, and it is still rented.</summary>
    /// <exception cref="NotSupportedException">The cluster is real; the message names the command that does it.</exception>
    public abstract void Kill(string machine);

    /// <summary>Gives a killed machine its power back; it boots and its kubelet returns.</summary>
    /// <exception cref="NotSupportedException">The cluster is real; the message names the command that does it.</exception>
    public abstract void Restore(string machine);

    /// <summary>Another cluster that is in every byte what this one is now, and goes its own way from here; this one stays.</summary>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    /// <exception cref="InvalidOperationException">It cannot be repeated exactly; the message says what differs.</exception>
    public virtual Cluster Branch() => throw OnlySimulated("branching", "a real cluster has one course only; try it on a simulated one");

    /// <summary>Another cluster that is what this one was at <paramref name="time"/>, and goes on from there; this one stays.</summary>
    /// <param name="time">An instant between the start and now.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not between the two.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    /// <exception cref="InvalidOperationException">It cannot be repeated exactly; the message says what differs.</exception>
    public virtual Cluster Rewind(DateTimeOffset time) => throw OnlySimulated("rewinding", "a real cluster forgets; try it on a simulated one");

    /// <summary>The same by how long ago it was.</summary>
    public Cluster Rewind(TimeSpan ago) => Rewind(Now - ago);

    /// <summary>This cluster as it was at <paramref name="time"/>, to be looked at: every query, kubectl that reads, the bill and the charts; nothing can be changed.</summary>
    /// <param name="time">An instant between the start and now.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is not between the two.</exception>
    /// <exception cref="NotSupportedException">The cluster is real.</exception>
    public virtual Cluster At(DateTimeOffset time) => throw OnlySimulated("looking back", "a real cluster forgets; its events are what is left: kubectl get events");

    /// <summary>The same by how long ago it was.</summary>
    public Cluster At(TimeSpan ago) => At(Now - ago);

    /// <summary>What differs between this cluster and <paramref name="other"/>: another one, a branch, or a moment of the past.</summary>
    public Comparison CompareWith(Cluster other) => Comparison.Of(this, other);

    /// <summary>What has been recorded of it.</summary>
    internal abstract ClusterRecorder Recorder { get; }

    /// <summary>The kinds it serves.</summary>
    internal virtual IEnumerable<ApiResource> Kinds => BuiltInKinds.All().Where(k => k.IsStored).Select(k => k.Resource);

    /// <summary>A lesson on this cluster: its predictions and its checks.</summary>
    /// <param name="episode">The episode's number, for example <c>05</c>.</param>
    public Lesson Lesson(string episode) => new(this, episode);

    /// <summary>The deployment called <paramref name="name"/>.</summary>
    public DeploymentView Deployment(string name, string? ns = null) => Ask(new DeploymentView(Api, ns ?? Namespace, name));

    /// <summary>The replica set <paramref name="name"/>.</summary>
    public ReplicaSetView ReplicaSet(string name, string? ns = null) => Ask(new ReplicaSetView(Api, ns ?? Namespace, name));

    /// <summary>The job called <paramref name="name"/>.</summary>
    public JobView Job(string name, string ns = "default") => Ask(new JobView(Api, ns, name));

    /// <summary>The cron job called <paramref name="name"/>.</summary>
    public CronJobView CronJob(string name, string ns = "default") => Ask(new CronJobView(Api, ns, name));

    /// <summary>The stateful set called <paramref name="name"/>.</summary>
    public StatefulSetView StatefulSet(string name, string ns = "default") => Ask(new StatefulSetView(Api, ns, name));

    /// <summary>The daemon set called <paramref name="name"/>.</summary>
    public DaemonSetView DaemonSet(string name, string ns = "default") => Ask(new DaemonSetView(Api, ns, name));

    /// <summary>The persistent volume claim called <paramref name="name"/>.</summary>
    public ClaimView Claim(string name, string ns = "default") => Ask(new ClaimView(Api, ns, name));

    /// <summary>The pod called <paramref name="name"/>.</summary>
    public PodView Pod(string name, string? ns = null) => Ask(new PodView(Api, ns ?? Namespace, name));

    /// <summary>The node called <paramref name="name"/>.</summary>
    public NodeView Node(string name) => Ask(new NodeView(Api, name));

    /// <summary>The pods of <paramref name="ns"/> that the label selector <paramref name="selector"/> finds; all when null.</summary>
    public IReadOnlyList<Pod> Pods(string? selector = null, string? ns = null) =>
        Api.List<Pod>(ns ?? Namespace, new ListOptions { LabelSelector = selector });

    /// <summary>The nodes, in order of their names.</summary>
    public IReadOnlyList<Node> Nodes() => Api.List<Node>();

    /// <summary>Lets the cluster's time pass.</summary>
    public abstract void RunFor(TimeSpan span);

    /// <summary>Lets seconds of the cluster's time pass.</summary>
    public void RunFor(double seconds) => RunFor(TimeSpan.FromSeconds(seconds));

    /// <summary>Lets time pass until <paramref name="condition"/> holds.</summary>
    /// <param name="condition">What to wait for; it must not change anything.</param>
    /// <param name="limit">How long at the most, in the cluster's time; <see cref="LimitDefault"/> when null.</param>
    /// <param name="text">Filled in by the compiler: the condition as written.</param>
    /// <exception cref="ConditionNotMetException">It did not come about; the message says why.</exception>
    public void RunUntil(Func<Cluster, bool> condition, TimeSpan? limit = null, [CallerArgumentExpression(nameof(condition))] string text = "")
    {
        var bound = limit ?? LimitDefault;
        if (Wait(() => Holds(condition), bound, text))
        {
            return;
        }

        Holds(condition);
        var reasons = asked.Select(v => v.WhyNot()).OfType<string>().Distinct().ToList();
        var because = reasons.Count == 0 ? "" : $"\nbecause {string.Join(";\n  and ", reasons)}";
        throw new ConditionNotMetException($"waited {bound:hh\\:mm\\:ss} of the cluster's time for `{text}`, and it is still not so{because}");
    }

    /// <summary>Ends what runs in the background.</summary>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Runs until a condition holds or the limit has passed; tells whether it held.</summary>
    private protected abstract bool Wait(Func<bool> condition, TimeSpan limit, string what);

    /// <summary>Ends what runs in the background.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

    private static NotSupportedException OnlySimulated(string what, string instead) =>
        new($"only a simulated cluster can do this ({what}). This one is real: {instead}.");

    private bool Holds(Func<Cluster, bool> condition)
    {
        asked.Clear();
        isAsking = true;
        try
        {
            return condition(this);
        }
        catch (ApiException unreachable) when (unreachable.Code is 0 or >= 500)
        {
            return false;
        }
        finally
        {
            isAsking = false;
        }
    }

    private T Ask<T>(T view)
        where T : IView
    {
        if (isAsking)
        {
            asked.Add(view);
        }

        return view;
    }
}
