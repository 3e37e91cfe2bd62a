using KubeLab.Api.Coordination;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;
using KubeLab.Client.Recording;

namespace KubeLab.Client.LeaderElection;

/// <summary>A Lease object that candidates hold in turn.</summary>
/// <remarks>Upstream: client-go/tools/leaderelection/resourcelock. Who writes names the version that he knows, so of two who write only one succeeds.</remarks>
/// <param name="api">The server.</param>
/// <param name="ns">Where the lease is.</param>
/// <param name="name">What it is called.</param>
/// <param name="identity">Who is the candidate, for example <c>master-1_</c> and a uid.</param>
/// <param name="events">Where it is told who leads; null tells nobody.</param>
public sealed class LeaseLock(IKubernetesApi api, string ns, string name, string identity, EventRecorder? events = null)
{
    private Lease? lease;

    /// <summary>Who is the candidate.</summary>
    public string Identity => identity;

    /// <summary>Reads the lease; null when there is none.</summary>
    /// <exception cref="ApiException">The server does not answer.</exception>
    public LeaderRecord? Get()
    {
        if (api.Find<Lease>(ns, name) is not { } found)
        {
            return null;
        }

        lease = found;
        return LeaderRecord.Of(found.Spec);
    }

    /// <summary>Makes the lease.</summary>
    /// <exception cref="ApiException">Somebody was faster, or the server does not answer.</exception>
    public void Create(LeaderRecord record) =>
        lease = api.Create(new Lease { Metadata = new ObjectMeta { Name = name, Namespace = ns }, Spec = record.WriteTo(LeaseSpec.Empty) });

    /// <summary>Writes the lease as it was last seen.</summary>
    /// <exception cref="ApiException">Somebody was faster, or the server does not answer.</exception>
    public void Update(LeaderRecord record)
    {
        if (lease is not { } seen)
        {
            throw new InvalidOperationException("lease not initialized, call get or create first");
        }

        lease = api.Update(seen with { Spec = record.WriteTo(seen.Spec) });
    }

    /// <summary>Tells people about it, for example that the candidate <c>became leader</c>.</summary>
    public void Record(string what)
    {
        if (lease is { } subject)
        {
            events?.Normal(subject, "LeaderElection", $"{identity} {what}");
        }
    }
}
