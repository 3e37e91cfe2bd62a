namespace KubeLab.Http.Time;

/// <summary>How a connection's wall time and the cluster's virtual time belong together: equal when it opened, to the second, and from then on the same distance apart.</summary>
/// <remarks>
/// A client computes ages by its own clock. So that an object looks as old to it as it is in the cluster, every instant is moved by the distance between the
/// two clocks. The distance stays for the connection's life: what is sent back is the same instant again, and a file compared with itself does not differ.
/// </remarks>
internal sealed class TimeAnchor
{
    private readonly long distanceSeconds;
    private readonly bool isOwn;

    private TimeAnchor() => isOwn = true;

    /// <summary>Anchors a connection that opened at <paramref name="wall"/> when the cluster's time was <paramref name="virtualNow"/>.</summary>
    public TimeAnchor(DateTimeOffset wall, DateTimeOffset virtualNow) =>

        // Whole seconds, because most of the API's instants have no finer ones and must not be cut a second time.
        distanceSeconds = wall.ToUnixTimeSeconds() - virtualNow.ToUnixTimeSeconds();

    /// <summary>That of a client which goes by the cluster's time: nothing is moved.</summary>
    public static TimeAnchor Own { get; } = new();

    /// <summary>The wall's instant for one of the cluster's.</summary>
    /// <param name="instant">What the cluster says.</param>
    /// <param name="virtualNow">The cluster's time of the answer.</param>
    /// <param name="wall">The wall's time of the answer.</param>
    /// <returns>Never later than the wall's now for what is past in the cluster; what lies ahead there lies as far ahead here.</returns>
    public DateTimeOffset ToWall(DateTimeOffset instant, DateTimeOffset virtualNow, DateTimeOffset wall)
    {
        if (isOwn)
        {
            return instant;
        }

        var moved = instant.AddSeconds(distanceSeconds);
        if (instant <= virtualNow)
        {
            return moved > wall ? wall : moved;
        }

        var ahead = virtualNow.AddSeconds(distanceSeconds) - wall;
        return ahead > TimeSpan.FromSeconds(1) ? moved - ahead : moved;
    }

    /// <summary>The cluster's instant for one of the wall's.</summary>
    public DateTimeOffset ToVirtual(DateTimeOffset instant) => instant.AddSeconds(-distanceSeconds);
}
