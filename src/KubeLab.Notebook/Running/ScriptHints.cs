namespace KubeLab.Notebook.Running;

/// <summary>What to do about errors that come from cells being scripts, which a C# reader cannot guess.</summary>
internal static class ScriptHints
{
    public static string? For(string errorId) => errorId switch
    {
        "CS0006" => "The path counts from the notebook's folder; if it is a part of this lab, build it first: dotnet build Lab.sln",
        "CS7021" => "A cell declares types directly, without a namespace",
        "CS1109" or "CS9283" => "In a cell, write an extension as a method of the cell itself: static int Twice(this int x) => 2 * x;",
        "CS8345" => "A span cannot live from cell to cell: put braces { … } around the code that uses it",
        "CS9298" => "A cell references files with #r \"path.dll\"",
        _ => null,
    };
}
