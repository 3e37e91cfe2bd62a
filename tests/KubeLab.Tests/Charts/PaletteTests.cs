using KubeLab.Charts;
using KubeLab.Charts.Plotly;

namespace KubeLab.Tests.Charts;

public sealed class PaletteTests
{
    public static TheoryData<string> DataColors { get; } = [.. Palette.Data];

    [Theory]
    [MemberData(nameof(DataColors))]
    public void Data_is_visible_on_both_backgrounds(string color)
    {
        // WCAG 2.2, 1.4.11: graphical objects need 3:1.
        Assert.InRange(Contrast(color, Palette.LightBackground), 3, 21);
        Assert.InRange(Contrast(color, Palette.DarkBackground), 3, 21);
    }

    [Fact]
    public void Words_are_readable_in_both_templates()
    {
        // WCAG 2.2, 1.4.3: words need 4.5:1.
        foreach (var template in new[] { Template.Light, Template.Dark })
        {
            Assert.InRange(Contrast(template.Layout.Font!.Color!, template.Layout.PaperBackground!), 4.5, 21);
            Assert.InRange(Contrast(template.Layout.HoverLabel!.Font!.Color!, template.Layout.HoverLabel.BgColor!), 4.5, 21);
            Assert.InRange(Contrast(template.Layout.AnnotationDefaults!.Font!.Color!, template.Layout.PlotBackground!), 4.5, 21);
        }
    }

    [Fact]
    public void The_measure_agrees_with_the_definition_at_its_ends()
    {
        Assert.Equal(21, Contrast("#FFFFFF", "#000000"), 3);
        Assert.Equal(1, Contrast("#777777", "#777777"), 3);
    }

    /// <summary>https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio</summary>
    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string color)
    {
        var channels = Convert.FromHexString(color[1..]).Select(channel => channel / 255.0)
            .Select(channel => channel <= 0.04045 ? channel / 12.92 : Math.Pow((channel + 0.055) / 1.055, 2.4)).ToArray();
        return (0.2126 * channels[0]) + (0.7152 * channels[1]) + (0.0722 * channels[2]);
    }
}
