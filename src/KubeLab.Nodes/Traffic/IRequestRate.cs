namespace KubeLab.Nodes.Traffic;

/// <summary>How many requests a source of load sends per second, over time: steps that hold until the next.</summary>
public interface IRequestRate
{
    /// <summary>Requests per second from <paramref name="now"/> until <see cref="NextChange"/>; asked once for each of these instants, in order.</summary>
    double At(DateTimeOffset now);

    /// <summary>The next instant after <paramref name="now"/> at which the rate may be another one; null when it stays for ever.</summary>
    DateTimeOffset? NextChange(DateTimeOffset now);
}
