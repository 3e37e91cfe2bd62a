namespace KubeLab.Client.Recording;

/// <summary>Sixty-four bits that stand for some texts: a recorder remembers thousands of events, and keeping their texts would cost more than the events.</summary>
/// <remarks>FNV-1a over UTF-16 units. Two different events share one by a chance of 1 in 10^19, and would then be counted together.</remarks>
internal static class Fingerprint
{
    public static ulong Of(params ReadOnlySpan<string?> texts)
    {
        var hash = 0xCBF29CE484222325;
        foreach (var text in texts)
        {
            foreach (var letter in text ?? "")
            {
                hash = (hash ^ letter) * 0x100000001B3;
            }

            hash = (hash ^ 0xFFFF) * 0x100000001B3;
        }

        return hash;
    }
}
