using KubeLab.Api.Meta;

namespace KubeLab.Api.Verbs;

/// <summary>What happened to an object, as a watch tells it.</summary>
public enum WatchEventType
{
    /// <summary>It is new, or new to the selector.</summary>
    Added,

    /// <summary>It changed.</summary>
    Modified,

    /// <summary>It is gone, or out of the selector; the object is its last state.</summary>
    Deleted,

    /// <summary>Nothing happened up to the object's resourceVersion.</summary>
    Bookmark,
}

/// <summary>One change.</summary>
/// <param name="Type">What happened.</param>
/// <param name="Object">The object after it; before it when deleted.</param>
public readonly record struct WatchEvent(WatchEventType Type, IApiObject Object);

/// <summary>Where a watch's changes go.</summary>
public interface IWatchSink
{
    /// <summary>Called for each change, in order.</summary>
    void OnEvent(in WatchEvent change);

    /// <summary>Whether a bookmark would be of use now: asked before each one, which is left out when it would not.</summary>
    bool TakesBookmark => true;

    /// <summary>Called once when the server ends the watch; <paramref name="error"/> says why, null when its time was up. List again, then watch again.</summary>
    void OnEnd(Status? error);
}
