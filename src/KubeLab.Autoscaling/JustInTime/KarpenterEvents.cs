using KubeLab.Api;
using KubeLab.Client.Recording;
using KubeLab.Simulation;

namespace KubeLab.Autoscaling.JustInTime;

/// <summary>Events with Karpenter's reasons and texts; the same one about the same object is told again only after a while.</summary>
internal sealed class KarpenterEvents(EventRecorder recorder, VirtualClock clock)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(2);
    private readonly Dictionary<(string Uid, string Reason, string Message), DateTimeOffset> told = [];

    /// <summary>Something went as expected.</summary>
    public void Normal(IApiObject about, string reason, string message, TimeSpan? quiet = null)
    {
        if (IsDue(about, reason, message, quiet ?? Usual))
        {
            recorder.Normal(about, reason, message);
        }
    }

    /// <summary>Something went wrong.</summary>
    public void Warning(IApiObject about, string reason, string message, TimeSpan? quiet = null)
    {
        if (IsDue(about, reason, message, quiet ?? Usual))
        {
            recorder.Warning(about, reason, message);
        }
    }

    private bool IsDue(IApiObject about, string reason, string message, TimeSpan quiet)
    {
        var key = (about.Metadata.Uid ?? about.Metadata.Name ?? "", reason, message);
        if (told.TryGetValue(key, out var until) && clock.Now < until)
        {
            return false;
        }

        if (told.Count > 10_000)
        {
            told.Clear();
        }

        told[key] = clock.Now + quiet;
        return true;
    }
}
