using KubeLab.Api;
using KubeLab.Api.Selecting;
using KubeLab.Api.Verbs;
using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.Watching;

/// <summary>Which objects of a kind a list or a watch is about: a namespace, labels and fields.</summary>
internal sealed class ObjectFilter
{
    private readonly KindStrategy strategy;
    private readonly Selector labels;
    private readonly FieldSelector fields;

    private ObjectFilter(KindStrategy strategy, string? ns, Selector labels, FieldSelector fields)
    {
        this.strategy = strategy;
        this.labels = labels;
        this.fields = fields;
        Namespace = string.IsNullOrEmpty(ns) ? null : ns;
    }

    /// <summary>The namespace, or null for all.</summary>
    public string? Namespace { get; }

    /// <summary>Whether no selector leaves anything of the namespace out.</summary>
    public bool IsUnselective => labels.IsEmpty && fields.IsEmpty;

    /// <summary>Reads the selectors.</summary>
    /// <exception cref="ApiException">BadRequest: a selector cannot be read, or the kind has no such field.</exception>
    public static ObjectFilter Of(KindStrategy strategy, string? ns, ListOptions options)
    {
        try
        {
            var labels = string.IsNullOrEmpty(options.LabelSelector) ? Selector.Everything : Selector.Parse(options.LabelSelector);
            var fields = string.IsNullOrEmpty(options.FieldSelector) ? FieldSelector.Everything : FieldSelector.Parse(options.FieldSelector);
            RequireSupported(strategy, fields);
            return new ObjectFilter(strategy, strategy.Resource.Namespaced ? ns : null, labels, fields);
        }
        catch (FormatException e)
        {
            throw ApiErrors.BadRequest(e.Message);
        }
    }

    /// <summary>The object as the kind's version shows it.</summary>
    public IApiObject Read(IApiObject stored) => strategy.FromStore(stored);

    /// <summary>The value that a field must have, or null when the filter does not say.</summary>
    public string? RequiredValue(string? field) => field is null || fields.IsEmpty ? null : fields.RequiredValue(field);

    /// <summary>Whether the list or watch is about <paramref name="obj"/>.</summary>
    public bool Matches(IApiObject obj)
    {
        if (Namespace is not null && obj.Metadata.Namespace != Namespace)
        {
            return false;
        }

        if (!labels.IsEmpty && !labels.Matches(obj.Metadata.Labels))
        {
            return false;
        }

        foreach (var line in fields.Requirements)
        {
            strategy.TryGetField(obj, line.Field, out var value);
            if ((value == line.Value) == line.IsNegated)
            {
                return false;
            }
        }

        return true;
    }

    private static void RequireSupported(KindStrategy strategy, FieldSelector fields)
    {
        foreach (var line in fields.Requirements)
        {
            if (!strategy.TryGetField(strategy.Empty(Api.Meta.ObjectMeta.Empty), line.Field, out _))
            {
                throw ApiErrors.BadRequest($"field label not supported: {line.Field}");
            }
        }
    }
}
