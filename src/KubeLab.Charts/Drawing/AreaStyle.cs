namespace KubeLab.Charts.Drawing;

/// <summary>How an area of a stack looks: a colour, and a hatch for those who see none.</summary>
/// <param name="Color">A colour of the palette.</param>
/// <param name="Pattern">A hatch, or empty.</param>
/// <param name="Symbol">The shape that points of the same thing have.</param>
internal readonly record struct AreaStyle(string Color, string Pattern, string Symbol)
{
    /// <summary>Things that mean the same look the same in every picture.</summary>
    private static readonly Dictionary<string, AreaStyle> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Running"] = new(Palette.Blue, "", "circle"),
        ["Pending"] = new(Palette.Orange, "/", "diamond"),
        ["ContainerCreating"] = new(Palette.Sky, ".", "triangle-up"),
        ["NotReady"] = new(Palette.Sky, "|", "triangle-down"),
        ["Succeeded"] = new(Palette.Green, "\\", "square"),
        ["Completed"] = new(Palette.Green, "\\", "square"),
        ["Failed"] = new(Palette.Vermilion, "x", "x"),
        ["Error"] = new(Palette.Vermilion, "x", "x"),
        ["CrashLoopBackOff"] = new(Palette.Brown, "+", "star"),
        ["Terminating"] = new(Palette.Grey, "-", "hexagon"),
        ["Unknown"] = new(Palette.Purple, "|", "pentagon"),
        ["used"] = new(Palette.Blue, "", "circle"),
        ["requested but idle"] = new(Palette.Orange, "/", "diamond"),
        ["unallocated"] = new(Palette.Grey, ".", "square"),
        ["served"] = new(Palette.Blue, "", "circle"),
        ["refused"] = new(Palette.Vermilion, "x", "x"),
        ["timed out"] = new(Palette.Orange, "/", "diamond"),
        ["no endpoint"] = new(Palette.Purple, "|", "pentagon"),
        ["ready"] = new(Palette.Green, "", "circle"),
        ["not ready"] = new(Palette.Vermilion, "x", "x"),
        ["booting"] = new(Palette.Grey, "/", "square"),
        ["control plane"] = new(Palette.Green, "\\", "hexagon"),
    };

    /// <summary>The style of a thing by its name, else the next one of the palette.</summary>
    public static AreaStyle Of(string name, int index)
    {
        if (Known.TryGetValue(name, out var style))
        {
            return style;
        }

        var isIdle = name.Contains("idle", StringComparison.OrdinalIgnoreCase)
            || name.Contains("unallocated", StringComparison.OrdinalIgnoreCase);
        var pattern = isIdle ? "/" : Palette.Patterns[index % Palette.Patterns.Count];
        var color = isIdle ? Palette.Grey : Palette.Data[index % Palette.Data.Count];
        return new AreaStyle(color, pattern, Palette.Symbols[index % Palette.Symbols.Count]);
    }
}
