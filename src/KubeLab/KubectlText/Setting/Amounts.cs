using KubeLab.Api;

namespace KubeLab.KubectlText.Setting;

/// <summary>Amounts of resources as options give them.</summary>
internal static class Amounts
{
    /// <summary>An amount in its canonical form.</summary>
    /// <exception cref="Failure">It is none; the message is upstream's.</exception>
    public static string Parse(string text)
    {
        try
        {
            return Quantity.Parse(text).ToString();
        }
        catch (FormatException wrong)
        {
            throw Failure.Error(wrong.Message);
        }
    }
}
