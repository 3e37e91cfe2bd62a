using KubeLab.Simulation;

namespace KubeLab.Etcd;

/// <summary>Forgets history as the API server has etcd do: every period it compacts to where the store stood one period ago.</summary>
/// <remarks>So a reader may be up to two periods behind, and is never cut off before one.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/">--etcd-compaction-interval</seealso>
public sealed class AutoCompactor
{
    private readonly IEtcd etcd;
    private readonly Repeating round;
    private long next;

    /// <summary>Begins on <paramref name="clock"/>; kube-apiserver's period is 5 minutes.</summary>
    public AutoCompactor(IEtcd etcd, VirtualClock clock, TimeSpan period)
    {
        this.etcd = etcd;
        next = etcd.Revision;
        round = clock.Every(period, Compact);
    }

    /// <summary>Ends the rounds.</summary>
    public void Stop() => round.Cancel();

    private void Compact()
    {
        try
        {
            if (next > etcd.CompactedRevision)
            {
                etcd.Compact(next);
            }

            next = etcd.Revision;
        }
        catch (EtcdException)
        {
            // The members have no majority now; the next round compacts what this one could not.
        }
    }
}
