using System.Net.Sockets;
using System.Text;

namespace KubeLab.Notebook.Tests.Server;

/// <summary>Requests written by hand: clients tidy addresses up before they send them.</summary>
internal static class RawRequest
{
    /// <summary>The status and the body of the answer.</summary>
    public static async Task<(int Status, string Body)> SendAsync(ServedLab lab, string method, string target, params string[] headers)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(lab.Server.Address.Host, lab.Server.Address.Port);
        await using var stream = client.GetStream();
        string[] usual = headers.Any(h => h.StartsWith("Host:", StringComparison.Ordinal)) ? [] : [$"Host: {lab.Server.Address.Authority}"];
        var lines = (string[])[$"{method} {target} HTTP/1.1", .. usual, "Connection: close", "Content-Length: 0", .. headers, "", ""];
        await stream.WriteAsync(Encoding.Latin1.GetBytes(string.Join("\r\n", lines)));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync();
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (int.Parse(answer.AsSpan(9, 3), System.Globalization.CultureInfo.InvariantCulture), answer[(end + 4)..]);
    }
}
