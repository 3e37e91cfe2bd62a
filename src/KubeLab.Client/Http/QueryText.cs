using System.Globalization;
using System.Text;
using KubeLab.Api.Verbs;

namespace KubeLab.Client.Http;

/// <summary>Writes options as the parameters of a request.</summary>
internal sealed class QueryText
{
    private readonly StringBuilder text = new();

    public static string Of(ListOptions options, bool watch)
    {
        var query = new QueryText().Add("labelSelector", options.LabelSelector).Add("fieldSelector", options.FieldSelector)
            .Add("resourceVersion", options.ResourceVersion).Add("resourceVersionMatch", watch ? null : options.ResourceVersionMatch)
            .Add("limit", options.Limit == 0 || watch ? null : options.Limit.ToString(CultureInfo.InvariantCulture))
            .Add("continue", watch ? null : options.Continue).Add("watch", watch ? "true" : null)
            .Add("allowWatchBookmarks", watch && options.AllowWatchBookmarks ? "true" : null);
        var seconds = watch && options.Timeout is { } timeout ? ((long)timeout.TotalSeconds).ToString(CultureInfo.InvariantCulture) : null;
        return query.Add("timeoutSeconds", seconds).ToString();
    }

    public static string Of(WriteOptions options, bool isPatch)
    {
        var validation = options.FieldValidation == FieldValidation.Warn ? null : options.FieldValidation.ToString();
        return new QueryText().Add("fieldManager", options.FieldManager).Add("dryRun", options.DryRun ? "All" : null)
            .Add("fieldValidation", validation).Add("force", isPatch && options.Force ? "true" : null).ToString();
    }

    public static string Of(LogOptions options) => new QueryText().Add("container", options.Container)
        .Add("previous", options.Previous ? "true" : null).Add("timestamps", options.Timestamps ? "true" : null)
        .Add("tailLines", options.TailLines?.ToString(CultureInfo.InvariantCulture))
        .Add("sinceSeconds", options.SinceSeconds?.ToString(CultureInfo.InvariantCulture))
        .Add("sinceTime", options.SinceTime?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture))
        .Add("limitBytes", options.LimitBytes?.ToString(CultureInfo.InvariantCulture)).ToString();

    public override string ToString() => text.ToString();

    private QueryText Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            text.Append(text.Length == 0 ? '?' : '&').Append(name).Append('=').Append(Uri.EscapeDataString(value));
        }

        return this;
    }
}
