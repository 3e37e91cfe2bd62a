using System.Globalization;

namespace KubeLab.Cloud.Machines;

/// <summary>One line of an account's log: what began or ended to be rented, and when. A bill can be recomputed from it by hand.</summary>
/// <param name="At">When.</param>
/// <param name="Action">What happened.</param>
/// <param name="Name">To what, for example <c>workers-1</c>.</param>
/// <param name="Item">What it is, for example <c>e2-standard-4</c>.</param>
/// <param name="Units">How much: 1 machine, the GiB of a disk, the bytes that were sent.</param>
public sealed record CloudEvent(DateTimeOffset At, CloudAction Action, string Name, string Item, decimal Units)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{At:yyyy-MM-dd HH:mm:ss.fff} {Action} {Name} ({Units:0.###} {Item})");
}

/// <summary>What an account's log tells of.</summary>
public enum CloudAction
{
    /// <summary>A machine was asked for; it costs nothing yet.</summary>
    Asked,

    /// <summary>Something is rented from now on: a machine runs, a disk was made.</summary>
    Begins,

    /// <summary>It is rented no more.</summary>
    Ends,

    /// <summary>Bytes left the provider.</summary>
    Sent,
}
