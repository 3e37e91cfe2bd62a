using KubeLab.Api;
using KubeLab.Api.Meta;
using KubeLab.Api.Verbs;

namespace KubeLab.ApiServer.Admission;

/// <summary>Asks the webhooks, after all plugins of the server itself.</summary>
/// <remarks>Upstream: plugin/pkg/admission/webhook/mutating, with the reinvocation policy <c>Never</c> for webhooks among themselves.</remarks>
internal static class Webhooks
{
    /// <summary>What the webhooks made of the object; null when they left it as it was.</summary>
    /// <exception cref="ApiException">One of them refuses it.</exception>
    public static IApiObject? Ask(in AdmissionRequest request)
    {
        var webhooks = request.Context.Options.Webhooks();
        if (webhooks.Count == 0)
        {
            return null;
        }

        var (obj, isCreate) = (request.Object, request.Operation == Operation.Create);
        foreach (var webhook in webhooks)
        {
            if (webhook.Handles(request.Store.Resource, isCreate))
            {
                obj = Ask(webhook, obj, request.Old);
            }
        }

        return ReferenceEquals(obj, request.Object) ? null : obj;
    }

    private static IApiObject Ask(IMutatingWebhook webhook, IApiObject obj, IApiObject? old)
    {
        try
        {
            return webhook.Review(obj, old);
        }
        catch (WebhookDenialException refusal)
        {
            throw new ApiException(new Status
            {
                State = "Failure",
                Code = 400,
                Message = $"admission webhook \"{webhook.Name}\" denied the request: {refusal.Message}",
            });
        }
    }
}
