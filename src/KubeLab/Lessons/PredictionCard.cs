using System.Net;
using KubeLab.Formatting;

namespace KubeLab.Lessons;

/// <summary>A learner's prediction, and beside it what happened once that is known.</summary>
[TypeFormatterSource(typeof(ShownFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed record PredictionCard : IShown
{
    /// <summary>Which prediction, for example <c>P05.1</c>.</summary>
    public required string Id { get; init; }

    /// <summary>What the learner said before the run.</summary>
    public required string Predicted { get; init; }

    /// <summary>What happened; null before the run.</summary>
    public string? Happened { get; init; }

    /// <summary>Whether the two agree; false before the run.</summary>
    public bool Agrees => Happened is not null && string.Equals(Predicted.Trim(), Happened.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Happened is null
        ? $"{Id}: you predict \"{Predicted}\". It is locked; now run the next cell."
        : $"{Id}: you predicted \"{Predicted}\"; what happened: \"{Happened}\". {(Agrees ? "As you said." : "A surprise: that is where learning starts.")}";

    /// <remarks>The attributes let the lab's page lay what happened over the prediction; other front ends ignore them.</remarks>
    string IShown.ToHtml()
    {
        var happened = Happened is null ? "" : $" data-happened=\"{WebUtility.HtmlEncode(Happened)}\" data-agrees=\"{(Agrees ? "true" : "false")}\"";
        return $"<p class=\"kubelab-prediction\" data-prediction=\"{WebUtility.HtmlEncode(Id)}\" data-predicted=\"{WebUtility.HtmlEncode(Predicted)}\"{happened}>"
            + $"{WebUtility.HtmlEncode(ToString())}</p>";
    }
}
