using KubeLab.Charts.Drawing;

namespace KubeLab.Charts;

/// <summary>The bill so far above the rate at which it grows, the rate in its parts.</summary>
/// <remarks>Panels, for predictions and budgets: <c>cost</c>, <c>rate</c>.</remarks>
public static class CostChart
{
    /// <summary>Draws the bill and the burn rate.</summary>
    /// <exception cref="ArgumentException">A prediction names a panel that the chart does not have.</exception>
    public static Figure Of(MoneySeries money, Frame frame)
    {
        var grid = Downsampling.Instants([money.Total, money.PerHour, .. money.Parts], frame.Start, frame.End);
        Panel[] panels =
        [
            MoneyPanels.Total(money, grid, frame, heightPixels: 190),
            MoneyPanels.PerHour(money, grid, frame, heightPixels: 190),
        ];
        return PanelStack.OverTime("Cost", panels, grid, frame);
    }
}
