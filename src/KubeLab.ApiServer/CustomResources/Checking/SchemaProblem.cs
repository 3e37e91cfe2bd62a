using KubeLab.ApiServer.Registry;

namespace KubeLab.ApiServer.CustomResources.Checking;

/// <summary>One thing that is wrong with a value: where, and how it is reported.</summary>
/// <param name="Report">Adds it to the errors of an object.</param>
/// <param name="StopsRules">Whether rules over the object cannot be asked while it is there.</param>
internal readonly record struct SchemaProblem(Action<FieldErrors> Report, bool StopsRules = false)
{
    /// <summary>What upstream writes for the place of what has none.</summary>
    public const string Nowhere = "<nil>";

    /// <summary>A value that cannot be.</summary>
    public static SchemaProblem Invalid(string path, object value, string detail) => new(e => e.Invalid(Place(path), value, detail));

    /// <summary>A value of the wrong type.</summary>
    public static SchemaProblem OfType(string path, string given, string expected) => new(
        e => e.TypeInvalid(Place(path), given, $"{Named(path)}in body must be of type {expected}: {Api.GoQuote.Quote(given)}"), StopsRules: true);

    /// <summary>A field that must be there.</summary>
    public static SchemaProblem Required(string path, string detail = "") => new(e => e.Required(Place(path), detail), StopsRules: true);

    /// <summary>Something that belongs to no single field.</summary>
    public static SchemaProblem Composite(string detail) => new(e => e.Invalid(FieldPath.Root(Nowhere), "", detail));

    /// <summary>A path as the subject of a sentence.</summary>
    public static string Named(string path) => path.Length == 0 ? "" : $"{path} ";

    /// <summary>A path as errors show it.</summary>
    public static FieldPath Place(string path) => FieldPath.Root(path.Length == 0 ? Nowhere : path);
}

/// <summary>What a schema found: the problems, and how much it agreed with, by which the best of several alternatives is chosen.</summary>
internal sealed class SchemaFindings
{
    public List<SchemaProblem> Problems { get; } = [];

    public int Agreements { get; set; }

    public bool IsValid => Problems.Count == 0;

    public void Add(SchemaProblem problem) => Problems.Add(problem);

    public void Merge(SchemaFindings other)
    {
        Problems.AddRange(other.Problems);
        Agreements += other.Agreements;
    }
}
