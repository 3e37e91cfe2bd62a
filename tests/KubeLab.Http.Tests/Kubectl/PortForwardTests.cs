using System.Diagnostics;
using System.Text.RegularExpressions;
using KubeLab.Http.Tests.Streaming;

namespace KubeLab.Http.Tests.Kubectl;

public sealed class PortForwardTests
{
    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_forwarded_port_reaches_the_simulated_server_and_an_empty_one_is_refused(bool isNewest)
    {
        Skip.If(KubectlBinary.All.Count == 0, KubectlBinary.Missing);
        var kubectl = isNewest ? KubectlBinary.All[^1] : KubectlBinary.All[0];
        await using var served = await ServedPods.WebAsync();
        using var home = new ServedHome(served);
        using var forward = kubectl.Start("port-forward pod/web :80 :81", home.Kubeconfig, home.Folder);
        try
        {
            var (page, none) = (await PortAsync(forward), await PortAsync(forward));
            using var client = new HttpClient();
            for (var i = 0; i < 3; i++)
            {
                Assert.Contains("Welcome to nginx!", await client.GetStringAsync(page), StringComparison.Ordinal);
            }

            Assert.Equal(404, (int)(await client.PostAsync(new Uri(page, "nothing"), new StringContent("ignored"))).StatusCode);
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetStringAsync(none));
            var complaint = await forward.StandardError.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Matches("error forwarding port 81 to pod [0-9a-f]+, uid : .*connection refused", complaint);
        }
        finally
        {
            forward.Kill();
        }
    }

    private static async Task<Uri> PortAsync(Process forward)
    {
        while (await forward.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) is { } line)
        {
            if (Regex.Match(line, @"^Forwarding from (127\.0\.0\.1:\d+)") is { Success: true } match)
            {
                return new Uri($"http://{match.Groups[1].Value}/");
            }
        }

        throw new InvalidOperationException(await forward.StandardError.ReadToEndAsync());
    }
}
