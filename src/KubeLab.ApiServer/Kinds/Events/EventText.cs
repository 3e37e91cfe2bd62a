using System.Text;

namespace KubeLab.ApiServer.Kinds.Events;

/// <summary>An event's message: a text that other events have too, or a text of its own, which takes half of the space when all its letters allow.</summary>
internal readonly struct EventText : IEquatable<EventText>
{
    private readonly object? kept;

    private EventText(object? kept) => this.kept = kept;

    /// <summary>Longer texts name an object or a time: no other event has the same.</summary>
    public const int SharedLengthMax = 40;

    public static EventText Of(string? text, EventForms forms) => new(
        text is not { Length: > SharedLengthMax } own ? forms.Shared(text)
        : own.AsSpan().ContainsAnyExceptInRange('\0', '\u00ff') ? own
        : Encoding.Latin1.GetBytes(own));

    public override string? ToString() => kept is byte[] letters ? Encoding.Latin1.GetString(letters) : (string?)kept;

    public bool Equals(EventText other) =>
        kept is byte[] mine && other.kept is byte[] theirs ? mine.AsSpan().SequenceEqual(theirs) : Equals(kept, other.kept);

    public override bool Equals(object? obj) => obj is EventText other && Equals(other);

    public override int GetHashCode() => ToString()?.GetHashCode(StringComparison.Ordinal) ?? 0;
}
