namespace KubeLab.Simulation.Networking;

/// <summary>The way from one machine to another; the way back is a link of its own, so a cut may be one-sided.</summary>
public sealed class NetworkLink
{
    private readonly VirtualClock clock;
    private readonly Randomness chance;
    private readonly Action changing;
    private readonly SimulatedNetwork network;
    private long lastDueTicks;

    internal NetworkLink(VirtualClock clock, Randomness chance, string from, string to, LinkProfile profile, Action changing, SimulatedNetwork network)
    {
        this.changing = changing;
        this.network = network;
        this.clock = clock;
        this.chance = chance;
        From = from;
        To = to;
        Profile = profile;
    }

    /// <summary>Where it begins.</summary>
    public string From { get; }

    /// <summary>Where it ends.</summary>
    public string To { get; }

    /// <summary>How it behaves; messages under way keep what they drew.</summary>
    public LinkProfile Profile { get; set; }

    /// <summary>Whether nothing gets through; what is under way when it is cut is lost too.</summary>
    public bool IsCut
    {
        get;
        set
        {
            if (value != field)
            {
                changing();
                field = value;
            }
        }
    }

    /// <summary>How many messages were sent on it.</summary>
    public long Sent { get; private set; }

    /// <summary>How many of them never arrived.</summary>
    public long Lost { get; private set; }

    /// <summary>Sends a message: <paramref name="deliver"/> runs when it arrives, never, or twice.</summary>
    public void Send(Action deliver)
    {
        Sent++;
        if (IsCut || Happens(Profile.Loss))
        {
            Lost++;
            return;
        }

        Dispatch(deliver);
        if (Happens(Profile.Duplication))
        {
            Dispatch(deliver);
        }
    }

    private void Dispatch(Action deliver)
    {
        var due = clock.Now.UtcTicks + Profile.Draw(chance).Ticks;
        if (Happens(Profile.Reordering))
        {
            due += (long)(Profile.ReorderingDelay.Ticks * chance.NextDouble());
        }
        else
        {
            // As on a TCP connection, what was sent later arrives later.
            due = lastDueTicks = Math.Max(due, lastDueTicks);
        }

        network.UnderWay++;
        clock.At(new DateTimeOffset(due, TimeSpan.Zero), () => Arrive(deliver));
    }

    private void Arrive(Action deliver)
    {
        network.UnderWay--;
        if (IsCut)
        {
            Lost++;
            return;
        }

        deliver();
    }

    // A fault that is off draws nothing, so switching one on leaves a quiet network's numbers as they were.
    private bool Happens(double share) => share > 0 && chance.NextDouble() < share;
}
