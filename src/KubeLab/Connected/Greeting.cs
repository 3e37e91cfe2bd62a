using KubeLab.Api.Verbs;
using KubeLab.Client.Connecting;
using KubeLab.Client.Http;
using KubeLab.KubectlText.Wire;
using KubeLab.Simulation;

namespace KubeLab.Connected;

/// <summary>The first questions to a server: is anybody there, and is this user known?</summary>
internal static class Greeting
{
    /// <summary>Asks them; returns the version, which is empty when the server does not tell, for whoever hides the version still lets others in.</summary>
    /// <exception cref="ApiException">Nobody is there, or the user is not known; the message names the context.</exception>
    public static string Exchange(Kubeconfig config, HttpMessageHandler transport)
    {
        // The version is told to strangers too, so it is not what proves that one is known.
        var known = Ask(config, transport, "/api");
        return known.Code switch
        {
            401 => throw Refused(config, "You must be logged in to the server (the server has asked for the client to provide credentials)", null, 401, "Unauthorized"),
            >= 500 => throw Refused(config, $"the server answers {known.Code}", null, known.Code, "ServiceUnavailable"),
            _ => Ask(config, transport, "/version") is { Code: 200 } version ? new Json(GoJson.TryParse(version.Text))["gitVersion"].Text : "",
        };
    }

    private static RawResponse Ask(Kubeconfig config, HttpMessageHandler transport, string path)
    {
        // It watches nothing, so it needs no clock that goes; and it is not disposed, because the transport goes on.
        var http = new HttpKubernetesApi(transport, config.Server, new VirtualClock(TimeProvider.System.GetUtcNow()));
        try
        {
            return http.Send(new RawRequest("GET", path));
        }
        catch (ApiException unreachable)
        {
            throw Refused(config, unreachable.Message, unreachable);
        }
    }

    private static ApiException Refused(Kubeconfig config, string message, ApiException? cause, int code = 503, string reason = "ServiceUnavailable") => new(new Api.Meta.Status
    {
        State = "Failure",
        Code = cause?.Code ?? code,
        Reason = cause?.Reason ?? reason,
        Message = $"context {config.Context}, {ServerAddress.Text(config.Server)}: {message}",
    });
}
