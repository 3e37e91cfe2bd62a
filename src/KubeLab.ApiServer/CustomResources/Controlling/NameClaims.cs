using KubeLab.Api;
using KubeLab.Api.Apiextensions;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.CustomResources.Controlling;

/// <summary>Which of the names that a definition asks for it gets: those that no other definition of its group has.</summary>
/// <remarks>Upstream: apiextensions-apiserver/pkg/controller/status/naming_controller.go.</remarks>
internal sealed class NameClaims
{
    private readonly HashSet<string> resources = new(StringComparer.Ordinal);
    private readonly HashSet<string> kinds = new(StringComparer.Ordinal);
    private string? reason;
    private string? message;

    private NameClaims(IEnumerable<CustomResourceDefinition> group)
    {
        foreach (var names in group.Select(d => d.Status.AcceptedNames))
        {
            resources.UnionWith([names.Plural, names.Singular ?? "", .. names.ShortNames]);
            kinds.UnionWith([names.Kind, names.ListKind ?? ""]);
        }
    }

    /// <summary>The status of <paramref name="definition"/> beside <paramref name="all"/> definitions.</summary>
    public static CustomResourceDefinitionStatus Decide(CustomResourceDefinition definition, IEnumerable<CustomResourceDefinition> all, DateTimeOffset now)
    {
        var claims = new NameClaims(all.Where(d => d.Spec.Group == definition.Spec.Group));
        var (wanted, had) = (definition.Spec.Names, definition.Status.AcceptedNames);
        var names = had with
        {
            Plural = claims.Claim(wanted.Plural, had.Plural, claims.resources, "PluralConflict"),
            Singular = claims.Claim(wanted.Singular ?? "", had.Singular ?? "", claims.resources, "SingularConflict"),
            ShortNames = claims.ClaimShort(wanted.ShortNames, had.ShortNames),
            Kind = claims.Claim(wanted.Kind, had.Kind, claims.kinds, "KindConflict"),
            ListKind = claims.Claim(wanted.ListKind ?? "", had.ListKind ?? "", claims.kinds, "ListKindConflict"),
            Categories = wanted.Categories,
        };
        var status = definition.Status with { AcceptedNames = names };
        var accepted = claims.reason is null;
        status = status.With(
            new()
            {
                Type = "NamesAccepted",
                Status = accepted ? "True" : "False",
                Reason = claims.reason ?? "NoConflicts",
                Message = claims.message ?? "no conflicts found",
            },
            now);
        return status.Find("Established") is { Status: "True" } ? status : status.With(Established(accepted, definition), now);
    }

    private static Condition Established(bool accepted, CustomResourceDefinition definition) => accepted
        ? new() { Type = "Established", Status = "False", Reason = "Installing", Message = "the initial names have been accepted" }
        : definition.Status.Find("Established") ?? new() { Type = "Established", Status = "False", Reason = "NotAccepted", Message = "not all names are accepted" };

    private string Claim(string wanted, string had, HashSet<string> taken, string conflict)
    {
        if (wanted == had || !taken.Contains(wanted))
        {
            return wanted;
        }

        (reason, message) = (conflict, InUse(wanted));
        return had;
    }

    private ValueList<string> ClaimShort(ValueList<string> wanted, ValueList<string> had)
    {
        var lost = wanted.Where(name => !had.Exists(h => h == name) && resources.Contains(name));
        if (lost.IsEmpty)
        {
            return wanted;
        }

        (reason, message) = ("ShortNamesConflict", lost.Count == 1 ? InUse(lost[0]) : $"[{string.Join(", ", lost.Select(InUse))}]");
        return had;
    }

    private static string InUse(string name) => $"{GoQuote.Quote(name)} is already in use";
}
