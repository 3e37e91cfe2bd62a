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

    /// <summary>The lower end of a vertical axis by powers of ten, in written units; null for one that is even.</summary>
    public double? LogMin { get; set; }

    /// <summary>How high a value is in the panel, in the terms of Plotly's words and lines: on an axis by powers of ten they ask for the exponent.</summary>
    public double Place(double value) => LogMin is { } min ? Math.Log10(Math.Max(value, min)) : value;

    /// <summary>How high a value is in the panel, from 0 to 1.</summary>
    public double Share(double value, double top) =>
        LogMin is { } min ? (Place(value) - Math.Log10(min)) / (Math.Log10(top) - Math.Log10(min)) : value / top;

    /// <summary>The axis by powers of ten, or null.</summary>
    public Axis? LogAxis(double top) => LogMin is { } min
        ? new Axis { Type = "log", Range = [Math.Log10(min), Math.Log10(top)], NTicks = 4, TickFormat = ",~f" }
        : null;

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
