using KubeLab.Charts.Plotly;
using KubeLab.Simulation;

namespace KubeLab.Charts.Drawing;

/// <summary>Draws what a learner predicted: a dotted line with open diamonds, and its name at the end.</summary>
internal static class PredictionLine
{
    private const int PointsMax = 100;

    public static void Draw(Prediction prediction, Panel panel, Frame frame)
    {
        var curve = Points(prediction, frame);
        var values = curve.Select(sample => sample.Value / panel.Unit.PerUnit).ToArray();
        panel.Add(
            new ScatterTrace
            {
                Name = $"prediction: {prediction.Label}",
                X = [.. curve.Select(sample => Elapsed.Position(sample.At, frame))],
                Y = values,
                Mode = "lines+markers",
                ClipOnAxis = false,
                Line = new Line { Color = Palette.Purple, Width = 2, Dash = "dot" },
                Marker = new Marker { Color = Palette.Purple, Symbol = "diamond-open", Size = 8 },
                HoverTemplate = $"{PlotlyText.InTemplate(prediction.Label)} %{{y:,.4~f}} {panel.Unit.Name} (predicted)<extra></extra>",
            },
            values.Max());
        panel.EndLabels.Add(new EndLabel(PlotlyText.Short(prediction.Label, 24), values[^1]));
        panel.Sentence += $" The prediction \"{prediction.Label}\" ends at {panel.Unit.Text(curve[^1].Value)}.";
    }

    private static List<Sample> Points(Prediction prediction, Frame frame)
    {
        if (prediction.Curve.Count == 0)
        {
            throw new ArgumentException($"the prediction \"{prediction.Label}\" has no value: give it one with Prediction.Of, or a curve");
        }

        if (prediction.Curve.Count == 1)
        {
            return [new Sample(frame.Start, prediction.Curve[0].Value), new Sample(frame.End, prediction.Curve[0].Value)];
        }

        var step = Math.Max(1, (prediction.Curve.Count + PointsMax - 2) / (PointsMax - 1));
        return [.. prediction.Curve.Where((_, i) => i % step == 0 || i == prediction.Curve.Count - 1).OrderBy(sample => sample.At)];
    }
}
