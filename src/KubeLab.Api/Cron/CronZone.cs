namespace KubeLab.Api.Cron;

/// <summary>Time zones by their names in the IANA database, for example <c>Europe/Zurich</c>.</summary>
/// <seealso href="https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#time-zones">Time zones</seealso>
public static class CronZone
{
    private const int PartMax = 14;

    /// <summary>Finds a zone; UTC when <paramref name="name"/> is null.</summary>
    /// <returns>Why there is none, or null.</returns>
    public static string? TryFind(string? name, out TimeZoneInfo zone)
    {
        zone = TimeZoneInfo.Utc;
        if (name is null or "UTC")
        {
            return null;
        }

        if (!IsName(name))
        {
            return $"unknown time zone {name}";
        }

        if (TimeZoneInfo.TryFindSystemTimeZoneById(name, out var found))
        {
            zone = found;
            return null;
        }

        // The zones come from the machine; without its database every name but UTC is unknown, which is no fault of the name.
        return TimeZoneInfo.TryFindSystemTimeZoneById("Europe/London", out _)
            ? $"unknown time zone {name}"
            : $"unknown time zone {name}: this machine has no time zone database (install the package tzdata)";
    }

    /// <summary>Whether the IANA database could hold a zone of this name.</summary>
    private static bool IsName(string name) => name.Split('/').All(static part =>
        part.Length is > 0 and <= PartMax && part is not ("." or "..") && part[0] != '-'
        && part.All(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+'));
}
