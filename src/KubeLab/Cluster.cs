using System.Runtime.CompilerServices;
using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
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

    /// <summary>The deployment called <paramref name="name"/>.</summary>
    public DeploymentView Deployment(string name, string ns = "default") => Ask(new DeploymentView(Api, ns, name));

    /// <summary>The pod called <paramref name="name"/>.</summary>
    public PodView Pod(string name, string ns = "default") => Ask(new PodView(Api, ns, name));

    /// <summary>The node called <paramref name="name"/>.</summary>
    public NodeView Node(string name) => Ask(new NodeView(Api, name));

    /// <summary>The pods of <paramref name="ns"/> that the label selector <paramref name="selector"/> finds; all when null.</summary>
    public IReadOnlyList<Pod> Pods(string? selector = null, string ns = "default") =>
        Api.List<Pod>(ns, new ListOptions { LabelSelector = selector });

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
        if (Wait(() => Holds(condition), bound))
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
    private protected abstract bool Wait(Func<bool> condition, TimeSpan limit);

    /// <summary>Ends what runs in the background.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }

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
