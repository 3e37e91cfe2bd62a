using KubeLab.Api.Verbs;
using KubeLab.Simulation;

namespace KubeLab.Client.LeaderElection;

/// <summary>One candidate: it waits for the lease, leads while it can renew it, and ends when it cannot.</summary>
/// <remarks>It leads once: who lost the lease is over, as upstream's processes, which exit then; a new process is a new candidate with a new name.</remarks>
/// <seealso href="https://pkg.go.dev/k8s.io/client-go/tools/leaderelection">client-go/tools/leaderelection</seealso>
public sealed class LeaderElector
{
    private readonly LeaseLock claim;
    private readonly VirtualClock clock;
    private readonly Randomness chance;
    private readonly LeaderElectionOptions options;
    private Candidacy candidacy;
    private Scheduled? next;
    private DateTimeOffset deadline;

    /// <summary>Makes one that has not begun.</summary>
    /// <param name="claim">The lease.</param>
    /// <param name="clock">Its clock, by which leases run out.</param>
    /// <param name="chance">Spreads the tries of several candidates.</param>
    /// <param name="options">How patient it is; upstream's defaults when null.</param>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public LeaderElector(LeaseLock claim, VirtualClock clock, Randomness chance, LeaderElectionOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(claim);
        this.options = options ?? LeaderElectionOptions.Default;
        this.options.Check();
        (this.claim, this.clock, this.chance) = (claim, clock, chance);
        candidacy = Candidacy.Of(claim.Identity);
    }

    /// <summary>Called when it begins to lead.</summary>
    public Action? StartedLeading { get; init; }

    /// <summary>Called when it could not renew in time and leads no more; not when it was stopped.</summary>
    public Action? LostLeading { get; init; }

    /// <summary>Whether it leads.</summary>
    public bool IsLeading { get; private set; }

    /// <summary>Who leads as far as it knows; empty when nobody does.</summary>
    public string Leader => candidacy.Observed.Holder;

    /// <summary>Begins to try.</summary>
    public void Start() => Acquire();

    /// <summary>Ends.</summary>
    /// <param name="isKilled">Whether it dies without a word; otherwise it gives the lease back if it is one that does.</param>
    public void Stop(bool isKilled)
    {
        next?.Cancel();
        if (!IsLeading)
        {
            return;
        }

        IsLeading = false;
        if (!isKilled)
        {
            End();
        }
    }

    private void Acquire()
    {
        if (!TryAcquireOrRenew())
        {
            next = clock.After(chance.Jitter(options.RetryPeriod, LeaderElectionOptions.JitterFactor), Acquire);
            return;
        }

        IsLeading = true;
        claim.Record("became leader");
        next = clock.After(options.RetryPeriod, BeginToRenew);
        StartedLeading?.Invoke();
    }

    private void BeginToRenew()
    {
        deadline = clock.Now + options.RenewDeadline;
        Renew();
    }

    private void Renew()
    {
        if (TryAcquireOrRenew())
        {
            next = clock.After(options.RetryPeriod, BeginToRenew);
        }
        else if (clock.Now + options.RetryPeriod < deadline)
        {
            next = clock.After(options.RetryPeriod, Renew);
        }
        else
        {
            next = clock.At(deadline, Lose);
        }
    }

    private void Lose()
    {
        IsLeading = false;
        End();
        LostLeading?.Invoke();
    }

    private void End()
    {
        if (options.ReleaseOnCancel)
        {
            Release();
        }

        claim.Record("stopped leading");
    }

    private void Release()
    {
        if (!candidacy.IsLeader)
        {
            return;
        }

        try
        {
            var released = candidacy.Released(clock.Now);
            claim.Update(released);
            candidacy = candidacy.Wrote(released, clock.Now);
        }
        catch (ApiException)
        {
            // Then the others wait until it runs out.
        }
    }

    private bool TryAcquireOrRenew()
    {
        var now = clock.Now;
        if (candidacy.MayRenewUnseen(now) && TryWrite(candidacy.Next(candidacy.Observed, now, options.LeaseDuration)))
        {
            return true;
        }

        try
        {
            if (claim.Get() is not { } read)
            {
                var first = candidacy.First(now, options.LeaseDuration);
                claim.Create(first);
                candidacy = candidacy.Wrote(first, now);
                return true;
            }

            candidacy = candidacy.See(read, now);
            return !candidacy.IsLedByAnother(read, now) && TryWrite(candidacy.Next(read, now, options.LeaseDuration));
        }
        catch (ApiException)
        {
            return false;
        }
    }

    private bool TryWrite(LeaderRecord record)
    {
        try
        {
            claim.Update(record);
            candidacy = candidacy.Wrote(record, clock.Now);
            return true;
        }
        catch (ApiException)
        {
            return false;
        }
    }
}
