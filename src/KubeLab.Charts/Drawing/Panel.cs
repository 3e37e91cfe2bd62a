using KubeLab.Charts.Plotly;

namespace KubeLab.Charts.Drawing;

/// <summary>One of the pictures that stand above each other on a shared horizontal axis.</summary>
internal sealed class Panel(string key, string title, Unit unit, double heightPixels)
{
    /// <summary>What predictions call it.</summary>
    public string Key => key;

    /// <summary>The words at its vertical axis.</summary>
    public string Title => title;

    /// <summary>The unit of its values.</summary>
    public Unit Unit => unit;

    /// <summary>Its height.</summary>
    public double HeightPixels => heightPixels;

    /// <summary>The upper end of its vertical axis before the room above it is added, in written units.</summary>
    public double Max { get; set; }

    /// <summary>The marks, lowest first.</summary>
    public List<Trace> Traces { get; } = [];

    /// <summary>Names written beside the right ends of lines and areas.</summary>
    public List<EndLabel> EndLabels { get; } = [];

    /// <summary>Other words inside it; their place is in its own units.</summary>
    public List<Annotation> Annotations { get; } = [];

    /// <summary>Lines on top; their place is in its own units.</summary>
    public List<Shape> Shapes { get; } = [];

    /// <summary>What the picture's sentence says of it.</summary>
    public string Sentence { get; set; } = "";

    /// <summary>Its newest values.</summary>
    public List<Reading> Latest { get; } = [];

    /// <summary>A vertical axis other than one from zero up.</summary>
    public Axis? Axis { get; init; }

    /// <summary>Adds a trace and makes room for it.</summary>
    public void Add(Trace trace, double max)
    {
        Traces.Add(trace);
        Max = double.MaxNumber(Max, max);
    }
}

/// <summary>A name beside the right end of a line.</summary>
/// <param name="Text">The name.</param>
/// <param name="Value">The height of the line there, in written units.</param>
internal readonly record struct EndLabel(string Text, double Value);
