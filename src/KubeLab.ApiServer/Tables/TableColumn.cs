namespace KubeLab.ApiServer.Tables;

/// <summary>One column of a table that the server prints.</summary>
/// <param name="Name">Its heading; kubectl writes it in capitals.</param>
/// <param name="Type"><c>string</c>, <c>integer</c>, <c>boolean</c> or <c>date</c>.</param>
/// <param name="Description">What it shows.</param>
/// <param name="Priority">0 is always shown, 1 with <c>-o wide</c> only.</param>
/// <param name="Format"><c>name</c> for the column that names the object, else empty.</param>
/// <seealso href="https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables">
/// Receiving resources as tables
/// </seealso>
public sealed record TableColumn(string Name, string Type, string Description, int Priority = 0, string Format = "")
{
    internal static TableColumn ObjectName { get; } = new("Name", "string", "The object's name, unique among its kind in its namespace.", 0, "name");

    internal static TableColumn Age { get; } = new("Age", "string", "How long ago the object was created.");

    internal static TableColumn Text(string name, string description) => new(name, "string", description);

    internal static TableColumn Wide(string name, string description) => new(name, "string", description, 1);

    internal static TableColumn Count(string name, string description) => new(name, "integer", description);
}

/// <summary>What stands in one cell: a text or a whole number.</summary>
/// <param name="Text">The text, or null when it is a number.</param>
/// <param name="Number">The number.</param>
public readonly record struct TableCell(string? Text, long Number)
{
    /// <summary>The cell of something that is absent; kubectl leaves its place empty.</summary>
    public static TableCell Absent { get; } = new(null, 0) { Json = "null" };

    /// <summary>The cell as JSON when it is neither: absent, a truth value, a number with a fraction.</summary>
    public string? Json { get; init; }

    /// <summary>A text.</summary>
    public static implicit operator TableCell(string text) => new(text, 0);

    /// <summary>A number.</summary>
    public static implicit operator TableCell(int number) => new(null, number);

    /// <inheritdoc/>
    public override string ToString() => Json ?? Text ?? Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
