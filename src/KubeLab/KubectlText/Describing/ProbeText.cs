using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>A probe in one line.</summary>
internal static class ProbeText
{
    /// <summary>For example <c>http-get http://:80/ready delay=0s timeout=1s period=10s #success=1 #failure=3</c>; empty when there is none.</summary>
    public static string Of(Json probe)
    {
        if (!probe.Exists)
        {
            return "";
        }

        var times = $"delay={probe["initialDelaySeconds"].Or("0")}s timeout={probe["timeoutSeconds"].Or("0")}s "
            + $"period={probe["periodSeconds"].Or("0")}s #success={probe["successThreshold"].Or("0")} #failure={probe["failureThreshold"].Or("0")}";
        if (probe["exec"] is { Exists: true } exec)
        {
            return $"exec [{string.Join(' ', exec["command"].Items.Select(word => word.Text))}] {times}";
        }

        if (probe["httpGet"] is { Exists: true } get)
        {
            var path = get["path"].Text;
            return $"http-get {get["scheme"].Or("HTTP").ToLowerInvariant()}://{get["host"].Text}:{get["port"].Text}"
                + $"{(path.Length == 0 || path.StartsWith('/') ? path : $"/{path}")} {times}";
        }

        if (probe["tcpSocket"] is { Exists: true } socket)
        {
            return $"tcp-socket {socket["host"].Text}:{socket["port"].Text} {times}";
        }

        return probe["grpc"] is { Exists: true } grpc ? $"grpc <pod>:{grpc["port"].Text} {grpc["service"].Text} {times}" : $"unknown {times}";
    }
}
