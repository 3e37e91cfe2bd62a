using System.Globalization;

namespace KubeLab.Client.Http;

/// <summary>How a client of the lab's own speaks with a served cluster of the lab about time: both leave out the wall.</summary>
/// <remarks>
/// Other clients compute ages by the wall, so a served cluster moves its instants for them. The lab's own client asks for them as they are, and is told with
/// each answer what time it is in the cluster, which may go at any speed. Real clusters know nothing of this, and what they do not know they pass over.
/// </remarks>
public static class LabTime
{
    /// <summary>The header of requests that want the cluster's own instants, and of the answers to them, where it holds the cluster's present one.</summary>
    public const string Header = "Kubelab-Time";

    /// <summary>What a request says in the header.</summary>
    public const string Own = "own";

    /// <summary>An instant as answers write it.</summary>
    public static string Text(DateTimeOffset instant) => instant.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The instant of an answer, or null when it has none.</summary>
    public static DateTimeOffset? Of(HttpResponseMessage response)
    {
        ArgumentNullException.ThrowIfNull(response);
        return response.Headers.NonValidated.TryGetValues(Header, out var values)
            && DateTimeOffset.TryParseExact(values.ToString(), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var instant)
                ? instant
                : null;
    }
}
